/** Every page of the desk for everybody: no violation that axe can find, all by the Tab key, nothing beside the screen, no error of a script. */
import { describe, expect, test } from 'vitest'
import { openDeskSite } from '../desk-site.ts'
import { expectForEverybody, firstOfEach, languages } from '../pages/for-everybody.ts'
import { pageRoutes, routeOf } from '../pages/page-routes.ts'
import { nothingWrong, walkByTab } from '../pages/walk-by-tab.ts'
import { scenes } from './scenes.ts'

const desk = openDeskSite()

/** Takes only the form of the header. */
const noPage = '/desk/sign-out'

test('no page of the desk, and none of what it published, is without a scene', () => {
  const seen = new Set([noPage, ...Object.values(scenes).map(({ route }) => route)])
  const ofTheDesk = /^\/(desk|reviews|organisations)(\/|$)/
  expect(pageRoutes.filter((route) => ofTheDesk.test(route) && !seen.has(route))).toEqual([])
})

describe.each(Object.entries(languages))('%s', (language, looks) => {
  test.each(language === 'en' ? Object.entries(scenes) : firstOfEach(scenes))(
    '%s',
    async (_name, { route, who, go }) => {
      const context = await desk.browse(who, { ...looks[0], language, javaScript: true })
      const page = await context.newPage()
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) errors.push(message.text())
      })
      await go(page, desk)
      expect(routeOf(page.url())).toBe(route)
      if (language === 'en') expect(await walkByTab(page)).toEqual(nothingWrong)
      await expectForEverybody(page, looks)
      expect(errors).toEqual([])
    },
  )
})

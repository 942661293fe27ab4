/** Every page of the desk for everybody: no violation that axe can find, all by the Tab key, nothing beside the screen, no error of a script. */
import AxeBuilder from '@axe-core/playwright'
import { describe, expect, test } from 'vitest'
import { openDeskSite } from '../desk-site.ts'
import { widths } from '../pages/browser.ts'
import { pageRoutes, routeOf } from '../pages/page-routes.ts'
import { nothingWrong, walkByTab } from '../pages/walk-by-tab.ts'
import { scenes } from './scenes.ts'

const desk = openDeskSite()

/** Each page is loaded once in a language, and looked at as both screens and both schemes show it. */
const languages = {
  en: [
    { width: 'phone', scheme: 'light' },
    { width: 'desk', scheme: 'dark' },
  ],
  ar: [
    { width: 'desk', scheme: 'light' },
    { width: 'phone', scheme: 'dark' },
  ],
} as const
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What another screen or scheme can change; the rest is the same document, looked through once. */
const ofTheLook = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size']

/** Takes only the form of the header. */
const noPage = '/desk/sign-out'

test('no page of the desk, and none of what it published, is without a scene', () => {
  const seen = new Set([noPage, ...Object.values(scenes).map(({ route }) => route)])
  const ofTheDesk = /^\/(desk|reviews|organisations)(\/|$)/
  expect(pageRoutes.filter((route) => ofTheDesk.test(route) && !seen.has(route))).toEqual([])
})

/** Written from the right: one scene of each page; what its other states say is laid out alike. */
const firstOfEach = Object.entries(scenes).filter(
  ([, { route }], at, all) => all.findIndex(([, one]) => one.route === route) === at,
)

describe.each(Object.entries(languages))('%s', (language, looks) => {
  test.each(language === 'en' ? Object.entries(scenes) : firstOfEach)(
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
      for (const [at, { width, scheme }] of looks.entries()) {
        await page.setViewportSize(widths[width])
        await page.emulateMedia({ colorScheme: scheme })
        // No page has a frame: what goes through one can be left out.
        const axe = new AxeBuilder({ page }).setLegacyMode(true)
        const { violations } = await (at === 0 ? axe.withTags(tags) : axe.withRules(ofTheLook)).analyze()
        const found = violations.map(({ id, nodes }) => [
          width,
          scheme,
          id,
          ...nodes.map((node) => node.html),
        ])
        expect(found).toEqual([])
        const { scrolled, seen } = await page.locator('html').evaluate((html) => ({
          scrolled: html.scrollWidth,
          seen: html.clientWidth,
        }))
        expect([width, scrolled]).toEqual([width, seen])
      }
      expect(errors).toEqual([])
    },
  )
})

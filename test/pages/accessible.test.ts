/** Every public page for everybody: no violation that axe can find, and the keyboard alone is enough. WCAG 2.2 AA. */
import { describe, expect, test } from 'vitest'
import { expectForEverybody, firstOfEach, languages } from './for-everybody.ts'
import { pageRoutes, routeOf } from './page-routes.ts'
import { openPages } from './reader.ts'
import { wallMessage } from './records.ts'
import { publicScenes } from './scenes.ts'
import { nothingWrong, walkByTab } from './walk-by-tab.ts'

const pages = openPages()

test('no public page is without a scene', () => {
  const seen = new Set(Object.values(publicScenes).map(({ route }) => route))
  const ofTheDesk = /^\/(desk|reviews|organisations)(\/|$)/
  expect(pageRoutes.filter((route) => !ofTheDesk.test(route) && !seen.has(route))).toEqual([])
})

describe.each(Object.entries(languages))('%s', (language, looks) => {
  test.each(language === 'en' ? Object.entries(publicScenes) : firstOfEach(publicScenes))(
    '%s',
    async (_name, { route, go }) => {
      const reader = await pages.reader({ ...looks[0], language, javaScript: true })
      const { page } = reader
      await go(reader, pages.site)
      expect(routeOf(page.url())).toBe(route)
      if (language === 'en') expect((await page.innerText('h1')) === 'Nothing is here').toBe(route === null)
      if (language === 'en') expect(await walkByTab(page)).toEqual(nothingWrong)
      await expectForEverybody(page, looks)
    },
  )
})

describe('by keyboard', () => {
  test('the way goes past the frame to the box and its button, each with a visible mark of where one is', async () => {
    const { page, visit } = await pages.reader({ width: 'desk', javaScript: true })
    await visit('/')
    const way: string[] = []
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press('Tab')
      const at = page.locator(':focus')
      way.push((await at.textContent())?.trim() || (await at.getAttribute('name')) || '')
      const outline = await at.evaluate(
        (element) => element.ownerDocument.defaultView?.getComputedStyle(element).outlineWidth,
      )
      expect(outline, way.at(-1)).toBe('3px')
    }
    expect(way).toEqual([
      'Skip to the content',
      'Assay',
      'Latest',
      'Asked',
      'Publishers',
      'About',
      'text',
      'Check it',
    ])
  })

  test('a message is typed, sent and its answer reached without a mouse', async () => {
    const { page, visit } = await pages.reader()
    await visit('/')
    await page.focus('textarea')
    await page.keyboard.type('bats are blind')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/ask#answer')
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').getAttribute('class')).toContain('publisher')
  })

  test('everything to touch on a phone is at least 24 px high and wide, buttons and fields 44', async () => {
    const { page, ask } = await pages.reader({ javaScript: true })
    await ask(wallMessage)
    const sizes = await page.locator('a:visible, button, textarea, summary').evaluateAll((items) =>
      items.map((item) => {
        const { width, height } = item.getBoundingClientRect()
        return {
          what: item.textContent,
          width,
          height,
          large: item.matches('button, textarea, summary, .read'),
        }
      }),
    )
    const small = sizes.filter(({ width, height, large }) => Math.min(width, height) < (large ? 44 : 24))
    expect(small).toEqual([])
  })
})

test('on paper a page that was dark is dark on white, and the way to a publisher is a line with its address', async () => {
  const { page, ask } = await pages.reader({ scheme: 'dark', language: 'ar', javaScript: true })
  await ask(wallMessage)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  const lookOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((one) => {
        const { color, display, borderTopWidth } = one.ownerDocument.defaultView!.getComputedStyle(one)
        return { color, display, borderTopWidth }
      })
  expect(await lookOf('.rating.no .rating-words')).toMatchObject({ color: 'rgb(163, 42, 30)' })
  expect(await lookOf('a.read')).toMatchObject({ display: 'block', borderTopWidth: '0px' })
  expect(await lookOf('.bottom')).toMatchObject({ display: 'none' })
})

/** Every public page for everybody: no violation that axe can find, and the keyboard alone is enough. WCAG 2.2 AA. */
import AxeBuilder from '@axe-core/playwright'
import { describe, expect, test } from 'vitest'
import { widths } from './browser.ts'
import { pageRoutes, routeOf } from './page-routes.ts'
import { openPages } from './reader.ts'
import { wallMessage } from './records.ts'
import { publicScenes } from './scenes.ts'
import { nothingWrong, walkByTab } from './walk-by-tab.ts'

const pages = openPages()

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

test('no public page is without a scene', () => {
  const seen = new Set(Object.values(publicScenes).map(({ route }) => route))
  const ofTheDesk = /^\/(desk|reviews|organisations)(\/|$)/
  expect(pageRoutes.filter((route) => !ofTheDesk.test(route) && !seen.has(route))).toEqual([])
})

/** Written from the right: one scene of each page; what its other states say is laid out alike. */
const firstOfEach = Object.entries(publicScenes).filter(
  ([, { route }], at, all) => all.findIndex(([, one]) => one.route === route) === at,
)

describe.each(Object.entries(languages))('%s', (language, looks) => {
  test.each(language === 'en' ? Object.entries(publicScenes) : firstOfEach)(
    '%s',
    async (_name, { route, go }) => {
      const reader = await pages.reader({ ...looks[0], language, javaScript: true })
      const { page } = reader
      await go(reader, pages.site)
      expect(routeOf(page.url())).toBe(route)
      if (language === 'en') expect((await page.innerText('h1')) === 'Nothing is here').toBe(route === null)
      if (language === 'en') expect(await walkByTab(page)).toEqual(nothingWrong)
      for (const [at, { width, scheme }] of looks.entries()) {
        await page.setViewportSize(widths[width])
        await page.emulateMedia({ colorScheme: scheme })
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

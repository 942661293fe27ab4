/** Every page for everybody: no violation that axe can find, and the keyboard alone is enough. WCAG 2.2 AA. */
import AxeBuilder from '@axe-core/playwright'
import { describe, expect, test } from 'vitest'
import { listClaimReviews } from '#io/database/claim-reviews.ts'
import { askedRumours } from './asked-rumours.ts'
import { type Look, widths } from './browser.ts'
import { openPages, type Reader } from './reader.ts'
import { wallMessage } from './records.ts'
import { type Scripted, scriptEngine } from './scripted-engine.ts'

const pages = openPages()

const several: Scripted[] = [
  ['wall astronauts', 'plaindesk.example', 0.98, [{ kind: 'words', terms: ['Great Wall', 'Moon'] }]],
  ['wall space', 'orbitcheck.example', 0.97],
  ['bats blind', 'plaindesk.example', 0.3, [{ kind: 'numbers-differ', terms: ['500', '50'] }]],
]

const scenes: Record<string, (reader: Reader) => Promise<void>> = {
  'the empty ask page': ({ visit }) => visit('/'),
  'an answer of several publishers': async ({ ask }) => {
    const { restore } = await scriptEngine(pages, 'answered', several)
    await ask(wallMessage)
    restore()
  },
  'no answer, but something near': async ({ ask }) => {
    const { restore } = await scriptEngine(pages, 'related', several.slice(2))
    await ask('almost')
    restore()
  },
  'no answer': ({ ask }) => ask('https://nowhere.example/'),
  'a problem': ({ ask }) => ask('🤔'),
  'a review': async ({ visit }) => {
    const { claimReviews } = await listClaimReviews(pages.site.needs.db, { topic: 'goldfish' }, { limit: 1 })
    await visit(`/claim-reviews/${claimReviews[0]!.id}`)
  },
  'the form to send in': async ({ ask, follow, page }) => {
    await ask('a fish was mayor of the village')
    await follow('.send-in button')
    await page.click('summary')
  },
  'a receipt': async ({ ask, follow }) => {
    await ask('a goat was mayor of the village')
    await follow('.send-in button')
    await follow('.tip-form button')
  },
  'a receipt that opens nothing': async ({ visit, follow, page }) => {
    await visit('/tips/status')
    await page.fill('textarea', 'abandon')
    await follow('button[value=read]')
  },
  publishers: ({ visit }) => visit('/publishers'),
  'a publisher': ({ visit }) => visit('/publishers/northwind.example'),
  'the latest, filtered': ({ visit }) => visit('/latest?words=almanac'),
  'what people ask': async ({ visit }) => {
    await askedRumours(pages.site.needs)
    await visit('/asked')
  },
  'the API': ({ visit }) => visit('/docs'),
  'about Assay': ({ visit }) => visit('/about'),
  'nothing here': ({ visit }) => visit('/nowhere'),
}

const looks: Look[] = (Object.keys(widths) as (keyof typeof widths)[]).flatMap((width) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    ['en', 'ar'].map((language) => ({ width, scheme, language, javaScript: true })),
  ),
)

describe.each(looks)('$width, $scheme, $language', (look) => {
  test.each(Object.entries(scenes))(
    'axe finds nothing wrong with %s, and it fits the screen',
    async (_name, go) => {
      const reader = await pages.reader(look)
      await go(reader)
      const { violations } = await new AxeBuilder({ page: reader.page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze()
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([])
      const { scrolled, seen } = await reader.page.locator('html').evaluate((html) => ({
        scrolled: html.scrollWidth,
        seen: html.clientWidth,
      }))
      expect(scrolled).toBe(seen)
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

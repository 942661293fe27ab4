/** Every page of the desk for everybody: no violation that axe can find, nothing beside the screen, no error of a script. */
import AxeBuilder from '@axe-core/playwright'
import { describe, expect, test } from 'vitest'
import { openDeskSite } from '../desk-site.ts'
import { widths } from '../pages/browser.ts'
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

describe.each(Object.entries(languages))('%s', (language, looks) => {
  test.each(Object.entries(scenes))('%s', async (_name, { who, go }) => {
    const context = await desk.browse(who, { ...looks[0], language, javaScript: true })
    const page = await context.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) errors.push(message.text())
    })
    await go(page, desk)
    for (const [at, { width, scheme }] of looks.entries()) {
      await page.setViewportSize(widths[width])
      await page.emulateMedia({ colorScheme: scheme })
      // No page has a frame: what goes through one can be left out.
      const axe = new AxeBuilder({ page }).setLegacyMode(true)
      const { violations } = await (at === 0 ? axe.withTags(tags) : axe.withRules(ofTheLook)).analyze()
      const found = violations.map(({ id, nodes }) => [width, scheme, id, ...nodes.map((node) => node.html)])
      expect(found).toEqual([])
      const { scrolled, seen } = await page.locator('html').evaluate((html) => ({
        scrolled: html.scrollWidth,
        seen: html.clientWidth,
      }))
      expect([width, scrolled]).toEqual([width, seen])
    }
    expect(errors).toEqual([])
  })
})

test('by keyboard alone: sign in, reach the navigation, invite somebody', async () => {
  const context = await desk.browse('northLead')
  const page = await context.newPage()
  await page.goto(`${desk.site.url}/desk/people`)
  const way: string[] = []
  for (let step = 0; step < 6; step++) {
    await page.keyboard.press('Tab')
    const at = page.locator(':focus')
    way.push((await at.innerText()).split('\n')[0]!.trim())
    const outline = await at.evaluate(
      (element) => element.ownerDocument.defaultView?.getComputedStyle(element).outlineWidth,
    )
    expect(outline, way.at(-1)).toBe('3px')
  }
  expect(way).toEqual([
    'Skip to the content',
    'Desk',
    expect.any(String),
    expect.any(String),
    expect.any(String),
    expect.any(String),
  ])
  await page.focus('#email')
  await page.keyboard.type('keys@north.example')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.secret')
  expect(await page.innerText('.secret')).toContain('/desk/invitations/')
})

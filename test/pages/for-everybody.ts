/** What holds of each page for everybody, in two languages, on both screens and in both schemes. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { widths } from './browser.ts'

/** As wide as a page of the desk's width is at four times its size: WCAG 2.2, 1.4.10. */
const reflow = { width: 320, height: 256 }
/** Each page is loaded once in a language, and looked at as both screens and both schemes show it. */
export const languages = {
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

/** Written from the right: one scene of each page; what its other states say is laid out alike. */
export function firstOfEach<Scene extends { route: string | null }>(
  scenes: Record<string, Scene>,
): [string, Scene][] {
  return Object.entries(scenes).filter(
    ([, { route }], at, all) => all.findIndex(([, one]) => one.route === route) === at,
  )
}

/** No violation that axe can find, and nothing beside the screen, in any of the looks. */
export async function expectForEverybody(
  page: Page,
  looks: (typeof languages)[keyof typeof languages],
): Promise<void> {
  for (const [at, { width, scheme }] of looks.entries()) {
    await page.setViewportSize(widths[width])
    await page.emulateMedia({ colorScheme: scheme })
    // No page has a frame: what goes through one can be left out.
    const axe = new AxeBuilder({ page }).setLegacyMode(true)
    const { violations } = await (at === 0 ? axe.withTags(tags) : axe.withRules(ofTheLook)).analyze()
    const found = violations.map(({ id, nodes }) => [width, scheme, id, ...nodes.map((node) => node.html)])
    expect(found).toEqual([])
    await expectNothingBeside(page)
  }
  await page.setViewportSize(reflow)
  await expectNothingBeside(page)
}

async function expectNothingBeside(page: Page): Promise<void> {
  const { scrolled, seen } = await page.locator('html').evaluate((html) => ({
    scrolled: html.scrollWidth,
    seen: html.clientWidth,
  }))
  expect(scrolled).toBe(seen)
}

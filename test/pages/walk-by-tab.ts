/**
 * A page by the Tab key alone. Every link, button and field must be reached, in the order of the document, with a mark of
 * where one is, in sight, and with a name for who hears it. Everything that can be opened is opened first.
 */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

/** What is wrong, as the beginnings of the elements; empty when nothing is. */
export interface WalkProblems {
  unreached: string[]
  outOfOrder: string[]
  unmarked: string[]
  outOfSight: string[]
  nameless: string[]
  /** Ids of more than one element: labels and descriptions would go to the wrong one. */
  twice: string[]
}

export const nothingWrong: WalkProblems = {
  unreached: [],
  outOfOrder: [],
  unmarked: [],
  outOfSight: [],
  nameless: [],
  twice: [],
}

const inPage = readFileSync(new URL('walk-in-page.js', import.meta.url), 'utf8')
/** The parts of a date field are stops of their own. */
const partsOfDate = 4
/** One for a page whose script comes while it is walked, and one more. */
const walksMax = 3

export async function walkByTab(page: Page): Promise<WalkProblems> {
  await page.evaluate(`{${inPage}}`)
  for (let walk = 0; walk < walksMax; walk++) {
    const begun: { count: number; dates: number } = await page.evaluate('beginWalk()')
    const presses = begun.count + partsOfDate * begun.dates
    for (let press = 0; press < presses; press++) await page.keyboard.press('Tab')
    const walked: Omit<WalkProblems, 'nameless'> | null = await page.evaluate('endWalk()')
    if (walked !== null) return { ...walked, nameless: await namelessOn(page) }
  }
  throw new Error('The page changes with every walk.')
}

/** By the names that the browser itself hands to a screen reader. */
async function namelessOn(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page)
  const { nodes } = await devtools.send('Accessibility.getFullAXTree')
  await devtools.detach()
  const isFocusable = (node: (typeof nodes)[number]) =>
    node.properties?.some(({ name, value }) => name === 'focusable' && value.value === true) ?? false
  const unnamed = new Set(['RootWebArea', 'main', 'generic'])
  return nodes
    .filter((node) => !node.ignored && isFocusable(node) && !unnamed.has(String(node.role?.value)))
    .filter((node) => String(node.name?.value ?? '').trim() === '')
    .map((node) => String(node.role?.value))
}

/** A rumour: tips about the same claim, grouped. What is said of how often it is asked is coarse on purpose (promise 4). */
import type { RumourId } from './ids.ts'

export const rumourStates = ['open', 'answered', 'closed'] as const
export type RumourState = (typeof rumourStates)[number]

export interface Rumour {
  id: RumourId
  state: RumourState
  /** Neutral words that a person approved; null: not public. */
  wording: string | null
  lang: string | null
  firstDay: string
  lastDay: string
  /** From distinct wordings and days, each day capped: what the desk sorts by. */
  demand: number
  /** Of tips that have gone, in tens. */
  asksGone: number
  mergedInto: RumourId | null
}

/** How often a rumour was asked in one week, in steps as `coarse` makes them. */
export interface AskedWeek {
  /** ISO 8601 date of the day it started on. */
  monday: string
  tens: number
}

/** UTF-16 code units of an approved wording: a claim, not an article. */
export const rumourWordingMax = 500

/** Different wordings of one day beyond this add nothing: a crowd of one evening is not a rise. */
export const wordingsPerDayMax = 12

/**
 * How much a rumour is asked: for each day, its different wordings up to a limit. Repeating one wording adds nothing.
 * @param wordingsPerDay different wordings of each day on which it was asked
 */
export function demandOf(wordingsPerDay: number[]): number {
  return wordingsPerDay.reduce((sum, wordings) => sum + Math.min(wordings, wordingsPerDayMax), 0)
}

/** A count in steps from which no single ask can be read: 0 is "fewer than 10", then tens. */
export function coarse(asks: number): number {
  return asks < 10 ? 0 : Math.floor(asks / 10) * 10
}

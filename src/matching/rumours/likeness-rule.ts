/**
 * tip → GROUP: likeness → how sure it is that two messages are of one claim. A sum of nine comparisons, small enough to
 * be read; another number, another name or a "not" is never outweighed.
 */
import type { Likeness, LikenessName } from './likeness.ts'
import { likenessNames } from './likeness.ts'

/**
 * Logistic regression over pairs of messages with the same and with another gold claim: `bench/tips/learn-likeness.ts`,
 * on the train splits of CheckThat! 2022, FactCheckTweet and half of the claims of CheckThat! 2025.
 */
export const likenessRule: { weights: Partial<Record<LikenessName, number>>; bias: number } = {
  weights: {
    wordsShort: 2.84,
    wordsLong: 6.02,
    lettersShort: 2.85,
    lettersBoth: 3.94,
    runShort: -0.63,
    runLong: 2.52,
    evidence: 2.13,
    rarest: 3.42,
    names: 1.08,
  },
  bias: -8.78,
}

/**
 * `same`: from here a tip joins by itself, the least step of .05 at which about nineteen of twenty joined pairs of each train
 * split (.949 at the least) were of one claim. `maybe`: from here it is suggested; there some two of three were.
 */
export const likenessThresholds = { same: 0.75, maybe: 0.2 } as const

/** A page in common says what is meant where there are few own words beside it; beside many it may be a source. */
const page = { alone: 0.97, besideWords: 0.9, unlike: 0.5, wordsMax: 8 } as const
/** Fewer words in common are a topic; messages that are nearly all the same may be shorter. */
const sharedMin = 4
const nearlyAll = 0.75

const weights = likenessNames.map((name) => likenessRule.weights[name] ?? 0)
const wordsBoth = likenessNames.indexOf('wordsBoth')

export interface Sureness {
  /** That both are of one claim, 0 to 1. */
  confidence: number
  /** Whether they may be joined without a person: sure enough, and nothing says otherwise. */
  same: boolean
}

export function surenessOf(likeness: Likeness): Sureness {
  const { row, links, words } = likeness
  const byWords = isTold(likeness) ? likenessBy(row) : Math.min(likenessBy(row), likenessThresholds.same / 2)
  const confidence = links > 0 ? Math.max(byWords, bySamePage(words, byWords)) : byWords
  return { confidence, same: !differs(likeness) && confidence >= likenessThresholds.same }
}

/** Whether words alone may join them, were they alike enough. */
export function mayJoin(likeness: Likeness): boolean {
  return isTold(likeness) && !differs(likeness)
}

function isTold({ row, shared }: Likeness): boolean {
  return shared >= sharedMin || (shared > 0 && row[wordsBoth]! >= nearlyAll)
}

function differs({ conflicts }: Likeness): boolean {
  return (
    conflicts.names.length + conflicts.numbers.length + conflicts.negation.length + conflicts.words.length > 0
  )
}

/** What the comparisons say alone: what the rule is learned and measured by. */
export function likenessBy(row: Float64Array): number {
  const odds = row.reduce((sum, value, at) => sum + value * weights[at]!, likenessRule.bias)
  return 1 / (1 + Math.exp(-odds))
}

function bySamePage(words: number, byWords: number): number {
  if (words <= page.wordsMax) return page.alone
  return byWords >= likenessThresholds.maybe ? page.besideWords : page.unlike
}

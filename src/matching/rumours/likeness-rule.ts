/**
 * tip → GROUP: likeness → how sure it is that two messages are of one claim: what trees learned of their words, and
 * whether one published review answers both. What is one message but for a number, a name or a "not" is held apart.
 */
import { createForest } from '../rank/forest.ts'
import weights from './likeness.json' with { type: 'json' }
import { type Likeness, likenessNames } from './likeness.ts'

/** `same`: from here a tip joins by itself; `maybe`: from here it is suggested. Chosen by the command that learned the trees. */
export const likenessThresholds: { readonly same: number; readonly maybe: number } = weights.thresholds

/** Grown by `node bench/tips/learn-likeness.ts`, on train splits alone. */
const forest = createForest(weights.trees)

/** A page in common says what is meant where there are few own words beside it; beside many it may be a source. */
const page = { alone: 0.97, besideWords: 0.9, unlike: 0.5, wordsMax: 8 } as const
/** Fewer words in common are a topic; messages that are nearly all the same may be shorter. */
const sharedMin = 3
const nearlyAll = 0.75
/**
 * Two messages are one but for what differs when they share so much of the shorter one, and it has so few words of its own.
 * In a short message the same words around another number are enough. A word in the place of another may be another way to
 * say it, and is believed where hardly anything else differs.
 */
const held = { wordsShortMin: 0.6, ownWordsMax: 4, besideNumbers: 0.5, besideWords: 2, longFrom: 25 } as const

const column = Object.fromEntries(likenessNames.map((name, at) => [name, at])) as Record<
  (typeof likenessNames)[number],
  number
>

export interface Sureness {
  /** That both are of one claim, 0 to 1. */
  confidence: number
  /** Whether they may be joined without a person: sure enough, and nothing says otherwise. */
  same: boolean
}

/** @param answeredAlike that one published review answers both, 0 to 1 */
export function surenessOf(likeness: Likeness, answeredAlike = 0): Sureness {
  const byWords = wordsSureness(likeness)
  const byPage = likeness.links > 0 ? bySamePage(likeness.words, byWords) : 0
  // Either alone would do: both must be wrong for the messages to be of two claims.
  const confidence = 1 - (1 - Math.max(byWords, byPage)) * (1 - answeredAlike)
  return { confidence, same: !isHeldApart(likeness) && confidence >= likenessThresholds.same }
}

/** What the words of both say alone. */
function wordsSureness(likeness: Likeness): number {
  const learned = likenessBy(likeness.row)
  return isTold(likeness) ? learned : Math.min(learned, likenessThresholds.same / 2)
}

function isTold({ row, shared }: Likeness): boolean {
  return shared >= sharedMin || (shared > 0 && row[column.wordsBoth]! >= nearlyAll)
}

/** Whether both are the same message but for what they say differently. */
export function isHeldApart({ conflicts, row, words, shared }: Likeness): boolean {
  const alike = row[column.wordsShort]!
  const own = words - shared
  if (conflicts.numbers.length > 0 && words < held.longFrom && alike >= held.besideNumbers) return true
  if (alike < held.wordsShortMin || own > held.ownWordsMax) return false
  if (conflicts.numbers.length + conflicts.names.length + conflicts.negation.length > 0) return true
  return conflicts.words.length > 0 && own <= held.besideWords
}

/** What the trees say of the comparisons alone. */
function likenessBy(row: Float32Array): number {
  return 1 / (1 + Math.exp(-forest.score(row, 0)))
}

function bySamePage(words: number, byWords: number): number {
  if (words <= page.wordsMax) return page.alone
  return byWords >= likenessThresholds.maybe ? page.besideWords : page.unlike
}

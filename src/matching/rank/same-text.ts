/** Whether a message is a claim over again, or shares next to nothing with it: known directly, without what is learned. */
import { isContent, type Reading, type Sequence } from '../explain/reading.ts'
import { column } from '../features/names.ts'

/** Shares count words that say something, since rarity tells little in a pool of five reviews. */
const sameText = { quotedMin: 0.85, claimMin: 0.9, messageMin: 0.75, wordsMin: 3 } as const

/** The whole claim with almost nothing else, or quoted in one piece. */
export function isSameText(
  { claim, message, messageTerms, reviewTerms }: Reading,
  row: Float32Array,
): boolean {
  const inMessage = sharedOf(claim, messageTerms)
  if (inMessage.words < sameText.wordsMin || inMessage.share < sameText.claimMin) return false
  return (
    row[column.runShare]! >= sameText.quotedMin || sharedOf(message, reviewTerms).share >= sameText.messageMin
  )
}

/** Words that say something and stand in the message as in the review, each counted once. */
export function countSharedWords({ message, reviewTerms }: Reading): number {
  const shared = new Set<number>()
  for (let at = 0; at < message.count; at++) {
    const term = message.terms[at]!
    if (isContent(message.flags[at]!) && reviewTerms.has(term)) shared.add(term)
  }
  return shared.size
}

/** How many words of a text say something, and which share of them is among some terms. */
function sharedOf({ count, flags, terms }: Sequence, held: ReadonlySet<number>) {
  let words = 0
  let shared = 0
  for (let at = 0; at < count; at++) {
    if (!isContent(flags[at]!)) continue
    words++
    if (held.has(terms[at]!)) shared++
  }
  return { words, share: shared / Math.max(1, words) }
}

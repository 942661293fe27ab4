/** ingest, the account: what became of every row, so that nothing is lost unsaid. */
import type { Upserted } from '#io/database/upsert-claim-reviews.ts'

/** `added + changed + unchanged + duplicates + refused = rows`, always. */
export interface Tally {
  /** Claim reviews, or what stands where one should be. */
  rows: number
  added: number
  changed: number
  unchanged: number
  /** The same review again within this input; the first one counts. */
  duplicates: number
  refused: number
  /** Refused, by reason; most frequent first once `sortedTally` has been asked. */
  reasons: Record<string, number>
}

/** Further reasons are counted together: a source that makes up new ones for every row must not fill memory. */
const reasonsMax = 100
const otherReasons = 'other reasons'

export function emptyTally(): Tally {
  return { rows: 0, added: 0, changed: 0, unchanged: 0, duplicates: 0, refused: 0, reasons: {} }
}

export function countUpserted(tally: Tally, upserted: Upserted): void {
  tally.rows += upserted.added + upserted.changed + upserted.unchanged + upserted.duplicates
  tally.added += upserted.added
  tally.changed += upserted.changed
  tally.unchanged += upserted.unchanged
  tally.duplicates += upserted.duplicates
}

export function countRefused(tally: Tally, reason: string, count = 1): void {
  tally.rows += count
  tally.refused += count
  const isRoom = Object.hasOwn(tally.reasons, reason) || Object.keys(tally.reasons).length < reasonsMax
  const name = isRoom ? reason : otherReasons
  tally.reasons[name] = (Object.hasOwn(tally.reasons, name) ? tally.reasons[name]! : 0) + count
}

/** Adds the second to the first. */
export function addTally(tally: Tally, other: Tally): void {
  countUpserted(tally, other)
  for (const [reason, count] of Object.entries(other.reasons)) countRefused(tally, reason, count)
}

/** The same with the most frequent reasons first. */
export function sortedTally(tally: Tally): Tally {
  return {
    ...tally,
    reasons: Object.fromEntries(Object.entries(tally.reasons).sort(([, a], [, b]) => b - a)),
  }
}

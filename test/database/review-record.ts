/** A review as a parser would hand it on, for tests that only care about a few of its fields. */
import { randomBytes } from 'node:crypto'
import type { ReviewRecord } from '#domain/claim-review.ts'

export function reviewRecord(fields: Partial<ReviewRecord> = {}): ReviewRecord {
  return {
    publisher: { site: 'checks.example', name: 'Checks' },
    url: 'https://checks.example/bread',
    sourceId: null,
    claim: 'Bread turns to stone in the freezer.',
    title: 'No, frozen bread is still bread',
    summary: null,
    body: null,
    rating: { words: 'Falsch', value: 'false', scale: null },
    ratingExplanation: null,
    lang: 'en',
    reviewedAt: '2024-03-01',
    claimedAt: null,
    appearances: [],
    claimant: null,
    ...fields,
  }
}

/** The real clock and real randomness, which writing asks for. */
export function written(now = new Date()) {
  return { now, ids: { now: () => now, randomBytes: (count: number) => randomBytes(count) } }
}

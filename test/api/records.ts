/** Reviews for the tests of the ways in. */
import type { ReviewRecord } from '#domain/claim-review.ts'
import type { RatingValue } from '#domain/rating.ts'

export function record(fields: Partial<ReviewRecord> & { claim: string; url: string }): ReviewRecord {
  return {
    publisher: { site: 'facts.example', name: 'Facts Example' },
    sourceId: null,
    title: null,
    summary: null,
    body: null,
    rating: { words: 'False', value: 'false', scale: null },
    ratingExplanation: null,
    lang: 'en',
    reviewedAt: '2024-05-01',
    claimedAt: null,
    appearances: [],
    claimant: null,
    ...fields,
  }
}

export function rated(words: string, value: RatingValue | null) {
  return { words, value, scale: null }
}

export const other = { site: 'checks.example', name: 'Checks Example' }

export const wall = [
  record({
    url: 'https://facts.example/great-wall',
    claim: 'The Great Wall of China is visible from the Moon with the naked eye.',
    title: 'No, astronauts cannot see the Great Wall from the Moon',
    claimant: 'Zacharias Quillfeather',
    claimedAt: '2024-04-30',
  }),
  record({
    publisher: other,
    url: 'https://checks.example/wall',
    claim: 'The Great Wall of China is visible from the Moon, with the naked eye',
    rating: rated('Correct', 'true'),
  }),
  record({
    url: 'https://facts.example/goldfish',
    claim: 'Goldfish have a memory of only three seconds.',
    lang: 'en-GB',
    reviewedAt: '2024-05-03',
  }),
  record({
    publisher: other,
    url: 'https://checks.example/murcielagos',
    claim: 'Los murciélagos son ciegos.',
    lang: 'es',
    rating: rated('Engañoso', 'misleading'),
    reviewedAt: '2024-05-02',
  }),
]

import { expect, test } from 'vitest'
import type { ClaimReviewVersion } from '#io/database/claim-reviews.ts'
import { changesOf } from './changes.ts'

const record: ClaimReviewVersion['record'] = {
  url: 'https://a.example/1',
  claim: 'Bats are blind',
  title: null,
  summary: 'No.',
  rating: { words: 'False', value: 'false', scale: null },
  ratingExplanation: null,
  lang: 'en',
  reviewedAt: '2020-01-01',
  claimedAt: null,
  appearances: [],
  claimant: null,
}

test('each version says what changed from the one before it, and the first nothing', () => {
  const changed = {
    ...record,
    summary: null,
    rating: { words: 'False', value: 'false' as const, scale: { value: 1, worst: 1, best: 5 } },
    appearances: ['https://b.example', 'https://c.example'],
  }
  expect(
    changesOf([
      { version: 2, record: changed, seenAt: '2024-01-02' },
      { version: 1, record, seenAt: '2024-01-01' },
    ]),
  ).toEqual([
    {
      version: 2,
      seenAt: '2024-01-02',
      changes: [
        { field: 'rating', before: 'False', after: 'False, 1 (1–5)' },
        { field: 'summary', before: 'No.', after: null },
        { field: 'appearances', before: null, after: 'https://b.example\nhttps://c.example' },
      ],
    },
    { version: 1, seenAt: '2024-01-01', changes: [] },
  ])
})

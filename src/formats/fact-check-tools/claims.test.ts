import { expect, test } from 'vitest'
import type { ClaimReview } from '#domain/claim-review.ts'
import { formatClaim } from './claims.ts'

const review: ClaimReview = {
  id: '01jzx5m0v9k3q8r7w2c4t6y1bd' as ClaimReview['id'],
  publisher: {
    id: '01jzx5m0v9k3q8r7w2c4t6y1be' as ClaimReview['publisher']['id'],
    site: 'facts.example',
    name: 'Facts',
    sample: false,
  },
  url: 'https://facts.example/1',
  claim: 'The Great Wall can be seen from the Moon.',
  title: 'No, it cannot',
  summary: null,
  rating: { words: 'Nope', value: 'false', scale: null },
  ratingExplanation: null,
  lang: 'en-GB',
  reviewedAt: '2024-05-31',
  claimedAt: null,
  appearances: [],
  claimant: 'A poster',
  version: 1,
  firstSeenAt: '2024-06-01T00:00:00Z',
  changedAt: '2024-06-01T00:00:00Z',
}

test('a review reads as a claim of the Fact Check Tools API', () => {
  expect(formatClaim(review)).toEqual({
    text: 'The Great Wall can be seen from the Moon.',
    claimant: 'A poster',
    claimReview: [
      {
        publisher: { name: 'Facts', site: 'facts.example' },
        url: 'https://facts.example/1',
        title: 'No, it cannot',
        reviewDate: '2024-05-31T00:00:00Z',
        textualRating: 'Nope',
        languageCode: 'en-GB',
      },
    ],
  })
})

test('what a record does not say is left out, and times in UTC stay as they are', () => {
  const bare = {
    ...review,
    url: null,
    title: null,
    claimant: null,
    claimedAt: '2020-01-02T03:04:05Z',
    lang: null,
  }
  const [inner] = formatClaim({ ...bare, rating: { words: null, value: null, scale: null } }).claimReview
  expect(Object.keys(inner!)).toEqual(['publisher', 'reviewDate'])
  expect(formatClaim(bare).claimDate).toBe('2020-01-02T03:04:05Z')
  expect('claimant' in formatClaim(bare)).toBe(false)
})

test('without words, the normalised rating stands in', () => {
  const scaled = { ...review, rating: { words: null, value: 'mostly-false' as const, scale: null } }
  expect(formatClaim(scaled).claimReview[0]?.textualRating).toBe('mostly-false')
})

import { expect, test } from 'vitest'
import type { ClaimReview } from '#domain/claim-review.ts'
import type { ClaimReviewId, PublisherId } from '#domain/ids.ts'
import { formatClaimReview, formatDataFeedItem } from './format-claim-review.ts'
import { parseClaimReviews } from './parse-claim-reviews.ts'

const full: ClaimReview = {
  id: '01jzx5m0v9k3q8r7w2c4t6y1bd' as ClaimReviewId,
  publisher: {
    id: '01jzx5m0v9k3q8r7w2c4t6y1be' as PublisherId,
    site: 'facts.example',
    name: 'Facts',
    sample: false,
  },
  url: 'https://facts.example/great-wall',
  claim: 'The Great Wall can be seen from the Moon.',
  title: 'No, it cannot',
  summary: 'Astronauts looked for it.',
  rating: { words: 'False', value: 'false', scale: { value: 1, best: 5, worst: 1 } },
  ratingExplanation: 'It is long, but narrow.',
  lang: 'en-GB',
  reviewedAt: '2024-05-31',
  claimedAt: '2024-05-30',
  appearances: ['https://social.example/1', 'https://social.example/2'],
  claimant: 'A poster',
  version: 1,
  firstSeenAt: '2024-06-01T00:00:00.000Z',
  changedAt: '2024-06-01T00:00:00.000Z',
}

const bare: ClaimReview = {
  ...full,
  title: null,
  summary: null,
  rating: { words: null, value: null, scale: null },
  ratingExplanation: null,
  lang: null,
  reviewedAt: null,
  claimedAt: null,
  appearances: [],
  claimant: null,
}

test.each([
  ['everything known', full],
  ['hardly anything known', bare],
])('a review reads back as it was written: %s', (_name, review) => {
  const text = JSON.stringify({ '@context': 'https://schema.org', ...formatClaimReview(review) })
  const [read] = parseClaimReviews(text, { kind: 'json', pageUrl: null }).records
  const { id: _id, version: _version, firstSeenAt, changedAt, publisher, ...same } = review
  expect(read).toEqual({
    ...same,
    publisher: { site: publisher.site, name: publisher.name },
    sourceId: review.id,
    body: null,
  })
})

test('what is unknown is left out, not null', () => {
  expect(JSON.stringify(formatDataFeedItem(bare))).not.toContain('null')
})

/** Blocks of markup that are not JSON: what can be mended is read, what cannot is said with what is wrong. */
import { expect, test } from 'vitest'
import { findClaimReviews, parseClaimReviews } from './parse-claim-reviews.ts'

const pageUrl = 'https://www.desk.example.org/checks/moon'
const review = {
  '@context': 'https://schema.org',
  '@type': 'ClaimReview',
  url: pageUrl,
  claimReviewed: 'The moon is made of cheese',
  datePublished: '2024-05-31',
  author: { '@type': 'Organization', name: 'Desk', url: 'https://desk.example.org/' },
  reviewRating: {
    '@type': 'Rating',
    ratingValue: '1',
    bestRating: '5',
    worstRating: '1',
    alternateName: 'False',
  },
}

const script = (text: string) => `<script type="application/ld+json">${text}</script>`

test('a mended block is read and noted', () => {
  const { records, notes } = findClaimReviews(script(`${JSON.stringify(review).slice(0, -1)},}`), {
    pageUrl,
  })
  expect(records).toHaveLength(1)
  expect(notes).toEqual([
    {
      path: '$.scripts[0]',
      message: expect.stringContaining('not valid JSON'),
      excerpt: 'it has a comma too many',
    },
  ])
})

test('a broken block with a review is refused, one without is noted', () => {
  const html =
    script('{"@type":"ClaimReview","claimReviewed":"He said "no""}') +
    script('{"@type":"VideoObject" "x"}') +
    script(JSON.stringify(review))
  const { records, refusals, notes } = findClaimReviews(html, { pageUrl })
  expect(records).toHaveLength(1)
  expect(refusals).toEqual([
    {
      path: '$.scripts[0]',
      message: expect.stringContaining('quotation mark'),
      excerpt: expect.stringContaining('line 1, column'),
    },
  ])
  expect(notes).toHaveLength(1)
})

test('a script that ends inside its text says why', () => {
  const html = script(JSON.stringify({ ...review, claimReviewed: '</script><script>alert(1)</script>' }))
  expect(findClaimReviews(html, { pageUrl }).refusals).toEqual([
    { path: '$.scripts[0]', message: expect.stringContaining('<\\/script>'), excerpt: expect.any(String) },
  ])
})

test('JSON without a review is refused, a page without is not', () => {
  expect(parseClaimReviews('{"@type":"BreadcrumbList"}', { kind: 'json', pageUrl: null }).refusals).toEqual([
    { path: '$', message: 'holds no ClaimReview', excerpt: '' },
  ])
  expect(parseClaimReviews('<p>Hello</p>', { kind: 'html', pageUrl })).toEqual({
    records: [],
    refusals: [],
    notes: [],
  })
})

/** Markup as publishers write it becomes reviews; what cannot be read is said, with its place. */
import { describe, expect, test } from 'vitest'
import { reviewLimits } from '#domain/claim-review.ts'
import { findClaimReviews, readClaimReviewJson } from './parse-claim-reviews.ts'

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
  itemReviewed: {
    '@type': 'Claim',
    author: { '@type': 'Person', name: 'A poster' },
    datePublished: '2024-05-30',
  },
}

const read = (value: unknown) => readClaimReviewJson(value, { pageUrl: null })
const one = (changes: Record<string, unknown>) => read({ ...review, ...changes }).records[0]!
const script = (body: string) => `<script type="application/ld+json">${body}</script>`
const messages = (problems: { message: string }[]) => problems.map(({ message }) => message)

test('a review as the standard wants it', () => {
  expect(read(review)).toEqual({
    records: [
      {
        publisher: { site: 'desk.example.org', name: 'Desk' },
        url: pageUrl,
        sourceId: null,
        claim: 'The moon is made of cheese',
        title: null,
        summary: null,
        body: null,
        rating: { words: 'False', value: 'false', scale: { value: 1, best: 5, worst: 1 } },
        ratingExplanation: null,
        lang: null,
        reviewedAt: '2024-05-31',
        claimedAt: '2024-05-30',
        appearances: [],
        claimant: 'A poster',
      },
    ],
    refusals: [],
    notes: [],
  })
})

describe('wherever it stands', () => {
  test.each<[string, unknown]>([
    ['in a list', [review]],
    ['in a graph', { '@context': 'https://schema.org', '@graph': [{ '@type': 'WebSite' }, review] }],
    ['in an article', { '@type': 'NewsArticle', headline: 'x', hasPart: [{ '@type': 'Thing', review }] }],
    ['as the main entity', { '@type': 'WebPage', mainEntity: review }],
    [
      'in a data feed',
      { '@type': 'DataFeed', dataFeedElement: [{ '@type': 'DataFeedItem', item: [review] }] },
    ],
    ['wrapped in a row', { fixture: 'a.json', page_url: pageUrl, claimReview: review }],
    ['with a list of types', { ...review, '@type': ['Review', 'ClaimReview'] }],
    ['with a full type', { ...review, '@type': 'http://schema.org/ClaimReview' }],
    ['with a prefixed type', { ...review, '@type': 'schema:ClaimReview' }],
    ['with another case', { ...review, '@type': 'claimReview' }],
    ['with no type', { ...review, '@type': undefined }],
    [
      'with full names',
      Object.fromEntries(
        Object.entries(review).map(([key, value]) => [
          /^@/.test(key) ? key : `http://schema.org/${key}`,
          value,
        ]),
      ),
    ],
    ['under properties', { '@type': 'ClaimReview', properties: review }],
  ])('%s', (_name, value) => {
    expect(read(value)).toMatchObject({
      records: [{ claim: review.claimReviewed, url: pageUrl, rating: { value: 'false' } }],
      refusals: [],
    })
  })

  test('several on one page are several', () => {
    const html = `<html>${script(JSON.stringify(review))}${script(
      JSON.stringify([
        { ...review, claimReviewed: 'b' },
        { ...review, claimReviewed: 'c' },
      ]),
    )}`
    expect(findClaimReviews(html, { pageUrl }).records.map(({ claim }) => claim)).toEqual([
      review.claimReviewed,
      'b',
      'c',
    ])
  })

  test('parts may be given by reference', () => {
    const graph = [
      { ...review, author: { '@id': '#desk' }, itemReviewed: { '@id': '#claim' } },
      { '@type': 'Organization', '@id': '#desk', name: 'Desk', url: 'https://desk.example.org' },
      { '@type': 'Claim', '@id': '#claim', appearance: { url: 'https://social.example/1' } },
      { '@type': 'WebPage', mainEntity: { '@type': 'ClaimReview', '@id': '#stub' } },
    ]
    expect(read({ '@graph': graph })).toMatchObject({
      records: [
        { publisher: { site: 'desk.example.org', name: 'Desk' }, appearances: ['https://social.example/1'] },
      ],
      refusals: [],
    })
  })
})

describe('the claim', () => {
  test.each<[string, unknown, string]>([
    ['in a list', ['Only one'], 'Only one'],
    ['with entities', 'Sunak praises Singh&#039;s ideas', "Sunak praises Singh's ideas"],
    ['with entities twice', 'Tom &amp;amp; Jerry', 'Tom & Jerry'],
    ['with markup', '<p>The <b>moon</b></p>', 'The moon'],
    ['with an attack', '</script><script>alert(1)</script>The moon', 'The moon'],
    ['as a value object', { '@value': 'The moon', '@language': 'en' }, 'The moon'],
    ['as a claim', { '@type': 'Claim', text: 'The moon' }, 'The moon'],
    ['as a number', 42, '42'],
  ])('%s', (_name, claimReviewed, claim) => {
    expect(one({ claimReviewed }).claim).toBe(claim)
  })

  test('a list of claims is a review of each', () => {
    const { records, notes } = read({ ...review, claimReviewed: ['a', 'b', ' ', 'a'] })
    expect(records.map(({ claim }) => claim)).toEqual(['a', 'b'])
    expect(messages(notes)).toEqual([expect.stringContaining('is a list')])
  })

  test('the text of the item is taken where claimReviewed is missing, its name never', () => {
    const without = { ...review, claimReviewed: null }
    expect(
      read({ ...without, itemReviewed: { '@type': 'Claim', text: 'The moon' } }).records[0],
    ).toMatchObject({ claim: 'The moon' })
    expect(read({ ...without, itemReviewed: { '@type': 'Claim', name: 'TV3' } }).records).toEqual([])
  })

  test.each<[string, unknown]>([
    ['missing', undefined],
    ['null', null],
    ['blank', ' \u3164\u200b '],
    ['markup only', '<p><br></p>'],
    ['an empty list', []],
    ['true', true],
  ])('a review whose claim is %s is refused with its place', (_name, claimReviewed) => {
    const { records, refusals } = read({ '@graph': [{ ...review, claimReviewed }] })
    expect(records).toEqual([])
    expect(refusals).toEqual([
      {
        path: "$['@graph'][0].claimReviewed",
        message: expect.stringContaining('claimReviewed is missing or empty'),
        excerpt: expect.stringContaining('desk.example.org'),
      },
    ])
  })

  test('a claim without end is cut at a word', () => {
    const { claim } = one({ claimReviewed: 'word '.repeat(100_000) })
    expect(claim.length).toBeLessThanOrEqual(reviewLimits.claimMax)
    expect(claim.endsWith('word…')).toBe(true)
  })
})

describe('the address', () => {
  test.each([
    ['/checks/moon?utm_source=feed#top', pageUrl],
    ['www.desk.example.org/checks/moon', pageUrl],
    [['https://www.desk.example.org/checks/moon'], pageUrl],
    [{ '@id': pageUrl }, pageUrl],
    [undefined, pageUrl],
    ['javascript:alert(1)', pageUrl],
  ])('%j', (url, address) => {
    expect(findClaimReviews(script(JSON.stringify({ ...review, url })), { pageUrl }).records[0]?.url).toBe(
      address,
    )
  })

  test('mainEntityOfPage and the feed item are asked before the page', () => {
    expect(one({ url: undefined, mainEntityOfPage: { '@id': pageUrl } }).url).toBe(pageUrl)
    const item = { '@type': 'DataFeedItem', url: pageUrl, item: { ...review, url: '' } }
    expect(read({ '@type': 'DataFeed', dataFeedElement: [item] }).records[0]?.url).toBe(pageUrl)
  })

  test('a review that nobody can find is refused', () => {
    expect(read({ ...review, url: undefined })).toMatchObject({
      records: [],
      refusals: [{ path: '$.url', message: expect.stringContaining('url is missing') }],
    })
  })

  test('relative addresses follow the base of the page', () => {
    const html = `<base href="https://www.desk.example.org/es/">${script(JSON.stringify({ ...review, url: 'luna' }))}`
    expect(findClaimReviews(html, { pageUrl }).records[0]?.url).toBe('https://www.desk.example.org/es/luna')
  })
})

describe('the publisher', () => {
  const person = { '@type': 'Person', name: 'A Writer', url: '/author/a-writer' }
  test.each<[string, Record<string, unknown>, unknown]>([
    ['an organisation', {}, { site: 'desk.example.org', name: 'Desk' }],
    [
      'the publisher where the author is a person',
      { author: person, publisher: { name: 'Desk', url: 'https://www.desk.example.org' } },
      { site: 'desk.example.org', name: 'Desk' },
    ],
    [
      'the page of a person has a site, the person is no publisher',
      { author: person },
      { site: 'desk.example.org', name: null },
    ],
    [
      'a byline called an organisation',
      {
        author: {
          '@type': 'Organization',
          name: 'A Writer',
          url: 'https://desk.example.org/about/authors/a-writer',
        },
      },
      { site: 'desk.example.org', name: null },
    ],
    ['a name', { author: 'Desk' }, { site: 'desk.example.org', name: 'Desk' }],
    [
      'a list',
      { author: [person, { '@type': 'Organization', name: 'Desk' }] },
      { site: 'desk.example.org', name: 'Desk' },
    ],
    [
      'by @id',
      { author: { '@type': 'Organization', '@id': 'https://desk.example.org/', name: 'Desk' } },
      { site: 'desk.example.org', name: 'Desk' },
    ],
    [
      'known by its other name only',
      { author: { '@type': 'Organization', name: 'Desk', sameAs: 'https://social.example/desk' } },
      { site: 'desk.example.org', name: 'Desk' },
    ],
    ['nobody', { author: undefined }, { site: 'desk.example.org', name: null }],
  ])('%s', (_name, changes, publisher) => {
    expect(one(changes).publisher).toEqual(publisher)
  })

  test('no page publishes under the name of another site', () => {
    const { records, notes } = read({ ...review, url: 'https://imitator.example.net/x' })
    expect(records[0]?.publisher.site).toBe('imitator.example.net')
    expect(messages(notes)).toEqual([expect.stringContaining('on another site')])
  })

  test('a host is assumed only where the record names none', () => {
    const nameless = { ...review, url: undefined, author: undefined, identifier: '7' }
    expect(
      readClaimReviewJson(nameless, { pageUrl: null, publisher: 'assumed.example' }).records[0],
    ).toMatchObject({ publisher: { site: 'assumed.example' }, sourceId: '7' })
    expect(
      readClaimReviewJson(review, { pageUrl: null, publisher: 'assumed.example' }).records[0]?.publisher.site,
    ).toBe('desk.example.org')
  })
})

describe('the rating', () => {
  test.each<[string, unknown, unknown]>([
    ['in a list', [{ ratingValue: 1 }, { alternateName: 'Falso' }], { words: 'Falso', value: 'false' }],
    ['as words', 'Misleading', { words: 'Misleading', value: 'misleading' }],
    ['by name', { name: 'Mostly true' }, { words: 'Mostly true', value: 'mostly-true' }],
    [
      'under properties',
      { '@type': 'Rating', properties: { alternateName: 'Falso' } },
      { words: 'Falso', value: 'false' },
    ],
    ['number only', { ratingValue: 5, bestRating: 5, worstRating: 1 }, { words: null, value: 'true' }],
    [
      'unknown words',
      { alternateName: 'He never said that sentence' },
      { words: 'He never said that sentence', value: null },
    ],
    ['huge numbers', { alternateName: 'False', ratingValue: '1e999' }, { value: 'false', scale: null }],
    ['nothing', undefined, { words: null, value: null, scale: null }],
  ])('%s', (_name, reviewRating, rating) => {
    expect(one({ reviewRating }).rating).toMatchObject(rating as object)
  })

  test('the publisher is told what is wrong with it', () => {
    const notesOf = (reviewRating: unknown) => messages(read({ ...review, reviewRating }).notes)
    expect(notesOf({ alternateName: 'Falso', ratingValue: 5, bestRating: 5 })).toEqual([
      expect.stringContaining('contradicts'),
    ])
    expect(notesOf({ alternateName: 'Hm' })).toEqual([expect.stringContaining('not a rating that we know')])
    expect(notesOf(undefined)).toEqual([expect.stringContaining('neither words')])
  })

  test('a number is no explanation', () => {
    expect(one({ reviewRating: { alternateName: 'False', ratingExplanation: 5 } }).ratingExplanation).toBe(
      null,
    )
    expect(
      one({ reviewRating: { alternateName: 'False', ratingExplanation: 'It is rock.' } }).ratingExplanation,
    ).toBe('It is rock.')
  })
})

describe('dates, places and people', () => {
  test('what is no date is null, with a note', () => {
    const { records, notes } = read({
      ...review,
      datePublished: '2021-02-30',
      itemReviewed: { datePublished: 'soon' },
    })
    expect(records[0]).toMatchObject({ reviewedAt: null, claimedAt: null })
    expect(notes.map(({ path }) => path)).toEqual(['$.datePublished', '$.itemReviewed.datePublished'])
    expect(messages(read({ ...review, datePublished: undefined }).notes)).toEqual([
      expect.stringContaining('datePublished is missing'),
    ])
  })

  test.each<[string, unknown, string[]]>([
    ['a string', 'https://social.example/1', ['https://social.example/1']],
    [
      'joined by commas',
      'https://social.example/1, https://social.example/2,https://social.example/a,b',
      ['https://social.example/1', 'https://social.example/2', 'https://social.example/a,b'],
    ],
    ['a list', ['https://social.example/1', 'https://social.example/1', 'TV3'], ['https://social.example/1']],
    [
      'objects',
      [{ '@type': 'CreativeWork', url: 'https://social.example/1' }, { '@id': 'https://social.example/2' }],
      ['https://social.example/1', 'https://social.example/2'],
    ],
  ])('appearances as %s', (_name, appearance, appearances) => {
    expect(one({ itemReviewed: { '@type': 'Claim', appearance } }).appearances).toEqual(appearances)
  })

  test('a legacy item is read, and the address of a claimant is not', () => {
    const itemReviewed = {
      '@type': 'CreativeWork',
      url: 'https://social.example/1',
      author: {
        '@type': 'Person',
        name: ['A. Poster', 'mayor'],
        sameAs: 'https://social.example/people/a-poster',
      },
    }
    expect(one({ itemReviewed })).toMatchObject({
      appearances: ['https://social.example/1'],
      claimant: 'A. Poster, mayor',
    })
    expect(JSON.stringify(read({ ...review, itemReviewed }).records)).not.toContain('people/a-poster')
  })

  test('the page says what the review does not', () => {
    const article = {
      '@type': 'NewsArticle',
      url: pageUrl,
      headline: 'No cheese',
      inLanguage: 'en_GB',
      articleBody: 'Rock.',
      datePublished: '2024-06-01T10:00:00Z',
    }
    const html = `<html lang="es"><meta property="og:description" content="About the moon">${script(JSON.stringify([article, { ...review, datePublished: undefined }]))}`
    expect(findClaimReviews(html, { pageUrl })).toMatchObject({
      records: [
        {
          title: 'No cheese',
          summary: 'About the moon',
          body: 'Rock.',
          lang: 'en-GB',
          reviewedAt: '2024-06-01T10:00:00Z',
        },
      ],
      notes: [],
    })
  })

  test('the article around another review stays with its own', () => {
    const article = { '@type': 'NewsArticle', url: 'https://www.desk.example.org/other', headline: 'Other' }
    expect(read([article, review]).records[0]?.title).toBe(null)
  })
})

/** Nothing that a publisher, or somebody in its name, sends makes the reader throw, stall or believe too much. */
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reviewLimits } from '#domain/claim-review.ts'
import { embedJsonLd } from './format-claim-review.ts'
import { findClaimReviews, parseClaimReviews, readClaimReviewJson } from './parse-claim-reviews.ts'

const pageUrl = 'https://desk.example.org/1'
const json = (text: string) => parseClaimReviews(text, { kind: 'json', pageUrl })
const html = (text: string) => parseClaimReviews(text, { kind: 'html', pageUrl })

test('any value in any field is read or refused', () => {
  const names = [
    '@type',
    '@id',
    'claimReviewed',
    'url',
    'author',
    'reviewRating',
    'alternateName',
    'ratingValue',
    'bestRating',
    'itemReviewed',
    'appearance',
    'datePublished',
    'name',
    'inLanguage',
    'identifier',
    '@graph',
    'item',
    '__proto__',
  ]
  const leaf = fc.oneof(
    fc.constantFrom('ClaimReview', 'Claim', 'False', pageUrl, '2024-01-02', '', 'NaN'),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  )
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      leaf,
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...names), tie('node'), { maxKeys: 8 }),
    ),
  })).node
  fc.assert(
    fc.property(tree, (value) => {
      const { records, refusals } = readClaimReviewJson(
        { '@type': 'ClaimReview', claimReviewed: 'x', ...(value as object) },
        { pageUrl },
      )
      expect(records.length + refusals.length).toBeGreaterThan(0)
      for (const record of records) {
        expect(record.claim.length).toBeGreaterThan(0)
        expect(record.claim.isWellFormed()).toBe(true)
        if (record.url !== null) expect(record.url).toMatch(/^https?:\/\//)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('any text is read or refused', () => {
  const piece = fc.constantFrom(
    '{"@type":"ClaimReview",',
    '"claimReviewed":',
    '"x"',
    '<script type="application/ld+json">',
    '</script>',
    '<!--',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    '\\',
    '\u0000',
    '\ud800',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 40 }), (pieces) => {
      const text = pieces.join('')
      expect(json(text).records.length + json(text).refusals.length).toBeGreaterThan(0)
      expect(html(text)).toHaveProperty('records')
    }),
  )
})

test('prototypes stay as they are', () => {
  const text = `{"@type":"ClaimReview","claimReviewed":"x","__proto__":{"isAdmin":true,"url":"${pageUrl}"},"constructor":{"prototype":{"isAdmin":true}},"reviewRating":{"__proto__":{"alternateName":"False"}}}`
  expect(json(text).records).toHaveLength(1)
  expect(json(text).records[0]?.rating.words).toBe(null)
  expect(({} as { isAdmin?: boolean }).isAdmin).toBe(undefined)
})

test('20,000 lists inside each other are refused, parsed or not', () => {
  expect(json('['.repeat(20_000) + ']'.repeat(20_000)).refusals).toMatchObject([
    { message: expect.stringContaining('nested') },
  ])
  let deep: unknown = { '@type': 'ClaimReview', claimReviewed: 'x' }
  for (let depth = 0; depth < 20_000; depth++) deep = [deep]
  expect(readClaimReviewJson(deep, { pageUrl }).records).toHaveLength(1)
  let author: unknown = 'x'
  for (let depth = 0; depth < 20_000; depth++) author = [author]
  expect(
    readClaimReviewJson({ '@type': 'ClaimReview', claimReviewed: author, author }, { pageUrl }),
  ).toHaveProperty('records')
})

test('100 MB in every field stay within the limits', () => {
  const long = 'word '.repeat(20_000_000)
  const rating = { alternateName: long, ratingValue: long, ratingExplanation: long }
  const [record] = readClaimReviewJson(
    {
      '@type': 'ClaimReview',
      url: long,
      claimReviewed: long,
      name: long,
      description: long,
      reviewBody: long,
      datePublished: long,
      inLanguage: long,
      author: long,
      reviewRating: rating,
      itemReviewed: { appearance: long, author: long },
    },
    { pageUrl },
  ).records
  expect(JSON.stringify(record).length).toBeLessThan(100_000)
  expect(record?.rating.words?.length).toBeLessThanOrEqual(reviewLimits.wordsMax)
}, 60_000)

test('what is embedded in a page cannot leave its script', () => {
  const value = { claimReviewed: '</script><script>alert(1)</script><!--<script>\u2028&amp;' }
  const embedded = embedJsonLd(value)
  expect(embedded).not.toMatch(/[<>&\u2028\u2029]/)
  expect(JSON.parse(embedded)).toEqual(value)
  expect(
    findClaimReviews(
      `<script type="application/ld+json">${embedJsonLd({ '@type': 'ClaimReview', claimReviewed: 'a </script> b' })}</script>`,
      { pageUrl },
    ).records[0]?.claim,
  ).toBe('a b')
})

const hostile = '../shared/vectors/hostile'

describe.skipIf(!existsSync(hostile))('the hostile vectors', () => {
  test('texts made to stall a parser are read to the end, in every field', () => {
    const vectors = JSON.parse(readFileSync(`${hostile}/redos.json`, 'utf8')) as { b64gz: string }[]
    for (const { b64gz } of vectors) {
      const text = gunzipSync(Buffer.from(b64gz, 'base64')).toString()
      const node = {
        '@type': 'ClaimReview',
        claimReviewed: `x${text}`,
        url: text,
        name: text,
        datePublished: text,
        inLanguage: text,
        author: text,
        reviewRating: { alternateName: text, ratingValue: text },
        itemReviewed: { appearance: text },
      }
      expect(readClaimReviewJson(node, { pageUrl }).records).toHaveLength(1)
      expect([json(text), html(text)]).toHaveLength(2)
    }
  })

  test('every naughty string is a claim or is refused', () => {
    for (const text of JSON.parse(readFileSync(`${hostile}/blns/blns.json`, 'utf8')) as string[]) {
      const { records, refusals } = readClaimReviewJson(
        { '@type': 'ClaimReview', claimReviewed: text },
        { pageUrl },
      )
      expect(records.length + refusals.length).toBe(1)
    }
  })

  test('JSON-LD in HTML: what the standard finds is found, what it calls broken is said', () => {
    const folder = `${hostile}/jsonld-html/tests/html`
    const faults = (name: string) => {
      const { refusals, notes } = findClaimReviews(readFileSync(`${folder}/${name}-in.html`, 'utf8'), {
        pageUrl,
      })
      return [...refusals, ...notes].length
    }
    expect(['e001', 'e002', 'e005', 'e006', 'e010', 'e012', 'e013', 'e020', 'e022'].map(faults)).toEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 0,
    ])
    expect(['e017'].map(faults)).toEqual([1])
  })
})

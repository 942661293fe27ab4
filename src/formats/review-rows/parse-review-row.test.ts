/** Lines of JSON Lines files: each is a review, several, or a refusal that says why. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineMax, parseReviewRow } from './parse-review-row.ts'

const row = {
  id: 'set:1',
  text: 'The moon is made of cheese',
  title: 'No, the moon is rock',
  subtitle: 'Rock &amp; dust',
  body: '<p>Long</p>',
  publisher: 'www.desk.example.org',
  url: 'https://www.desk.example.org/checks/moon?utm_source=x',
  date: '26 May 2015',
  lang: 'en',
  rating: 'Falso',
  ratingValue: '4',
  bestRating: '6',
}
const read = (changes: Record<string, unknown>, publisher?: string) =>
  parseReviewRow(JSON.stringify({ ...row, ...changes }), publisher ? { publisher } : {})

test('a row with everything', () => {
  expect(read({})).toEqual({
    records: [
      {
        publisher: { site: 'desk.example.org', name: null },
        url: 'https://www.desk.example.org/checks/moon',
        sourceId: 'set:1',
        claim: 'The moon is made of cheese',
        title: 'No, the moon is rock',
        summary: 'Rock & dust',
        body: 'Long',
        rating: { words: 'Falso', value: 'false', scale: { value: 4, best: 6, worst: 1 } },
        ratingExplanation: null,
        lang: 'en',
        reviewedAt: '2015-05-26',
        claimedAt: null,
        appearances: [],
        claimant: null,
      },
    ],
    refusals: [],
    notes: [],
  })
})

test('a row with hardly anything', () => {
  expect(parseReviewRow('{"id":7,"text":"x"}').records).toMatchObject([
    { sourceId: '7', claim: 'x', url: null, publisher: { site: null, name: null }, reviewedAt: null },
  ])
})

describe('the publisher of a row', () => {
  test.each([
    [
      { publisher: 'Desk', url: undefined },
      { site: null, name: 'Desk' },
    ],
    [{ publisher: 'Desk' }, { site: 'desk.example.org', name: 'Desk' }],
    [
      { publisher: 'desk.example.org', url: undefined },
      { site: 'desk.example.org', name: null },
    ],
    [{ publisher: 'https:desk.example.orgchecks' }, { site: 'desk.example.org', name: null }],
    [
      { publisher: undefined, url: undefined },
      { site: null, name: null },
    ],
  ])('%j', (changes, publisher) => {
    expect(read(changes).records[0]?.publisher).toEqual(publisher)
  })

  test('a host is assumed only where the row names none', () => {
    expect(read({ publisher: undefined, url: undefined }, 'assumed.example').records[0]?.publisher.site).toBe(
      'assumed.example',
    )
    expect(read({}, 'assumed.example').records[0]?.publisher.site).toBe('desk.example.org')
  })
})

test('a date of a statement is the claim’s, a bad date is noted', () => {
  expect(read({ date: 'stated on October 22, 2019 in a speech:' }).records[0]).toMatchObject({
    reviewedAt: null,
    claimedAt: '2019-10-22',
  })
  expect(read({ date: 'Jul' })).toMatchObject({
    records: [{ reviewedAt: null }],
    notes: [{ path: '$.date', excerpt: 'Jul' }],
  })
})

describe('a row that is no review is refused with the reason', () => {
  test.each<[string, string, string]>([
    ['{"id":"1"}', '$.text', 'text is missing'],
    ['{"id":"1","text":" \u3164 "}', '$.text', 'text is missing'],
    ['{"id":"1","text":["x"]}', '$.text', 'text is missing'],
    ['{"text":"x"}', '$.id', 'id and url are missing'],
    ['{"id":"1","text":"x"', '$', 'not valid JSON'],
    ['', '$', 'is empty'],
    ['5', '$', 'holds no ClaimReview'],
    ['{"@type":"WebPage"}', '$', 'holds no ClaimReview'],
    ['{"raw":"{\\"@type\\":\\"WebPage\\"}"}', '$', 'holds no ClaimReview'],
    [`"${'x'.repeat(lineMax)}"`, '$', 'longer than'],
  ])('%.60s', (line, path, message) => {
    expect(parseReviewRow(line)).toEqual({
      records: [],
      refusals: [{ path, message: expect.stringContaining(message), excerpt: expect.any(String) }],
      notes: [],
    })
  })
})

describe('rows that hold markup', () => {
  const review = { '@type': 'ClaimReview', claimReviewed: 'x', reviewRating: { alternateName: 'False' } }
  const url = 'https://desk.example.org/1'

  test.each<[string, unknown]>([
    ['the object itself', { ...review, url }],
    ['wrapped, with its page', { claimReview: review, page_url: url }],
    ['the body of a script', { raw: ` ${JSON.stringify(review)} `, url, valid_json: true }],
    ['a broken body that can be mended', { raw: `${JSON.stringify(review)};`, url }],
    ['a graph', { '@graph': [{ ...review, url }] }],
    ['a list', [{ ...review, url }]],
    ['with a text of its own', { ...review, url, text: 'body' }],
  ])('%s', (_name, value) => {
    expect(parseReviewRow(JSON.stringify(value)).records).toMatchObject([
      { claim: 'x', url, rating: { value: 'false' } },
    ])
  })
})

test('no line makes it throw or vanish', () => {
  const scalar = fc.oneof(
    fc.string(),
    fc.double(),
    fc.constant(null),
    fc.boolean(),
    fc.array(fc.string(), { maxLength: 2 }),
  )
  const rows = fc.dictionary(
    fc.constantFrom(
      'id',
      'text',
      'url',
      'date',
      'publisher',
      'rating',
      'ratingValue',
      'lang',
      'raw',
      'claimReview',
      '@type',
    ),
    scalar,
  )
  fc.assert(
    fc.property(
      fc.oneof(
        rows.map((value) => JSON.stringify(value)),
        fc.string({ unit: 'binary' }),
      ),
      (line) => {
        const { records, refusals } = parseReviewRow(line)
        expect(records.length + refusals.length).toBeGreaterThan(0)
      },
    ),
    { numRuns: 1_000 },
  )
})

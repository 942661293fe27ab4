/** The bytes that stored reviews are known by: if one of these changes, every review of the next reading is a new one. */
import { expect, test } from 'vitest'
import { contentOf, identityOf, publisherOf } from '#io/database/review-identity.ts'
import { reviewRecord } from './review-record.ts'

test('the identity of a review never changes between versions of Assay', () => {
  const identities = [
    reviewRecord(),
    reviewRecord({ url: null, sourceId: '17' }),
    reviewRecord({
      url: 'https://www.youtube.com/watch?v=abcdefghijk&feature=share',
      claim: '「水」は 50 度で沸騰する',
    }),
    reviewRecord({ url: 'http://localhost/reviews/1', publisher: { site: null, name: 'Ünï' } }),
  ].map((record) => identityOf(record).toString('hex'))
  expect(identities).toMatchInlineSnapshot(`
    [
      "ef1f44ac8c48deef922c21cd7b7783f8b2ed58880b61dc16c5db230ac2c21d26",
      "18e4515b06010502fbba85c6873e6c9523d351dab4bd860080cf27cd2b545bf0",
      "34be98aa79abe83e9ad0e3298026a2ccb6827142ca5330e97a49429b6366b92b",
      "34cad34b1e78cee75189ccdcedd7161ff50935b58472e21b8e0bd2e74af42417",
    ]
  `)
})

test('the content of a review does not change with a field that is added later and empty', () => {
  const later = { ...reviewRecord(), video: null, tags: [] }
  expect(contentOf(later)).toEqual(contentOf(reviewRecord()))
  expect(contentOf(reviewRecord()).toString('hex')).toMatchInlineSnapshot(
    `"cfcd4c389e8cd53c399746d4392a189f2431589ced3b0817fda17062d3c91df5"`,
  )
})

test('the order of keys does not count', () => {
  const { claim, ...rest } = reviewRecord()
  expect(contentOf({ ...rest, claim })).toEqual(contentOf(reviewRecord()))
})

test.each([
  [{ site: 'WWW.Checks.example.', name: null }, 'checks.example', 'checks.example'],
  [{ site: null, name: 'The Checkers' }, 'checks.example', 'The Checkers'],
])('the publisher %o is known as %s', (publisher, key, name) => {
  expect(publisherOf(reviewRecord({ publisher }))).toEqual({ key, site: key, name })
})

test('a publisher without any site is known by its name', () => {
  const record = reviewRecord({ url: null, publisher: { site: null, name: 'The Checkers' } })
  expect(publisherOf(record)).toEqual({ key: 'name:the checkers', site: null, name: 'The Checkers' })
})

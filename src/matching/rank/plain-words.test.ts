import { expect, test } from 'vitest'
import { messageSequence, readMatch } from '../explain/reading.ts'
import { createIndex } from '../index/review-index.ts'
import { plainWordsOf } from './plain-words.ts'

/** A message read against one claim in a pool of some others. */
function plainOf(text: string, claim: string, title: string | null = null) {
  const index = createIndex()
  const review = { summary: null, body: null, lang: 'en', links: [], reviewedAt: null }
  for (const other of ['Bats are blind', 'The moon is made of cheese', 'Salt melts ice on any road']) {
    index.upsert(other, { ...review, claim: other, title: null })
  }
  index.upsert('asked', { ...review, claim, title })
  const [query] = index.queries({ text, links: [], lang: 'en' })
  const { documents } = index
  const doc = Array.from({ length: documents.size }, (_, at) => at).find(
    (at) => documents.id(at) === 'asked',
  )!
  const terms = documents.newTerms()
  documents.readTerms(doc, terms)
  return plainWordsOf(readMatch(query!, messageSequence(query!), documents, doc, terms), documents)
}

test('names alone make nothing of what is said agree', () => {
  const { claim, message, shared } = plainOf(
    'they say that salt from Norway melts all of Lake Vostok',
    'A fish that glows lives in Lake Vostok beyond Norway',
  )
  expect(claim).toBe(0)
  expect(message).toBe(0)
  expect(shared).toBe(0)
})

test('what is said agrees whoever it is said of', () => {
  const { claim, counted, shared } = plainOf('it glows and eats stones', 'A fish that glows eats stones')
  expect(claim).toBeGreaterThan(0.5)
  expect(shared).toBe(3)
  expect(counted).toBeGreaterThan(0.5)
})

test('a review without a headline, or a claim of names alone, says nothing here', () => {
  expect(plainOf('he saw Lake Vostok', 'A fish glows').title).toBeNull()
  expect(plainOf('he saw Lake Vostok', 'Lake Vostok').claim).toBeNull()
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scoreSlots } from '../candidates.ts'
import type { Matchable } from '../engine.ts'
import { createIndex, type ReviewIndex, readIndex } from './review-index.ts'

const stamp = { database: 'a', changeNumber: 7 }

function bytesOf(index: ReviewIndex): Uint8Array {
  return Buffer.concat([...index.snapshot(stamp)])
}

/** @throws Error with the reason when the bytes are refused */
function indexOf(bytes: Uint8Array): ReviewIndex {
  const read = readIndex(bytes)
  if (!read.ok) throw new Error(read.problems[0]!.message)
  expect(read.value.stamp).toEqual(stamp)
  return read.value.index
}

const plain: Matchable = {
  claim: '',
  title: null,
  summary: null,
  body: null,
  lang: null,
  links: [],
  reviewedAt: null,
}

/** Everything that a query can see of an index, by id. */
function seen(index: ReviewIndex, text: string): unknown {
  const query = index.queries({ text, links: ['https://example.org/moon'], lang: null })[0]!
  const { count, docs, scores } = index.candidates(query, 5)
  const { documents } = index
  const slots = scoreSlots.length
  const rows = Array.from({ length: count }, (_, at) => {
    const doc = docs[at]!
    const scored = Array.from(scores.subarray(at * slots, (at + 1) * slots))
    return [documents.id(doc), scored, documents.text(doc, 'claim'), documents.day(doc), documents.lang(doc)]
  })
  return [index.size, Array.from(query.idf), rows.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))]
}

const words = ['vaccine', 'moon', 'water', 'Bank', 'lemon', '500', 'not', '疫苗', '月亮', 'قمر', 'Impfstoff']
const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }).map((list) => list.join(' '))
const review = fc.record<Matchable>({
  claim: text,
  title: fc.option(text),
  summary: fc.option(text),
  body: fc.constant(null),
  lang: fc.constantFrom('en', 'de', null),
  links: fc.constantFrom([], ['https://example.org/moon']),
  reviewedAt: fc.constantFrom('2024-05-01', null),
})
const change = fc.record({ id: fc.integer({ min: 0, max: 20 }), review: fc.option(review) })

function apply(index: ReviewIndex, changes: { id: number; review: Matchable | null }[]): void {
  for (const { id, review: next } of changes)
    next === null ? index.remove(`r${id}`) : index.upsert(`r${id}`, next)
}

describe('a snapshot', () => {
  test('read is the index written, and goes on as it would have', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 40 }),
        fc.array(change, { maxLength: 20 }),
        text,
        (before, after, asked) => {
          const index = createIndex()
          apply(index, before)
          const read = indexOf(bytesOf(index))
          expect(seen(read, asked)).toEqual(seen(index, asked))
          apply(index, after)
          apply(read, after)
          expect(seen(read, asked)).toEqual(seen(index, asked))
        },
      ),
      { numRuns: 15 },
    )
  })

  test('holds the index as it was when it was asked for, whatever changes while it is written', () => {
    const index = createIndex()
    index.upsert('a', { ...plain, claim: 'The moon is made of water' })
    const before = seen(index, 'moon water lemon')
    const pieces = index.snapshot(stamp)
    index.upsert('b', { ...plain, claim: 'Lemon water on the moon' })
    index.remove('a')
    expect(seen(indexOf(Buffer.concat([...pieces])), 'moon water lemon')).toEqual(before)
  })

  const small = createIndex()
  small.upsert('a', { ...plain, claim: 'The moon is made of lemon water' })
  small.upsert('b', { ...plain, claim: '月亮是水做的' })
  // The counts of letters are eight megabytes of mostly zeros: a cut is tried at every byte near an edge, and some between.
  const whole = bytesOf(small)
  const places = Array.from({ length: whole.length }, (_, at) => at).filter(
    (at) => at < 4_000 || at > whole.length - 6_000 || at % 400_009 === 0,
  )

  test('cut at any byte is refused in one line', () => {
    for (const at of places.filter((place) => place % 3 === 0 || place > whole.length - 200)) {
      const read = readIndex(whole.slice(0, at))
      expect(read.ok ? at : read.problems[0]!.message).toMatch(
        /^the snapshot is (cut short|damaged|cut short or no snapshot)$/,
      )
    }
  })

  test('with any byte changed is refused', () => {
    for (const at of places.filter((place) => place % 97 === 0 || place > whole.length - 40)) {
      const changed = whole.slice()
      changed[at] = changed[at]! ^ 4
      expect(readIndex(changed).ok ? at : 'refused').toBe('refused')
    }
  })

  test('of another form, longer than written, or no snapshot at all is refused', () => {
    expect(readIndex(Buffer.concat([whole, new Uint8Array(16)])).ok).toBe(false)
    expect(readIndex(new Uint8Array(4_096)).ok).toBe(false)
    expect(readIndex(new TextEncoder().encode('{"form":1}'.repeat(16))).ok).toBe(false)
  })
})

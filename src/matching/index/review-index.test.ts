import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scoreSlots } from '../candidates.ts'
import type { Matchable } from '../engine.ts'
import { PostingsWriter } from './postings.ts'
import { createIndex, type ReviewIndex } from './review-index.ts'
import type { Segment } from './segment.ts'
import { Best, Sums } from './top.ts'

function review(claim: string): Matchable {
  return { claim, title: null, summary: null, body: null, lang: 'en', links: [], reviewedAt: null }
}

/** Candidates by id with their scores, which no place in the index may change. */
function found(index: ReviewIndex, text: string): [string, number[]][] {
  const query = index.queries({ text, links: [], lang: null })[0]!
  const { count, docs, scores } = index.candidates(query, 5)
  const slots = scoreSlots.length
  return Array.from({ length: count }, (_, at): [string, number[]] => [
    index.documents.id(docs[at]!),
    Array.from(scores.subarray(at * slots, (at + 1) * slots)),
  ]).sort(([a], [b]) => (a < b ? -1 : 1))
}

const words = [
  'vaccine',
  'moon',
  'water',
  'bank',
  'lemon',
  'cures',
  'election',
  'tower',
  'shark',
  'flood',
  '500',
  'not',
]
const claim = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 })
  .map((list) => list.join(' '))

describe('the index', () => {
  test('finds the same with the same scores whatever was added, changed and removed before', () => {
    const change = fc.record({ id: fc.integer({ min: 0, max: 30 }), claim: fc.option(claim) })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), claim, fc.nat(), (changes, text, readEvery) => {
        const changed = createIndex()
        const final = new Map<string, string>()
        for (const [at, { id, claim: next }] of changes.entries()) {
          if (next === null) {
            expect(changed.remove(`r${id}`)).toBe(final.delete(`r${id}`))
          } else {
            changed.upsert(`r${id}`, review(next))
            final.set(`r${id}`, next)
          }
          if (at % ((readEvery % 7) + 1) === 0) found(changed, text)
        }
        const built = createIndex()
        for (const [id, next] of [...final].sort()) built.upsert(id, review(next))
        expect(changed.size).toBe(built.size)
        expect(found(changed, text)).toEqual(found(built, text))
      }),
      { numRuns: 30 },
    )
  })

  test('finds a review by a word with a typing error', () => {
    const index = createIndex()
    index.upsert('a', review('Lemon water cures the common cold'))
    index.upsert('b', review('A shark swam through the flooded street'))
    expect(found(index, 'a shrak swam trough the floded streat').map(([id]) => id)).toContain('b')
  })
})

describe('the best sums', () => {
  test('are those of reading everything', () => {
    const list = fc.uniqueArray(fc.integer({ min: 0, max: 1_500 }), { maxLength: 900 })
    const term = fc.record({ docs: list, weight: fc.integer({ min: 1, max: 4_095 }), seed: fc.nat() })
    fc.assert(
      fc.property(
        fc.array(term, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 20 }),
        (terms, k) => {
          const writer = new PostingsWriter()
          for (const [at, { docs, seed }] of terms.entries()) {
            const ascending = Int32Array.from(docs).sort()
            writer.add(
              at,
              ascending,
              Uint8Array.from(ascending, (doc) => 1 + ((doc * 7 + seed) % 15)),
              docs.length,
            )
          }
          const count = 1_501
          const segment = {
            documents: {
              count,
              idHashes: Int32Array.from({ length: count }, (_, at) => Math.imul(at, 0x9e3779b1)),
            },
            live: Uint8Array.from({ length: count }, (_, at) => (at % 11 === 3 ? 0 : 1)),
          } as unknown as Segment
          const order = terms.map((_, at) => at).sort((a, b) => terms[b]!.weight - terms[a]!.weight)
          const query = {
            terms: Int32Array.from(order),
            weights: Int32Array.from(order, (at) => terms[at]!.weight),
            count: terms.length,
          }
          const postings = writer.sealed()
          const bestOf = (pruned: boolean) => {
            const best = new Best(k)
            const forcedSums: number[] = []
            new Sums(pruned).search(segment, postings, 0, query, best, [5, 700], forcedSums)
            const rows = Array.from({ length: best.count }, (_, at) => [best.docs[at]!, best.sums[at]!])
            return { rows: rows.sort((a, b) => b[1]! - a[1]! || a[0]! - b[0]!), forcedSums }
          }
          expect(bestOf(true)).toEqual(bestOf(false))
        },
      ),
      { numRuns: 300 },
    )
  })
})

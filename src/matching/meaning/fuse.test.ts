/** What words found and what is near in meaning, as one list. */
import { expect, test } from 'vitest'
import type { ClaimReviewId } from '#domain/ids.ts'
import type { Found, Match, Why } from '#domain/message.ts'
import { addedMax, fuse } from './fuse.ts'

const thresholds = { answered: 0.8, related: 0.2 }
const sharedWord: Why = { kind: 'words', terms: ['bread'] }
const meaning: Why = { kind: 'meaning', terms: [] }

function match(id: string, confidence: number, ...why: Why[]): Match {
  return { id: id as ClaimReviewId, confidence, why: [sharedWord, ...why] }
}
const related: Found = { decision: 'related', matches: [match('a', 0.6), match('b', 0.5), match('c', 0.3)] }
const near = (...ids: string[]) => ids.map((id, at) => ({ id, similarity: 0.9 - at / 100 }))
const noWords = () => []

test('what is near in meaning too comes first, with the confidence that words gave it', () => {
  const { decision, matches } = fuse(related, near('c'), thresholds, 10, noWords)
  expect(decision).toBe('related')
  expect(matches).toEqual([match('c', 0.3, meaning), match('a', 0.6), match('b', 0.5)])
})

test('what meaning alone finds is added with the least confidence that is shown, and with what words say of it', () => {
  const { matches } = fuse(related, near('x'), thresholds, 10, () => [sharedWord])
  expect(matches.map(({ id }) => id as string)).toEqual(['a', 'x', 'b', 'c'])
  expect(matches[1]).toEqual(match('x', thresholds.related, meaning))
})

test('where words found nothing, what is near is related and no more', () => {
  const found = fuse({ decision: 'none', matches: [] }, near('x', 'y'), thresholds, 10, noWords)
  expect(found.decision).toBe('related')
  expect(found.matches.map(({ confidence }) => confidence)).toEqual([0.2, 0.2])
})

test('an answer is left as it is', () => {
  const answer: Found = { decision: 'answered', matches: [match('a', 0.9), match('b', 0.3)] }
  expect(fuse(answer, near('b', 'x'), thresholds, 10, noWords)).toBe(answer)
})

test('a "not", another number or another name speaks against: neither lifted nor brought in', () => {
  for (const kind of ['negation-differs', 'numbers-differ', 'names-differ'] as const) {
    const against = match('c', 0.3, { kind, terms: ['50'] })
    const found: Found = { decision: 'related', matches: [match('a', 0.6), against] }
    expect(fuse(found, near('c'), thresholds, 10, noWords)).toEqual(found)
  }
  expect(fuse(related, near('x'), thresholds, 10, () => null)).toEqual(related)
})

test('few are added, and never more than were asked for are given', () => {
  const many = near('p', 'q', 'r', 's', 't')
  const all = fuse(related, many, thresholds, 10, noWords)
  expect(all.matches).toHaveLength(related.matches.length + addedMax)
  expect(fuse(related, many, thresholds, 2, noWords).matches).toHaveLength(2)
})

test('with nothing near, nothing changes', () => {
  expect(fuse(related, [], thresholds, 10, noWords)).toBe(related)
})

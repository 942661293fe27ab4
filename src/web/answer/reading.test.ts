import { describe, expect, test } from 'vitest'
import type { GroupedAnswer } from '#domain/answer-group.ts'
import type { Decision } from '#domain/message.ts'
import type { RatingValue } from '#domain/rating.ts'
import { readingOf, type ShownMatch, surenessOf } from './reading.ts'

function match(publisher: string, confidence: number, value: RatingValue | null): ShownMatch {
  return {
    confidence,
    why: [],
    claimReview: { publisher: { id: publisher }, rating: { words: null, value, scale: null } },
  } as unknown as ShownMatch
}

function answer(decision: Decision, groups: ShownMatch[][], disagree = false): GroupedAnswer {
  const matches = groups.flat()
  return {
    decision,
    matches,
    groups: groups.map((group) => ({ matches: group.map((one) => matches.indexOf(one)), disagree })),
  }
}

describe('an answer as it is read', () => {
  test('what is more likely another claim stands apart, however good the first is', () => {
    const reading = readingOf(
      answer('answered', [
        [match('a', 0.97, 'false')],
        [match('b', 0.6, 'true')],
        [match('c', 0.49, 'true')],
      ]),
    )
    expect(reading.main).toHaveLength(2)
    expect(reading.also).toHaveLength(1)
    expect(reading.publishers).toBe(2)
  })

  test('near ones are few: more would be noise', () => {
    const near = Array.from({ length: 9 }, (_, place) => [match(`p${place}`, 0.3, null)])
    expect(readingOf(answer('related', near)).main).toHaveLength(3)
    expect(readingOf(answer('answered', near))).toMatchObject({ main: { length: 1 }, also: { length: 3 } })
  })

  test('several that are rated alike are said to agree, one alone is not', () => {
    const two = [match('a', 0.9, 'false'), match('b', 0.9, 'false')]
    expect(readingOf(answer('answered', [two])).says).toEqual({ kind: 'agree', value: 'false' })
    expect(readingOf(answer('answered', [[two[0]!]])).says).toEqual({ kind: 'one' })
  })

  test('different claims of one message are never said to agree, unknown ratings neither', () => {
    const apart = [[match('a', 0.9, 'false')], [match('b', 0.9, 'false')]]
    expect(readingOf(answer('answered', apart)).says).toEqual({ kind: 'many' })
    const unknown = [[match('a', 0.9, null), match('b', 0.9, null)]]
    expect(readingOf(answer('answered', unknown)).says).toEqual({ kind: 'many' })
  })

  test('a disagreement inside one claim is said', () => {
    const two = [match('a', 0.9, 'false'), match('b', 0.9, 'true')]
    expect(readingOf(answer('answered', [two], true)).says).toEqual({ kind: 'disagree' })
  })

  test('none is empty', () => {
    expect(readingOf(answer('none', []))).toEqual({
      main: [],
      also: [],
      publishers: 0,
      says: { kind: 'one' },
    })
  })
})

test('a confidence is told by a ladder of words', () => {
  expect(
    [1, 0.95, 0.94, 0.8, 0.5, 0.49, 0.2, 0.1, 0].map((confidence) => surenessOf(confidence, false)),
  ).toEqual(['same', 'same', 'very', 'very', 'probable', 'perhaps', 'perhaps', 'loose', 'loose'])
})

test('what is merely related is never called the same claim', () => {
  expect([1, 0.9, 0.2, 0.1].map((confidence) => surenessOf(confidence, true))).toEqual([
    'perhaps',
    'perhaps',
    'perhaps',
    'loose',
  ])
})

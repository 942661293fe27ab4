/** From a publisher's rating to ours: words first, then the scale, else nothing. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type RatingValue, ratingValues } from '#domain/rating.ts'
import { findLabel, labelTables } from './find-label.ts'
import { labelKey, withoutDecoration } from './label-key.ts'
import { labelsOf } from './labels/label-table.ts'
import { labelsWithoutValue } from './labels/other-labels.ts'
import { parseRating } from './parse-rating.ts'

const valueFor = (words: string) => parseRating({ words }).value

describe('the table', () => {
  test('every label is found again, with its own value, in any case', () => {
    for (const value of ratingValues) {
      for (const label of labelsOf(labelTables[value])) {
        expect([label, findLabel(label)]).toEqual([label, { kind: 'value', value }])
        expect([label, findLabel(` ${label.toUpperCase()}.`)]).toEqual([label, { kind: 'value', value }])
      }
    }
  })

  test('no label means two things', () => {
    const meanings = new Map<string, string>()
    const tables = [...Object.entries(labelTables), ['none', labelsWithoutValue] as const]
    for (const [value, table] of tables) {
      for (const label of labelsOf(table)) {
        const key = labelKey(label)
        expect(key, `${value}: ${label}`).not.toBe('')
        expect([label, meanings.get(key) ?? value]).toEqual([label, value])
        meanings.set(key, value)
      }
    }
  })

  test('decoration taken off a label never makes it another one', () => {
    for (const value of ratingValues) {
      for (const label of labelsOf(labelTables[value])) {
        const bare = findLabel(withoutDecoration(labelKey(label)))
        expect([label, bare.kind === 'value' ? bare.value : value]).toEqual([label, value])
      }
    }
  })
})

test.each<[string, RatingValue]>([
  ['False', 'false'],
  ['really_false', 'false'],
  ['não_é_bem_assim', 'misleading'],
  ['nao_e_bem_assim', 'misleading'],
  ['Incorrect \r', 'false'],
  ['Falso.', 'false'],
  ['❌ FALSE ❌', 'false'],
  ['100% fake', 'false'],
  ['Pants on Fire!', 'false'],
  ['MOSTLY-TRUE', 'mostly-true'],
  ['barely-true', 'mostly-false'],
  ['half_true', 'mixed'],
  ['Rating: False', 'false'],
  ['Our verdict: mostly true', 'mostly-true'],
  ['This claim is false', 'false'],
  ['The video is fake', 'false'],
  ['La afirmación es falsa', 'false'],
  ['FALSO: As imagens foram gravadas em outro lugar', 'false'],
  ['Falso. El video es antiguo', 'false'],
  ['False, the photo is older', 'false'],
  ['Verdict: False. The photo is older', 'false'],
  ['Verdadeiro, mas', 'missing-context'],
  ['Vrai, mais…', 'missing-context'],
  ['Opinion', 'not-checkable'],
  ['OPINIONATED', 'not-checkable'],
  ['NOT_ARTICLE', 'not-checkable'],
  ['RUMOR', 'false'],
  ['NOT_RUMOR', 'true'],
  ['Satire', 'satire'],
  ['Altered photo', 'altered'],
  ['證據不足', 'unproven'],
  ['【錯誤】', 'false'],
  ['غَيْرُ صحيحٍ', 'false'],
  ['DOĞRU', 'true'],
  ['ΨΕΥΔΕΣ', 'false'],
  ['YANLIŞ', 'false'],
  ['전혀 사실 아님', 'false'],
  ['Two Pinocchios', 'mixed'],
  ["[['https://static.example.com/rulings/tom-false.png', 'images/616.png', 'FALSE O-METER']]", 'false'],
  ["[['https://static.example.com/rulings/tom-pantsonfire.gif', 'images/523.png', 'x']]", 'false'],
])('%s', (words, value) => {
  expect(valueFor(words)).toBe(value)
})

describe('what is denied, asked or qualified is not what it names', () => {
  test.each([
    'not false',
    'Not a hoax',
    'This is not a hoax',
    'not entirely false',
    'never false',
    'no es falso',
    'No es falsa',
    'não é falso',
    'nicht falsch',
    'Das ist nicht falsch',
    'pas faux',
    'Ce n’est pas faux',
    'non è falso',
    'не ложь',
    'yanlış değil',
    'ليس زائفا',
    'not misleading',
    'not satire',
    'not: false',
    'True or false?',
    'Is it true?',
    '真的嗎？',
    'True. But the photo is old',
    'True, although old',
    'Correct: however, it is old',
    'False and misleading',
    'No evidence that this is true',
  ])('%s', (words) => {
    expect(valueFor(words)).toBe(null)
  })

  test.each([
    'Not true',
    'No es cierto',
    'Não é verdade',
    'Nicht wahr',
    'Non è vero',
    'Si kweli',
    'Hindi totoo',
    'Не правда',
  ])('what publishers say for false is false: %s', (words) => {
    expect(valueFor(words)).toBe('false')
  })
})

describe('unknown stays unknown', () => {
  test.each([
    'Reker hat diesen Satz nie gesagt.',
    'Current data shows that roughly 10% lack antibodies',
    'abc',
    '???',
    'full-flop',
    'outros',
  ])('%s', (words) => {
    expect(parseRating({ words })).toEqual({ words, value: null, scale: null })
  })

  test('a label that rates no truth is not overruled by a number', () => {
    expect(parseRating({ words: 'outros', value: '1', best: '5' }).value).toBe(null)
  })

  test('the address of a picture is no word of the publisher', () => {
    expect(parseRating({ words: "[['https://static.example.com/tom-false.png']]" })).toMatchObject({
      words: null,
      value: 'false',
    })
  })
})

describe('the scale, where the words do not say', () => {
  test.each<[string | number, string | number | null, string | number | null, RatingValue]>([
    ['1', '5', '1', 'false'],
    [2, 5, 1, 'mostly-false'],
    ['3', '5', '1', 'mixed'],
    ['4', '5', '', 'mostly-true'],
    ['5', '', null, 'true'],
    ['0', '5', '0', 'false'],
    ['1', '4', '1', 'false'],
    ['2', '4', '1', 'mostly-false'],
    ['100', '100', '0', 'true'],
    ['2,5', '5', '0', 'mixed'],
    ['4/5', null, null, 'mostly-true'],
    ['5 out of 5', null, null, 'true'],
    ['1', '1', '5', 'true'],
    ['5', '1', '5', 'false'],
  ])('%s of %s, worst %s, is %s', (value, best, worst, expected) => {
    expect(parseRating({ words: null, value, best, worst }).value).toBe(expected)
    expect(parseRating({ words: 'somewhere in between', value, best, worst }).value).toBe(expected)
  })

  test.each<[string | number | null, string | number | null, string | number | null]>([
    [null, '5', '1'],
    ['', '5', '1'],
    ['-1', '-1', '-1'],
    ['-1', '5', '1'],
    ['0', '5', '1'],
    ['0', null, null],
    ['6', '5', '1'],
    ['2', '2', '2'],
    [Number.POSITIVE_INFINITY, 5, 1],
    [Number.NaN, 5, 1],
    ['1e3', '5', '1'],
    ['1', '2', '-1'],
  ])('%s of %s, worst %s, is no scale', (value, best, worst) => {
    expect(parseRating({ words: null, value, best, worst })).toMatchObject({ value: null, scale: null })
  })

  test('two steps are kept and say nothing', () => {
    expect(parseRating({ words: null, value: '1', best: '2', worst: '1' })).toEqual({
      words: null,
      value: null,
      scale: { value: 1, best: 2, worst: 1 },
    })
  })

  test('words are believed against the number', () => {
    expect(parseRating({ words: 'Falso', value: 4, best: 6 })).toEqual({
      words: 'Falso',
      value: 'false',
      scale: { value: 4, best: 6, worst: 1 },
    })
  })

  test('words in ratingValue are words', () => {
    expect(parseRating({ words: null, value: 'Mostly false' })).toEqual({
      words: 'Mostly false',
      value: 'mostly-false',
      scale: null,
    })
  })
})

test('no rating makes it throw', () => {
  const scalar = fc.oneof(fc.string(), fc.double(), fc.constant(null))
  fc.assert(
    fc.property(
      fc.option(fc.string({ unit: 'binary' })),
      scalar,
      scalar,
      scalar,
      (words, value, best, worst) => {
        const { scale } = parseRating({ words, value, best, worst })
        if (scale) {
          expect(scale.best).not.toBe(scale.worst)
          expect(scale.value).toBeLessThanOrEqual(Math.max(scale.best, scale.worst))
          expect(scale.value).toBeGreaterThanOrEqual(Math.min(scale.best, scale.worst))
        }
      },
    ),
  )
  for (const piece of ['a', '. ', ', ', '- ', '.png', 'https://', '\u0301', '（'])
    expect(parseRating({ words: piece.repeat(100_000) }).value).toBe(null)
})

import { eld } from 'eld/extrasmall'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { likeliestLanguage } from './language-grams.ts'

test('finds for any text what the package eld finds', () => {
  const words = [
    'the',
    'water',
    'não',
    'é',
    'Wasser',
    'über',
    'вода',
    'яблоко',
    'مياه',
    'पानी',
    '水',
    'nước',
    'don’t',
    '42',
    '😀',
  ]
  const sentence = fc.array(fc.constantFrom(...words), { maxLength: 90 }).map((list) => list.join(' '))
  const text = fc.oneof(
    sentence,
    fc.string({ unit: 'grapheme', maxLength: 120 }),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(text, (asked) => {
      expect(likeliestLanguage(asked)).toBe(eld.detect(asked).language || null)
    }),
    { numRuns: 2_000 },
  )
})

test('knows each of its languages from a sentence', () => {
  expect(likeliestLanguage('The water of the river is as clean as it was before the war')).toBe('en')
  expect(likeliestLanguage('Das Wasser des Flusses ist so sauber wie vor dem Krieg')).toBe('de')
  expect(likeliestLanguage('A água do rio está tão limpa como antes da guerra')).toBe('pt')
  expect(likeliestLanguage('Вода в реке такая же чистая, как до войны')).toBe('ru')
  expect(likeliestLanguage('12 34 !?')).toBeNull()
})

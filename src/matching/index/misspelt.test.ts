import { expect, test } from 'vitest'
import { hashStem } from '../text/forms.ts'
import { misspeltLetters, nearestKnown } from './misspelt.ts'

const hashed = new Int32Array(2)
const hashOf = (stem: string): string => {
  hashStem(stem, hashed)
  return hashed.join(' ')
}

/** How many reviews have a stem, of those given. */
function havingOf(counts: Record<string, number>) {
  const byHash = new Map(Object.entries(counts).map(([stem, count]) => [hashOf(stem), count]))
  return (low: number, high: number) => byHash.get(`${low} ${high}`) ?? 0
}

const found = (stem: string, counts: Record<string, number>) =>
  nearestKnown(stem, havingOf(counts))?.join(' ')

test.each([
  ['a letter left out', 'vacine'],
  ['a letter doubled', 'vacccine'],
  ['a letter taken for another', 'vaccune'],
  ['two letters swapped', 'vaccien'],
])('%s is read as the word that was meant', (_slip, stem) => {
  expect(found(stem, { vaccine: 3, mountain: 9 })).toBe(hashOf('vaccine'))
})

test('of several words one slip away, the one that most reviews have', () => {
  expect(found('planec', { planet: 7, planes: 2 })).toBe(hashOf('planet'))
})

test('a short word, a very long one, other letters and two slips are left as they are', () => {
  const counts = { cat: 5, vaccine: 5 }
  expect(found('caz', counts)).toBeUndefined()
  expect(found('vacdyne', counts)).toBeUndefined()
  expect(found('a'.repeat(misspeltLetters.max + 1), counts)).toBeUndefined()
  expect(found('вакцина', counts)).toBeUndefined()
})

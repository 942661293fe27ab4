/** A difference that is shown is the whole difference, and nothing but it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffOf } from './diff.ts'

test('words that changed stand between those that did not', () => {
  expect(diffOf('the bridge fell in 1998', 'the old bridge fell in 1999')).toEqual([
    { kind: 'same', text: 'the ' },
    { kind: 'added', text: 'old ' },
    { kind: 'same', text: 'bridge fell in ' },
    { kind: 'removed', text: '1998' },
    { kind: 'added', text: '1999' },
  ])
})

test('texts without blanks are compared letter by letter', () => {
  expect(diffOf('橋已倒塌', '橋未倒塌').map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same'])
})

test('what stayed and what was put in is the later text, what stayed and was taken out the earlier', () => {
  const words = fc.array(fc.constantFrom('a ', 'b ', 'c', ' ', '\n', '橋', 'ä.')).map((list) => list.join(''))
  fc.assert(
    fc.property(words, words, (earlier, later) => {
      const parts = diffOf(earlier, later)
      const without = (kind: string) =>
        parts
          .filter((part) => part.kind !== kind)
          .map(({ text }) => text)
          .join('')
      expect(without('removed')).toBe(later)
      expect(without('added')).toBe(earlier)
    }),
  )
})

test('a huge text is told whole, not compared for ever', () => {
  const parts = diffOf('a '.repeat(50_000), 'b '.repeat(50_000))
  expect(parts.map(({ kind }) => kind)).toEqual(['removed', 'added'])
})

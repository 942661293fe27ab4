/** What a model is given of a text. */
import { expect, test } from 'vitest'
import { embeddedReview, embeddedText, embeddedTokensMax } from './embedded-text.ts'

test('is its words in one line, without addresses and invisible characters', () => {
  expect(embeddedText('  Bread\u200b is\n\nstone!\thttps://chat.example/?me=7 \u202eSo they say ')).toBe(
    'Bread is stone! So they say',
  )
})

test.each(['', '   ', '1 + 1 = 2', 'https://news.example/a', '😀😀😀😀😀', 'ok?'])(
  'is nothing where there are next to no letters: %j',
  (text) => expect(embeddedText(text)).toBeNull(),
)

test('is as much as models read, in whole characters, whatever the script', () => {
  for (const word of ['bread ', '麵包', 'ขนมปัง', '😀word']) {
    const text = embeddedText(word.repeat(20_000))!
    expect(text.length).toBeLessThan(4 * embeddedTokensMax)
    expect(text.length).toBeGreaterThan(embeddedTokensMax)
    expect(text.isWellFormed()).toBe(true)
  }
})

test('of a review is its claim and, when that says more, its title', () => {
  expect(embeddedReview('Bread is stone.', null)).toBe('Bread is stone.')
  expect(embeddedReview('Bread is stone.', 'Bread is stone.')).toBe('Bread is stone.')
  expect(embeddedReview('Bread is stone.', 'No, it is bread')).toBe('Bread is stone. No, it is bread')
})

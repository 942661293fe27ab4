import { expect, test } from 'vitest'
import { addressOf } from './address.ts'

test('an address leaves out what is empty and escapes what is not', () => {
  expect(addressOf('/latest', { words: 'a&b c', lang: null, from: '', to: undefined })).toBe(
    '/latest?words=a%26b+c',
  )
  expect(addressOf('/latest', { lang: null })).toBe('/latest')
})

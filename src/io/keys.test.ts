/** What is sealed is opened by the same purpose and secret, and by nothing else. */
import { expect, test } from 'vitest'
import { deriveKeys, newItemKey, openWith, sealWith } from './keys.ts'

const keys = deriveKeys('a master secret of enough length, for tests only')
const text = new TextEncoder().encode('a message that nobody reads at rest')

test('a sealed text is opened by its purpose and master secret only', () => {
  const sealed = keys.seal('tip', text)
  expect(keys.open('tip', sealed)).toEqual(text)
  expect(keys.open('challenge', sealed)).toBeNull()
  expect(deriveKeys('another master secret of enough length').open('tip', sealed)).toBeNull()
  expect(Buffer.from(sealed).includes(Buffer.from('message'))).toBe(false)
})

test('one changed bit anywhere is noticed', () => {
  const key = newItemKey()
  const sealed = sealWith(key, text)
  for (let at = 0; at < sealed.length; at++) {
    const changed = sealed.slice()
    changed[at]! ^= 1
    expect(openWith(key, changed)).toBeNull()
  }
  expect(openWith(key, sealed.subarray(0, 20))).toBeNull()
})

test('the same text has another mac for another purpose', () => {
  expect(keys.mac('receipt', 'words')).toEqual(keys.mac('receipt', 'words'))
  expect(keys.mac('receipt', 'words')).not.toEqual(keys.mac('session', 'words'))
})

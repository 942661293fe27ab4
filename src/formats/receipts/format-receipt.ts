/** Receipts as words: 100 secret bits, then as many bits of their SHA-256 as fill the last word. */
import { createHash } from 'node:crypto'
import { receiptBits, receiptBytes } from '#domain/receipt.ts'
import { type WordList, wordListOf } from './word-lists.ts'

/** The words of a receipt, in the list of a language. `secret`: `receiptBytes` bytes, of which `receiptBits` count. */
export function formatReceipt(secret: Uint8Array, language: string): string[] {
  const list = wordListOf(language)
  const bits = bitsOf(secret, receiptBits) + checkBitsOf(secret, list)
  return Array.from({ length: list.length }, (_, at) => {
    const place = bits.slice(at * list.bitsPerWord, (at + 1) * list.bitsPerWord)
    return list.words[Number.parseInt(place, 2)]!
  })
}

/** The secret that words of the right number stand for; null when the check bits do not fit. */
export function secretOf(places: number[], list: WordList): Uint8Array | null {
  const bits = places.map((place) => place.toString(2).padStart(list.bitsPerWord, '0')).join('')
  const secret = receiptSecret(
    Uint8Array.from({ length: receiptBytes }, (_, at) =>
      Number.parseInt(bits.slice(at * 8, at * 8 + 8).padEnd(8, '0'), 2),
    ),
  )
  return bits.slice(receiptBits) === checkBitsOf(secret, list) ? secret : null
}

/** The bytes with every bit beyond `receiptBits` cleared. */
export function receiptSecret(bytes: Uint8Array): Uint8Array {
  const secret = bytes.slice(0, receiptBytes)
  const spare = receiptBytes * 8 - receiptBits
  secret[receiptBytes - 1]! &= (0xff << spare) & 0xff
  return secret
}

function checkBitsOf(secret: Uint8Array, list: WordList): string {
  const count = list.length * list.bitsPerWord - receiptBits
  return bitsOf(createHash('sha256').update(secret).digest(), count)
}

function bitsOf(bytes: Uint8Array, count: number): string {
  return Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .slice(0, count)
}

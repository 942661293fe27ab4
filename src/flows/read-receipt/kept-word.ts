/** "I have kept it": one word is asked for. The page carries a proof of the right one, which tells nobody what it is. */
import { timingSafeEqual } from 'node:crypto'
import { foldWord } from '#formats/receipts/word-lists.ts'
import type { Needs } from '../needs.ts'

export interface AskedWord {
  /** Place of the word, counted from 0. */
  place: number
  /** Handed back with what was typed. */
  proof: string
}

/** One of the words, drawn at random. */
export function askForWord({ keys, ids }: Pick<Needs, 'keys' | 'ids'>, words: string[]): AskedWord {
  const place = ids.randomBytes(1)[0]! % words.length
  return { place, proof: Buffer.from(proofOf({ keys }, place, words[place]!)).toString('base64url') }
}

export function isKeptWord(needs: Pick<Needs, 'keys'>, { place, proof }: AskedWord, word: string): boolean {
  const given = Buffer.from(proof.slice(0, 100), 'base64url')
  const right = proofOf(needs, place, word.slice(0, wordMax))
  return given.length === right.length && timingSafeEqual(given, right)
}

/** UTF-16 code units: no word of any list is longer. */
const wordMax = 40

function proofOf({ keys }: Pick<Needs, 'keys'>, place: number, word: string): Uint8Array {
  return keys.mac('receipt', `kept ${place} ${foldWord(word.trim())}`)
}

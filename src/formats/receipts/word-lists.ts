/** The lists that receipts are written with, one per language of the pages. Source: BIP 39; the Arabic one is our own. */
import { wordlist as english } from '@scure/bip39/wordlists/english.js'
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js'
import { wordlist as traditionalChinese } from '@scure/bip39/wordlists/traditional-chinese.js'
import { arabicWords } from './arabic-words.ts'

export interface WordList {
  language: string
  words: readonly string[]
  /** Each word carries so many bits: the list has 2 to that power. */
  bitsPerWord: number
  /** Words of one receipt. */
  length: number
  /** Place of a word by its folded spelling. */
  places: ReadonlyMap<string, number>
}

/** 10 words of 11 bits or 14 of 8: 100 bits that nobody guesses, and 10 or 12 that check them. */
function listOf(language: string, words: readonly string[], length: number): WordList {
  const places = new Map(words.map((word, place) => [foldWord(word), place] as const))
  return { language, words, bitsPerWord: Math.log2(words.length), length, places }
}

/** A word as it is compared: without case, accents, vowel marks, and the spellings that Arabic keyboards mix up. */
export function foldWord(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .toLowerCase()
    .replace(/ة$/, 'ه')
    .replace(/ى$/, 'ي')
}

export const wordLists: readonly WordList[] = [
  listOf('en', english, 10),
  listOf('es', spanish, 10),
  listOf('ar', arabicWords, 14),
  listOf('zh-Hant', traditionalChinese, 10),
]

/** English where there is no list of the language. */
export function wordListOf(language: string): WordList {
  return wordLists.find((list) => list.language === language) ?? wordLists[0]!
}

/** Long words of languages that glue words together → the two halves that reviews know. */
import { hashStem, stemOf } from './forms.ts'
import { foldedWord } from './normalise.ts'
import type { Stemmer } from './stem.ts'

/** Languages whose compounds are cut, and how long a word and its halves are at least. */
const compounding = new Set(['de', 'nl', 'sv', 'da', 'no', 'nb', 'nn', 'fi', 'hu'])
const lettersMin = { word: 9, half: 4 }
/** Longer words are cut by nobody. */
const wordLettersMax = 40

const hashed = new Int32Array(2)

/** Two stems by their hashes. */
export interface Halves {
  cut: number
  left: [number, number]
  right: [number, number]
}

/**
 * Where a spelled word is best cut: both halves known, the greatest product of how many reviews have each, as in Koehn and
 * Knight 2003; null when no cut has both. Linking letters (Impfung-s-pflicht) go with the left half: stems drop them.
 */
export function halvesOf(
  spelled: string,
  lang: string | null,
  stemmer: Stemmer,
  having: (low: number, high: number) => number,
): Halves | null {
  if (lang === null || !compounding.has(lang)) return null
  if (spelled.length < lettersMin.word || spelled.length > wordLettersMax) return null
  if (foldedWord(spelled).length !== spelled.length) return null
  let best: Halves | null = null
  let bestProduct = 0
  for (let cut = lettersMin.half; cut <= spelled.length - lettersMin.half; cut++) {
    hashStem(stemOf(spelled.slice(cut), lang, stemmer), hashed)
    const right: [number, number] = [hashed[0]!, hashed[1]!]
    const withRight = having(right[0], right[1])
    if (withRight === 0) continue
    hashStem(stemOf(spelled.slice(0, cut), lang, stemmer), hashed)
    const product = withRight * having(hashed[0]!, hashed[1]!)
    if (product <= bestProduct) continue
    bestProduct = product
    best = { cut, left: [hashed[0]!, hashed[1]!], right }
  }
  return best
}

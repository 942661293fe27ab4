/** A word that no review has → the word of some review that is one slip of the finger away. */
import { endHash, hashStart, highAfter, lowAfter } from '../text/hash.ts'

/** Shorter words have too many neighbours; longer ones cost too much. */
export const misspeltLetters = { min: 5, max: 20 } as const

const plain = /^[a-z]+$/
const alphabet = { first: 97, last: 122 } as const

/**
 * The term of the stem one edit away (a letter left out, doubled or added, taken for another, or two swapped) that most
 * reviews have, as its two halves of hash; null when there is none. The first letter is taken as right: people seldom
 * miss it, and without it two words are two words.
 * @param having how many reviews have a term
 */
export function nearestKnown(
  stem: string,
  having: (low: number, high: number) => number,
): [low: number, high: number] | null {
  if (stem.length < misspeltLetters.min || stem.length > misspeltLetters.max || !plain.test(stem)) return null
  let best: [number, number] | null = null
  let most = 0
  readPrefixes(stem)
  const meet = (before: number, middle: readonly number[], from: number) => {
    hashEdit(stem, before, middle, from)
    const count = having(hashed[0]!, hashed[1]!)
    if (count <= most) return
    most = count
    best = [hashed[0]!, hashed[1]!]
  }
  for (let at = 1; at <= stem.length; at++) {
    const own = stem.charCodeAt(at)
    if (at < stem.length) {
      meet(at, [], at + 1)
      if (at + 1 < stem.length) meet(at, [stem.charCodeAt(at + 1), own], at + 2)
      for (let letter: number = alphabet.first; letter <= alphabet.last; letter++)
        if (letter !== own) meet(at, [letter], at + 1)
    }
    for (let letter: number = alphabet.first; letter <= alphabet.last; letter++) meet(at, [letter], at)
  }
  return best
}

const lows = new Int32Array(misspeltLetters.max + 1)
const highs = new Int32Array(misspeltLetters.max + 1)
const hashed = new Int32Array(2)

/** The halves of hash after each letter of the word: all its edits begin as it does. */
function readPrefixes(word: string): void {
  lows[0] = hashStart.low
  highs[0] = hashStart.high
  for (let at = 0; at < word.length; at++) {
    lows[at + 1] = lowAfter(lows[at]!, word.charCodeAt(at))
    highs[at + 1] = highAfter(highs[at]!, word.charCodeAt(at))
  }
}

/** Hash of the word's first letters, then those of `middle`, then the word's from `from` on. */
function hashEdit(word: string, before: number, middle: readonly number[], from: number): void {
  let low = lows[before]!
  let high = highs[before]!
  for (const unit of middle) {
    low = lowAfter(low, unit)
    high = highAfter(high, unit)
  }
  for (let at = from; at < word.length; at++) {
    low = lowAfter(low, word.charCodeAt(at))
    high = highAfter(high, word.charCodeAt(at))
  }
  endHash(low, high, before + middle.length + word.length - from, hashed)
}

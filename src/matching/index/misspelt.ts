/** A word that no review has → the word of some review that is one slip of the finger away. */
import { hashStem } from '../text/forms.ts'

/** Shorter words have too many neighbours; longer ones cost too much. */
export const misspeltLetters = { min: 5, max: 20 } as const

const plain = /^[a-z]+$/
const alphabet = 'abcdefghijklmnopqrstuvwxyz'

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
  for (const edited of editsOf(stem)) {
    hashStem(edited, hashed)
    const count = having(hashed[0]!, hashed[1]!)
    if (count <= most) continue
    most = count
    best = [hashed[0]!, hashed[1]!]
  }
  return best
}

function* editsOf(word: string): Generator<string> {
  for (let at = 1; at <= word.length; at++) {
    const before = word.slice(0, at)
    const after = word.slice(at + 1)
    if (at < word.length) {
      yield before + after
      if (at + 1 < word.length) yield before + word[at + 1]! + word[at]! + word.slice(at + 2)
      for (const letter of alphabet) if (letter !== word[at]) yield before + letter + after
    }
    for (const letter of alphabet) yield before + letter + word.slice(at)
  }
}

const hashed = new Int32Array(2)

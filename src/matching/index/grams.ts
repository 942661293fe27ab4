/** Letters in a row, as numbers: the channel that finds a word behind a typing error, an ending or another spelling. */
import { mixed } from '../text/hash.ts'

/** Five letters, spaces between words included. Measured: README of bench, "5-grams alone beat words on 13 languages". */
export const gramLetters = 5
/** Grams are told apart by 21 bits of hash: at 150,000 reviews about one in four shares its number with a rarer one. */
export const gramBits = 21
export const gramKinds = 1 << gramBits

/** Collects distinct grams; one text at a time. */
export class GramReader {
  /** The first `count` are the last text's grams, in no order. */
  grams = new Int32Array(1024)
  count = 0
  /** Grams seen, by their low bits, and in which text. */
  #seen = new Int32Array(2048)
  #seenIn = new Int32Array(2048)
  #text = 0

  /**
   * Reads the first `letterCount` letters (folded words, each with a space after it). Words of fewer letters than a
   * gram reach into their neighbours.
   */
  read(letters: Uint16Array, letterCount: number): void {
    this.count = 0
    this.#text++
    if (this.#seen.length < letterCount * 2) this.#grow(letterCount)
    const mask = this.#seen.length - 1
    for (let from = 0; from + gramLetters <= letterCount; from++) {
      let hash = 0x811c9dc5
      for (let of = from; of < from + gramLetters; of++) hash = Math.imul(hash ^ letters[of]!, 0x01000193)
      const gram = mixed(hash) & (gramKinds - 1)
      let at = gram & mask
      while (this.#seenIn[at] === this.#text && this.#seen[at] !== gram) at = (at + 1) & mask
      if (this.#seenIn[at] === this.#text) continue
      this.#seenIn[at] = this.#text
      this.#seen[at] = gram
      this.grams[this.count++] = gram
    }
  }

  #grow(letterCount: number): void {
    let room = this.#seen.length
    while (room < letterCount * 2) room *= 2
    this.#seen = new Int32Array(room)
    this.#seenIn = new Int32Array(room)
    this.grams = new Int32Array(room)
  }
}

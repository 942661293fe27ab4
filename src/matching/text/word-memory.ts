/**
 * Remembers the one form of words met before, by 64 bits of the letters as written: no string is made and no object
 * touched for a word that is known. Ten megabytes, fixed.
 */
import type { Form } from './forms.ts'

/** A power of two; emptied when two thirds full, which 170,000 different words do. */
const slotCount = 1 << 18
const lettersMax = slotCount * 4
/** One slot's numbers stand together, so that one fetch from memory brings them all. */
const stride = 8

export class WordMemory {
  /** Per slot: key (2), hash of the stem (2), marks, where the letters start, how many (0: empty slot), capital. */
  readonly slots = new Int32Array(slotCount * stride)
  readonly letters = new Uint16Array(lettersMax)
  #letterEnd = 0
  #count = 0

  /** Where the slot of a word starts in `slots`, or -1. */
  find(low: number, high: number): number {
    const { slots } = this
    for (let at = low & (slotCount - 1); ; at = (at + 1) & (slotCount - 1)) {
      const slot = at * stride
      if (slots[slot] === low && slots[slot + 1] === high) return slot
      if (slots[slot + 6] === 0) return -1
    }
  }

  /** Remembers a word of one form. */
  add(low: number, high: number, form: Form): void {
    const { letters } = form
    const { slots } = this
    if (this.#count * 3 > slotCount * 2 || this.#letterEnd + letters.length > lettersMax) {
      slots.fill(0)
      this.#letterEnd = 0
      this.#count = 0
    }
    let at = low & (slotCount - 1)
    while (slots[at * stride + 6] !== 0) at = (at + 1) & (slotCount - 1)
    slots.set(
      [low, high, form.low, form.high, form.flags, this.#letterEnd, letters.length, form.capital ? 1 : 0],
      at * stride,
    )
    for (let of = 0; of < letters.length; of++) this.letters[this.#letterEnd++] = letters.charCodeAt(of)
    this.#count++
  }
}

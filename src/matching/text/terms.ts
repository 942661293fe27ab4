/** What analysis gives: the terms of a text, as columns that grow. */

/** Terms of a text in its order, as columns that grow; owned and reused by the caller. */
export class Terms {
  count = 0
  low = new Int32Array(256)
  high = new Int32Array(256)
  flags = new Uint8Array(256)
  starts = new Int32Array(256)
  ends = new Int32Array(256)
  readonly numbers: (string | null)[] = []
  /** Folded words, each with a space after it, as UTF-16 code units: what the letters channel reads. */
  letters = new Uint16Array(1024)
  letterCount = 0

  clear(): void {
    this.count = 0
    this.numbers.length = 0
    this.letterCount = 0
  }

  push(low: number, high: number, flags: number, start: number, end: number, number: string | null): void {
    if (this.count === this.low.length) this.#grow()
    const at = this.count++
    this.low[at] = low
    this.high[at] = high
    this.flags[at] = flags
    this.starts[at] = start
    this.ends[at] = end
    this.numbers[at] = number
  }

  pushLetters(letters: string): void {
    if (this.letterCount + letters.length > this.letters.length) {
      const grown = new Uint16Array((this.letterCount + letters.length) * 2)
      grown.set(this.letters)
      this.letters = grown
    }
    for (let at = 0; at < letters.length; at++) this.letters[this.letterCount++] = letters.charCodeAt(at)
  }

  pushLetterUnits(from: Uint16Array, start: number, count: number): void {
    if (this.letterCount + count > this.letters.length) {
      const grown = new Uint16Array((this.letterCount + count) * 2)
      grown.set(this.letters)
      this.letters = grown
    }
    for (let at = start; at < start + count; at++) this.letters[this.letterCount++] = from[at]!
  }

  #grow(): void {
    const room = this.count * 2
    const grown = (from: Int32Array) => {
      const to = new Int32Array(room)
      to.set(from)
      return to
    }
    const flags = new Uint8Array(room)
    flags.set(this.flags)
    this.flags = flags
    this.low = grown(this.low)
    this.high = grown(this.high)
    this.starts = grown(this.starts)
    this.ends = grown(this.ends)
  }
}

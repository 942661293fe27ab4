/** Every term that a review was indexed by: 64 bits of hash → a small number, and how many live reviews have it. */

export class Vocabulary {
  #low = new Int32Array(1024)
  #high = new Int32Array(1024)
  #live = new Int32Array(1024)
  #flags = new Uint8Array(1024)
  /** Open addressing by `low`, at most two thirds full, two numbers a slot: `high`, and id + 1 or 0. */
  #slots = new Int32Array(4096)
  #count = 0

  get count(): number {
    return this.#count
  }

  /** The term's id, or -1. */
  find(low: number, high: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    for (let at = (low << 1) & mask; ; at = (at + 2) & mask) {
      const id = slots[at + 1]! - 1
      if (id < 0) return -1
      if (slots[at] === high && this.#low[id] === low) return id
    }
  }

  /** The term's id, given to it now when it is new. `flags`: the marks that the term has wherever it stands. */
  add(low: number, high: number, flags: number): number {
    const known = this.find(low, high)
    if (known >= 0) return known
    const id = this.#count++
    if (id === this.#low.length) this.#grow()
    this.#low[id] = low
    this.#high[id] = high
    this.#flags[id] = flags
    if (this.#count * 3 > this.#slots.length) this.#rehash(this.#slots.length * 2)
    else this.#place(id)
    return id
  }

  /** How many live reviews have the term. */
  live(id: number): number {
    return this.#live[id]!
  }

  flags(id: number): number {
    return this.#flags[id]!
  }

  addLive(id: number, change: 1 | -1): void {
    this.#live[id] = this.#live[id]! + change
  }

  #place(id: number): void {
    const mask = this.#slots.length - 1
    let at = (this.#low[id]! << 1) & mask
    while (this.#slots[at + 1] !== 0) at = (at + 2) & mask
    this.#slots[at] = this.#high[id]!
    this.#slots[at + 1] = id + 1
  }

  #rehash(room: number): void {
    this.#slots = new Int32Array(room)
    for (let id = 0; id < this.#count; id++) this.#place(id)
  }

  #grow(): void {
    const room = Math.ceil(this.#low.length * 1.5)
    const grown = (from: Int32Array) => {
      const to = new Int32Array(room)
      to.set(from)
      return to
    }
    this.#low = grown(this.#low)
    this.#high = grown(this.#high)
    this.#live = grown(this.#live)
    const flags = new Uint8Array(room)
    flags.set(this.#flags)
    this.#flags = flags
  }

  get bytes(): number {
    return this.#low.byteLength * 3 + this.#flags.byteLength + this.#slots.byteLength
  }

  /** The columns, cut to size; `live` is a copy, so that a snapshot holds still. */
  columns(): VocabularyColumns {
    const count = this.#count
    return {
      low: this.#low.subarray(0, count),
      high: this.#high.subarray(0, count),
      live: this.#live.slice(0, count),
      flags: this.#flags.subarray(0, count),
    }
  }

  static from({ low, high, live, flags }: VocabularyColumns): Vocabulary {
    const vocabulary = new Vocabulary()
    while (vocabulary.#low.length <= low.length) vocabulary.#grow()
    vocabulary.#low.set(low)
    vocabulary.#high.set(high)
    vocabulary.#live.set(live)
    vocabulary.#flags.set(flags)
    vocabulary.#count = low.length
    let room = 4096
    while (low.length * 3 > room) room *= 2
    vocabulary.#rehash(room)
    return vocabulary
  }
}

export interface VocabularyColumns {
  low: Int32Array
  high: Int32Array
  live: Int32Array
  flags: Uint8Array
}

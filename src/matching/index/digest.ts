/** Tells damaged bytes from whole ones: 64 bits over any number of pieces. No defence against intent, and none is needed. */

/** Bytes per step; only the last piece may be no multiple of it, and is read as if zeros followed. */
export const digestStepBytes = 16

export class Digest {
  #a = 0x243f6a88
  #b = 0x85a308d3
  #c = 0x13198a2e
  #d = 0x03707344

  add(piece: Uint8Array): void {
    const whole = piece.length - (piece.length % digestStepBytes)
    this.#words(piece.subarray(0, whole))
    if (whole === piece.length) return
    const tail = new Uint8Array(digestStepBytes)
    tail.set(piece.subarray(whole))
    this.#words(tail)
  }

  /** Four sums side by side; each step is a bijection of each, so that one changed bit is never lost on the way. */
  #words(bytes: Uint8Array): void {
    const { buffer, byteOffset, length } = byteAligned(bytes)
    const words = new Int32Array(buffer, byteOffset, length >> 2)
    let a = this.#a
    let b = this.#b
    let c = this.#c
    let d = this.#d
    for (let at = 0; at < words.length; at += 4) {
      a = Math.imul(a ^ words[at]!, 0x9e3779b1)
      a ^= a >>> 15
      b = Math.imul(b ^ words[at + 1]!, 0x85ebca77)
      b ^= b >>> 15
      c = Math.imul(c ^ words[at + 2]!, 0xc2b2ae3d)
      c ^= c >>> 15
      d = Math.imul(d ^ words[at + 3]!, 0x27d4eb2f)
      d ^= d >>> 15
    }
    this.#a = a
    this.#b = b
    this.#c = c
    this.#d = d
  }

  /** Two numbers of 32 bits, each of which depends on every byte. */
  get value(): [number, number] {
    let first = this.#a
    for (const sum of [this.#b, this.#c, this.#d]) first = Math.imul(first ^ sum, 0x9e3779b1) ^ (first >>> 13)
    let second = this.#d
    for (const sum of [this.#c, this.#b, this.#a])
      second = Math.imul(second ^ sum, 0x85ebca77) ^ (second >>> 13)
    return [first | 0, second | 0]
  }
}

function byteAligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
}

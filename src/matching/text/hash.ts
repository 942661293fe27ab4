/** 64 bits of a term, as two halves: the index keeps these instead of strings. */

/** Writes the two halves of `text`'s hash to `into[0]` and `into[1]`. Not for adversaries: a collision merges two terms. */
export function hashInto(text: string, into: Int32Array): void {
  let low = 0x811c9dc5
  let high = 0x9e3779b9
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x85ebca6b)
    high ^= high >>> 13
  }
  into[0] = mixed(low ^ Math.imul(high, 0x27d4eb2f))
  into[1] = mixed(high ^ text.length)
}

/** Spreads the bits of a 32-bit number. Source: the finaliser of MurmurHash3. */
export function mixed(value: number): number {
  let bits = value ^ (value >>> 16)
  bits = Math.imul(bits, 0x85ebca6b)
  bits ^= bits >>> 13
  bits = Math.imul(bits, 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

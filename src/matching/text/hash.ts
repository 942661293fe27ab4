/** 64 bits of a term, as two halves: the index keeps these instead of strings. */

/** What the two halves are before the first letter. */
export const hashStart = { low: 0x811c9dc5 | 0, high: 0x9e3779b9 | 0 } as const

/** One half after one more UTF-16 unit, and the other. */
export function lowAfter(low: number, unit: number): number {
  return Math.imul(low ^ unit, 0x01000193)
}

export function highAfter(high: number, unit: number): number {
  const next = Math.imul(high ^ unit, 0x85ebca6b)
  return next ^ (next >>> 13)
}

/** Both halves after the last of `length` units. */
export function endHash(low: number, high: number, length: number, into: Int32Array): void {
  into[0] = mixed(low ^ Math.imul(high, 0x27d4eb2f))
  into[1] = mixed(high ^ length)
}

/** Writes the two halves of `text`'s hash to `into[0]` and `into[1]`. Not for adversaries: a collision merges two terms. */
export function hashInto(text: string, into: Int32Array): void {
  let { low, high }: { low: number; high: number } = hashStart
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    low = lowAfter(low, unit)
    high = highAfter(high, unit)
  }
  endHash(low, high, text.length, into)
}

/** Spreads the bits of a 32-bit number. Source: the finaliser of MurmurHash3. */
export function mixed(value: number): number {
  let bits = value ^ (value >>> 16)
  bits = Math.imul(bits, 0x85ebca6b)
  bits ^= bits >>> 13
  bits = Math.imul(bits, 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

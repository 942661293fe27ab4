/** A vector in a byte a number: what is kept of it in the table and in memory. Only its direction counts. */

/** Numbers in a vector: beyond these it is no embedding of a text. */
export const vectorLimits = { dimensionMin: 2, dimensionMax: 8_192 } as const

const byteMax = 127

/**
 * The direction of a vector, its greatest number as ±127: turns it by less than half a degree, and a quarter of the memory.
 * @returns null for what has no direction: an infinite number or none at all (NaN), nothing but zeros
 */
export function packVector(vector: Float32Array): Int8Array | null {
  let most = 0
  for (const value of vector) {
    if (!Number.isFinite(value)) return null
    most = Math.max(most, Math.abs(value))
  }
  if (most === 0) return null
  return Int8Array.from(vector, (value) => Math.round((value / most) * byteMax))
}

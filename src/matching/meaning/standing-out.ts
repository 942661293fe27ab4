/** Which reviews are near enough to a message in meaning that it is worth saying, whatever model made the vectors. */
import type { Near, VectorTable } from './vector-table.ts'

/**
 * Models differ in what a cosine means (unrelated texts: .1 with one, .75 with another), so a review is held against what
 * is usual for this message in this table. Chosen with care for silence and not calibrated: there is no one model to
 * calibrate for. That is why nothing that is found here ever makes an answer (docs/decisions/0013).
 */
export const nearness = {
  /** Spreads above the middle: of vectors that lie about it at random, one in a thousand million. */
  spreadsMin: 6,
  /** Of the way from the middle to the nearest of all. */
  shareOfBestMin: 0.8,
  /** Fewer vectors do not tell what is usual. */
  vectorsMin: 50,
  /** Reviews that are looked at. */
  nearMax: 10,
} as const

/** Nearest first; most often none. */
export function standingOut(table: VectorTable, vector: Float32Array): Near[] {
  if (table.size < nearness.vectorsMin) return []
  const usual = table.usual(vector)
  if (usual === null || usual.spread === 0) return []
  const near = table.nearest(vector, nearness.nearMax)
  const bestAbove = (near[0]?.similarity ?? 0) - usual.middle
  return near.filter(({ similarity }) => {
    const above = similarity - usual.middle
    return above >= nearness.spreadsMin * usual.spread && above >= nearness.shareOfBestMin * bestAbove
  })
}

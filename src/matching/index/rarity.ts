/** How much a term weighs by how few reviews have it. */

/** Weight of a term that `having` of `live` reviews have, more than 0. Source: Robertson and Spärck Jones, as in BM25. */
export function rarity(having: number, live: number): number {
  return Math.log(1 + (live - having + 0.5) / (having + 0.5))
}

/** Most terms are in fewer reviews than this; the others are computed each time. */
const keptMax = 8_192

/** The same weights, each computed once while the number of live reviews stays as it is. */
export class Rarity {
  readonly #kept = new Float64Array(keptMax)
  #live = -1

  of(having: number, live: number): number {
    if (having >= keptMax) return rarity(having, live)
    if (live !== this.#live) {
      this.#kept.fill(0)
      this.#live = live
    }
    const kept = this.#kept[having]!
    if (kept !== 0) return kept
    const weight = rarity(having, live)
    this.#kept[having] = weight
    return weight
  }
}

/** Vectors from the database into memory, in pages, and only of reviews as the engine has them at that moment. */
import { listVectors } from '#io/database/vectors.ts'
import type { EmbeddingModel } from '#io/embedder/embedder.ts'
import { VectorTable } from '#matching/meaning/vector-table.ts'
import type { Needs } from '../needs.ts'

/** Vectors of one page: a few milliseconds for an answer that waits meanwhile. */
const pageMax = 2_000
/** How often a model that does not answer is asked which one it is. */
const askEveryMs = 60_000

export interface VectorFollower {
  readonly table: VectorTable
  /** Takes one page of what is new. @returns whether there may be more */
  readMore(appliedChange: number): Promise<boolean>
  /** Resolves when every vector is in for the first time, or the model did not say which it is. */
  readonly caughtUp: Promise<void>
  stop(): Promise<void>
}

/** Null without an embedder, or when what people ask is not embedded: vectors would never be compared. */
export function followVectors({
  db,
  embedder,
  journal,
}: Pick<Needs, 'db' | 'embedder' | 'journal'>): VectorFollower | null {
  if (embedder === null) return null
  if (embedder.message === null) {
    journal.warn('messages are not embedded: set ASSAY_EMBEDDER_MESSAGES=yes to compare meaning')
    return null
  }
  const table = new VectorTable()
  const stopping = new AbortController()
  let model: EmbeddingModel | null = null
  let after = 0
  let asking: Promise<void> = Promise.resolve()
  let askedAt = Number.NEGATIVE_INFINITY
  const caughtUp = Promise.withResolvers<void>()

  /** Beside the following: a model that takes its time must not keep reviews from being found. */
  function ask(): void {
    if (performance.now() - askedAt < askEveryMs) return
    askedAt = performance.now()
    asking = embedder!.describe(stopping.signal).then(
      (described) => {
        askedAt = Number.NEGATIVE_INFINITY
        if (described.name === model?.name && described.dimension === model.dimension) return
        model = described
        after = 0
        table.reset(described.dimension)
      },
      // The embedder has said so.
      () => caughtUp.resolve(),
    )
  }

  return {
    table,
    caughtUp: caughtUp.promise,
    async readMore(appliedChange) {
      ask()
      const asked = model
      if (asked === null) return false
      const page = await listVectors(db, asked, { after, limit: pageMax })
      if (asked !== model) return true
      for (const { id, number, reviewChange, vector } of page) {
        // The engine reads of that change first, and would forget a vector that it got before.
        if (reviewChange > appliedChange) return true
        after = number
        if (vector !== null) table.set(id, vector)
      }
      if (page.length < pageMax) caughtUp.resolve()
      return page.length === pageMax
    },
    stop: async () => {
      stopping.abort()
      await asking
      caughtUp.resolve()
    },
  }
}

/**
 * ingest, writing: records go into the database in batches, each its own transaction. Two are on their way at a time:
 * while the database writes one, the next one is made ready, which keeps two processors busy and memory bounded.
 */
import type { ReviewRecord } from '#domain/claim-review.ts'
import type { Needs } from '#flows/needs.ts'
import { batchMax, type Upserted, upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'

export type WritingNeeds = Pick<Needs, 'db' | 'clock' | 'ids'>

export interface Batches {
  /** Waits when the database is behind. @throws what writing threw */
  add(record: ReviewRecord): Promise<void>
  /** Writes what is left. @throws what writing threw */
  end(): Promise<void>
}

const writingMax = 2

/** `seen` has the identities of this run so far; `onWritten` is told of every batch that was committed. */
export function openBatches(
  { db, clock, ids }: WritingNeeds,
  seen: Set<string>,
  onWritten: (upserted: Upserted) => void,
): Batches {
  let batch: ReviewRecord[] = []
  const writing: Promise<void>[] = []
  let entered: Promise<void> = Promise.resolve()

  /** Of two variants of one review the first one counts: batches look into `seen` in the order of the source. */
  async function write(records: ReviewRecord[], before: Promise<void>, enter: () => void): Promise<void> {
    try {
      const upserted = await db.transaction().execute(async (tx) => {
        await before
        const upserting = upsertClaimReviews(tx, records, { now: clock.now(), ids, seen })
        enter()
        return upserting
      })
      onWritten(upserted)
    } finally {
      enter()
    }
  }

  async function flush(): Promise<void> {
    if (writing.length >= writingMax) await writing.shift()
    const { promise, resolve } = Promise.withResolvers<void>()
    const written = write(batch, entered, resolve)
    batch = []
    entered = promise
    written.catch(() => {})
    writing.push(written)
  }

  return {
    async add(record) {
      batch.push(record)
      if (batch.length >= batchMax) await flush()
    },
    async end() {
      if (batch.length > 0) await flush()
      await Promise.all(writing)
    },
  }
}

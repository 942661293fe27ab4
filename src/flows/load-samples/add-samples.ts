/** Sample files → parse → UPSERT: reviews of old myths, so that a new site has something to answer with. */
import assert from 'node:assert'
import { batchMax, type Upserted, upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import type { Needs } from '../needs.ts'
import { readSamples } from './read-samples.ts'

/** Adds every sample review, its publishers marked as samples; doing it again changes nothing. All of them or none. */
export async function addSamples({ db, clock, ids }: Pick<Needs, 'db' | 'clock' | 'ids'>): Promise<Upserted> {
  const files = await readSamples()
  const refused = files.flatMap(({ name, read }) => read.refusals.map(({ path }) => `${name} ${path}`))
  assert(refused.length === 0, `the sample files have faults: ${refused.join(', ')}`)
  const records = files.flatMap(({ read }) => read.records)
  const options = { now: clock.now(), ids, sample: true, seen: new Set<string>() }
  return db.transaction().execute(async (tx) => {
    const total: Upserted = { added: 0, changed: 0, unchanged: 0, duplicates: 0 }
    for (let from = 0; from < records.length; from += batchMax) {
      const batch = await upsertClaimReviews(tx, records.slice(from, from + batchMax), options)
      total.added += batch.added
      total.changed += batch.changed
      total.unchanged += batch.unchanged
      total.duplicates += batch.duplicates
    }
    return total
  })
}

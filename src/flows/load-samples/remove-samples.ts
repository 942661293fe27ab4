/** Takes every sample out again: publishers, reviews, versions, refusals, and out of every index. */
import { removeSamples as removeSampleRows } from '#io/database/samples.ts'
import type { Needs } from '../needs.ts'

export interface SamplesRemoved {
  publishers: number
  claimReviews: number
}

/** Leaves everybody else's reviews as they are; nothing to remove is no error. */
export async function removeSamples({ db }: Pick<Needs, 'db'>): Promise<SamplesRemoved> {
  return db.transaction().execute((tx) => removeSampleRows(tx))
}

/** The reviews that we wrote to show how Assay works: told apart by their publishers, removed together. */
import { sql } from 'kysely'
import { advanceChangeNumber, lockChangeNumber } from './claim-review-changes.ts'
import type { Tx } from './schema.ts'

/** Every sample publisher with all that is theirs, out of every index too. */
export async function removeSamples(tx: Tx): Promise<{ publishers: number; claimReviews: number }> {
  const changeNumber = await lockChangeNumber(tx)
  const removed = await sql`
    insert into removed_claim_reviews (claim_review_id, change_number)
    select c.id, ${changeNumber}::bigint + row_number() over (order by c.id)
    from claim_reviews c join publishers p on p.id = c.publisher_id where p.sample`.execute(tx)
  const claimReviews = Number(removed.numAffectedRows ?? 0)
  const { numDeletedRows } = await tx
    .deleteFrom('publishers')
    .where('sample', '=', true)
    .executeTakeFirstOrThrow()
  if (claimReviews > 0) await advanceChangeNumber(tx, changeNumber + claimReviews)
  return { publishers: Number(numDeletedRows), claimReviews }
}

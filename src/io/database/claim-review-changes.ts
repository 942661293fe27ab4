/**
 * Changes in their order, for whoever holds a copy: the index in memory reads on from the last number it saw. Writers
 * lock one counter row until they commit, so a number becomes visible only after every smaller one.
 */
import { sql } from 'kysely'
import type { ReviewRecord } from '#domain/claim-review.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import { notify } from './connection/hints.ts'
import type { Database, Tx } from './schema.ts'

/** What an index may hold of a review: who said it is not among it (promise 2). */
export type IndexedRecord = Omit<ReviewRecord, 'claimant'>

export type ClaimReviewChange =
  | { kind: 'upsert'; changeNumber: number; id: ClaimReviewId; record: IndexedRecord }
  | { kind: 'remove'; changeNumber: number; id: ClaimReviewId }

/** At most `limit` changes after the number, oldest first; an empty list means level with the database. */
export async function listChangedClaimReviews(
  db: Database,
  afterChangeNumber: number,
  limit: number,
): Promise<ClaimReviewChange[]> {
  // One statement, thus one moment: two would let a removal be seen before a smaller-numbered upsert.
  const { rows } = await sql<{ id: ClaimReviewId; change_number: number; record: IndexedRecord | null }>`
    (select id, change_number, record - 'claimant' as record
       from claim_reviews where change_number > ${afterChangeNumber} order by change_number limit ${limit})
    union all
    (select claim_review_id, change_number, null
       from removed_claim_reviews where change_number > ${afterChangeNumber} order by change_number limit ${limit})
    order by change_number limit ${limit}`.execute(db)
  return rows.map(({ id, change_number: changeNumber, record }) =>
    record === null ? { kind: 'remove', changeNumber, id } : { kind: 'upsert', changeNumber, id, record },
  )
}

/** The number of the newest change; 0 in a new database. */
export async function getChangeNumber(db: Database): Promise<number> {
  const { value } = await db.selectFrom('change_counters').select('value').executeTakeFirstOrThrow()
  return value
}

/** What tells this database from every other, and from what it was before a restore. */
export async function getDatabaseIdentity(db: Database): Promise<string> {
  const { id } = await db.selectFrom('database_identity').select('id').executeTakeFirstOrThrow()
  return id
}

/** The newest number, for this transaction alone until it ends: writers of reviews pass here one after the other. */
export async function lockChangeNumber(tx: Tx): Promise<number> {
  const { value } = await tx
    .selectFrom('change_counters')
    .select('value')
    .where('name', '=', 'claim-reviews')
    .forUpdate()
    .executeTakeFirstOrThrow()
  return value
}

/** Sets the newest number and tells the readers, once the transaction commits. */
export async function advanceChangeNumber(tx: Tx, value: number): Promise<void> {
  await tx.updateTable('change_counters').set({ value }).where('name', '=', 'claim-reviews').execute()
  await notify(tx, 'claim_reviews')
}

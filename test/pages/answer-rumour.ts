/**
 * Stands in for the desk: the newest rumour is told of a review, as publishing writes it; one whose askers wait for a push goes
 * before the others.
 */
import { sql } from 'kysely'
import { type ClaimReviewId, type NoticeId, newId } from '#domain/ids.ts'
import type { Needs } from '#flows/needs.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import { sampleRecords } from './records.ts'

export async function answerNewestRumour(
  { db, ids, clock }: Needs,
  kind: 'answered' | 'corrected',
  { claim }: { claim: string },
): Promise<void> {
  const record = { ...sampleRecords[0]!, claim, url: `https://plaindesk.example/${kind}`, title: null }
  await db.transaction().execute((tx) => upsertClaimReviews(tx, [record], { now: clock.now(), ids }))
  const review = await sql<{ id: ClaimReviewId }>`
    select id from claim_reviews order by change_number desc limit 1`.execute(db)
  await sql`insert into notices (id, rumour_id, claim_review_id, kind, leaf_hash, state, created_at)
    select ${newId<NoticeId>(ids)}, r.id, ${review.rows[0]!.id}, ${kind}, null, 'pending', ${clock.now()}
    from rumours r order by exists (select from tips where rumour_id = r.id and push is not null) desc,
      last_day desc, id desc limit 1`.execute(db)
}

/** What a rumour's senders may be told: that somebody works on it, and the reviews that answer it. */
import { sql } from 'kysely'
import type { ClaimReviewId, NoticeId, RumourId } from '#domain/ids.ts'
import type { ToldReview } from '#domain/receipt.ts'
import { findClaimReviews } from '../claim-reviews.ts'
import type { Database } from '../schema.ts'

export interface Telling {
  id: NoticeId
  claimReviewId: ClaimReviewId
  kind: 'answered' | 'corrected' | 'withdrawn'
  /** ISO 8601 date. */
  day: string
}

/** Newest first, each once. One of our own reviews counts only once its entry is in the published log. */
export async function listTellings(db: Database, rumourIds: RumourId[], limit: number): Promise<Telling[]> {
  const { rows } = await sql<Telling>`
    select n.id, n.claim_review_id as "claimReviewId", n.kind,
      to_char(n.created_at at time zone 'UTC', 'YYYY-MM-DD') as day
    from (
      select distinct on (claim_review_id, leaf_hash) * from notices where rumour_id = any(${rumourIds}::text[])
      order by claim_review_id, leaf_hash, created_at, id
    ) n
    where (n.leaf_hash is null
        or exists (select from log_entries e where e.leaf_hash = n.leaf_hash and e.state = 'published'))
    order by n.created_at desc, n.id desc limit ${limit}`.execute(db)
  return rows
}

/** Open cases on a rumour, of any organisation. */
export async function countOpenCases(db: Database, rumourId: RumourId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from cases where rumour_id = ${rumourId} and state = 'open'`.execute(db)
  return rows[0]!.count
}

/** The tellings with the reviews that they are about, as these are now. */
export async function listToldReviews(
  db: Database,
  rumourIds: RumourId[],
  limit: number,
): Promise<ToldReview[]> {
  const tellings = await listTellings(db, rumourIds, limit)
  const reviews = await findClaimReviews(
    db,
    tellings.map(({ claimReviewId }) => claimReviewId),
  )
  const byId = new Map(reviews.map((review) => [review.id, review]))
  return tellings.map((telling) => ({ ...telling, claimReview: byId.get(telling.claimReviewId) ?? null }))
}

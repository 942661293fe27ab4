/** Claim reviews as pages and API read them; upsert-claim-reviews.ts writes them, claim-review-changes.ts feeds indexes. */
import { type SelectQueryBuilder, sql } from 'kysely'
import type { ClaimReview, ReviewRecord } from '#domain/claim-review.ts'
import { AssayError } from '#domain/errors.ts'
import { type ClaimReviewId, isId, type PublisherId } from '#domain/ids.ts'
import type { RatingValue } from '#domain/rating.ts'
import { type ClaimReviewFilter, filtered } from './claim-review-filter.ts'
import type { Database } from './schema.ts'

export type { ClaimReviewFilter } from './claim-review-filter.ts'

export interface Page {
  /** 1 to 100. */
  limit: number
  /** Where the page before ended, as it said itself; absent for the first page. */
  cursor?: string | undefined
  /** How many to leave out, for APIs that page by number. */
  offset?: number | undefined
}

export interface ClaimReviewPage {
  claimReviews: ClaimReview[]
  /** Null on the last page. */
  nextCursor: string | null
}

/** One earlier or current wording of a claim review. */
export interface ClaimReviewVersion {
  version: number
  record: Omit<ReviewRecord, 'publisher' | 'sourceId' | 'body'>
  seenAt: string
}

/** In the order of the ids; those that are gone are left out. */
export async function findClaimReviews(db: Database, ids: ClaimReviewId[]): Promise<ClaimReview[]> {
  if (ids.length === 0) return []
  const rows = await selectClaimReviews(db)
    .where('c.id', '=', sql<ClaimReviewId>`any(${ids}::text[])`)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, claimReviewOf(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

export async function findClaimReview(db: Database, id: string): Promise<ClaimReview | null> {
  if (!isId<ClaimReviewId>(id)) return null
  return (await findClaimReviews(db, [id]))[0] ?? null
}

/** @throws not_found */
export async function getClaimReview(db: Database, id: string): Promise<ClaimReview> {
  const claimReview = await findClaimReview(db, id)
  if (!claimReview) throw new AssayError('not_found', 'There is no claim review of this id here.')
  return claimReview
}

/** Newest first, the current one included; empty for an id that is not here. */
export async function listClaimReviewVersions(
  db: Database,
  id: ClaimReviewId,
): Promise<ClaimReviewVersion[]> {
  const rows = await db
    .selectFrom('claim_reviews')
    .select(['version', shownRecord('record').as('record'), 'changed_at as seen_at'])
    .where('id', '=', id)
    .unionAll(
      db
        .selectFrom('claim_review_versions')
        .select(['version', shownRecord('record').as('record'), 'seen_at'])
        .where('claim_review_id', '=', id),
    )
    .orderBy('version', 'desc')
    .execute()
  return rows.map(({ version, record, seen_at }) => ({ version, record, seenAt: seen_at.toISOString() }))
}

/**
 * Newest first by the date of the review. Pages by cursor neither repeat nor skip what was there when the first was read.
 * @throws invalid when the cursor is not one that an earlier page gave
 */
export async function listClaimReviews(
  db: Database,
  filter: ClaimReviewFilter,
  { limit, cursor, offset = 0 }: Page,
): Promise<ClaimReviewPage> {
  let query = filtered(selectClaimReviews(db), filter)
  if (cursor !== undefined) {
    const { listedAt, id } = cursorPlaceOf(cursor)
    query = query.where(sql<boolean>`(c.listed_at, c.id) < (${listedAt}::timestamptz, ${id})`)
  }
  const rows = await query
    .orderBy('c.listed_at', 'desc')
    .orderBy('c.id', 'desc')
    .offset(offset)
    .limit(limit + 1)
    .execute()
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    claimReviews: rows.slice(0, limit).map(claimReviewOf),
    nextCursor: last === undefined ? null : cursorOf(last.listed_at, last.id),
  }
}

/** Those of the ids that pass the filter, for results that come from the index. */
export async function filterClaimReviewIds(
  db: Database,
  ids: ClaimReviewId[],
  filter: ClaimReviewFilter,
): Promise<Set<ClaimReviewId>> {
  if (ids.length === 0) return new Set()
  const rows = await filtered(selectClaimReviews(db), filter)
    .clearSelect()
    .select('c.id')
    .where('c.id', '=', sql<ClaimReviewId>`any(${ids}::text[])`)
    .execute()
  return new Set(rows.map((row) => row.id))
}

export async function countClaimReviews(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('claim_reviews')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Primary subtags and ratings that there are reviews in, most used first: what the filters offer. */
export async function listClaimReviewFacets(
  db: Database,
): Promise<{ langs: { lang: string; count: number }[]; ratings: { value: RatingValue; count: number }[] }> {
  const count = sql<number>`count(*)`
  const langs = await db
    .selectFrom('claim_reviews')
    .select(['lang', count.as('count')])
    .where('lang', 'is not', null)
    .groupBy('lang')
    .orderBy('count', 'desc')
    .execute()
  const ratings = await db
    .selectFrom('claim_reviews')
    .select(['rating_value as value', count.as('count')])
    .where('rating_value', 'is not', null)
    .groupBy('rating_value')
    .orderBy('count', 'desc')
    .execute()
  return {
    langs: langs.map((row) => ({ lang: row.lang!, count: row.count })),
    ratings: ratings.map((row) => ({ value: row.value!, count: row.count })),
  }
}

type ShownRecord = Omit<ReviewRecord, 'publisher' | 'sourceId' | 'body'>

function shownRecord(column: string) {
  return sql<ShownRecord>`${sql.ref(column)} - ${sql.lit('{publisher,sourceId,body}')}::text[]`
}

function selectClaimReviews(db: Database) {
  return db
    .selectFrom('claim_reviews as c')
    .innerJoin('publishers as p', 'p.id', 'c.publisher_id')
    .select([
      'c.id',
      'c.version',
      'c.first_seen_at',
      'c.changed_at',
      'c.listed_at',
      shownRecord('c.record').as('record'),
      'p.id as publisher_id',
      'p.site',
      'p.name',
      'p.sample',
    ])
}

type Selected =
  ReturnType<typeof selectClaimReviews> extends SelectQueryBuilder<infer _D, infer _T, infer Row>
    ? Row
    : never

function claimReviewOf(row: Selected): ClaimReview {
  return {
    ...row.record,
    id: row.id,
    publisher: { id: row.publisher_id as PublisherId, site: row.site, name: row.name, sample: row.sample },
    version: row.version,
    firstSeenAt: row.first_seen_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
  }
}

function cursorOf(listedAt: Date, id: ClaimReviewId): string {
  return Buffer.from(`${listedAt.getTime()} ${id}`).toString('base64url')
}

function cursorPlaceOf(cursor: string): { listedAt: Date; id: string } {
  const [, time, id] = /^(-?\d{1,15}) (\S+)$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? []
  if (time === undefined || id === undefined || !isId(id)) {
    throw new AssayError('invalid', 'The cursor is not one that this list gave; start again without it.')
  }
  return { listedAt: new Date(Number(time)), id }
}

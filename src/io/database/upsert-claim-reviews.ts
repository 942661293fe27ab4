/** Writes claim reviews, many at a time: a new one is added, a changed one keeps its id and gets a new version. */
import { sql } from 'kysely'
import type { ReviewRecord } from '#domain/claim-review.ts'
import { type ClaimReviewId, type IdSource, isId, newId, type PublisherId } from '#domain/ids.ts'
import { advanceChangeNumber, lockChangeNumber } from './claim-review-changes.ts'
import { type PublisherKey, upsertPublishers } from './publishers.ts'
import { contentOf, identityOf, publisherOf } from './review-identity.ts'
import type { Tx } from './schema.ts'
import { topicWordsOf } from './topic-words.ts'

/** Big enough that round trips do not count, small enough that other writers wait for milliseconds only. */
export const batchMax = 500

export interface Upserted {
  added: number
  changed: number
  /** Known already, in the same words. */
  unchanged: number
  /** The same review again in this run; the first one counts. */
  duplicates: number
}

interface UpsertOptions {
  now: Date
  ids: IdSource
  /** The publishers made are ours, to show how Assay works. */
  sample?: boolean
  /** Identities of this run so far, added to: a source that holds two variants of one review then settles on the first. */
  seen?: Set<string>
}

interface Row {
  id: ClaimReviewId
  identity: string
  content: string
  publisher_id: PublisherId
  record: ReviewRecord
  rating_value: string | null
  lang: string | null
  reviewed_at: string | null
  listed_at: string
  topic_words: string[]
  change_number: number
}

type Fingerprinted = { record: ReviewRecord; identity: string; content: string }

/**
 * Adds, changes or leaves each record; counts add up to the number of records. Records that stand for a review which
 * this instance published itself are left: what we published changes only by publishing.
 */
export async function upsertClaimReviews(
  tx: Tx,
  records: ReviewRecord[],
  options: UpsertOptions,
): Promise<Upserted> {
  const { now, ids, seen = new Set() } = options
  const fresh = firstOfEach(records, seen)
  const changeNumber = await lockChangeNumber(tx)
  const known = await findKnown(tx, fresh)
  const own = await findOwn(tx, fresh)
  const written = fresh.filter(
    ({ identity, content }) => known.get(identity)?.content !== content && !own.has(identity),
  )
  if (written.length > 0) {
    const publishers = await upsertPublishers(
      tx,
      written.map(({ record }) => publisherOf(record)),
      options,
    )
    const rows = written.map(({ record, identity, content }, at): Row => {
      const id = known.get(identity)?.id ?? newId<ClaimReviewId>(ids)
      const publisherId = publishers.get(publisherOf(record).key)!
      return rowOf(record, { id, identity, content, publisherId, now, changeNumber: changeNumber + 1 + at })
    })
    await insertRows(
      tx,
      rows.filter((row) => !known.has(row.identity)),
      now,
    )
    await updateRows(
      tx,
      rows.filter((row) => known.has(row.identity)),
      now,
    )
    await advanceChangeNumber(tx, changeNumber + rows.length)
  }
  const changed = written.filter(({ identity }) => known.has(identity)).length
  return {
    added: written.length - changed,
    changed,
    unchanged: fresh.length - written.length,
    duplicates: records.length - fresh.length,
  }
}

/** Adds or changes one review that this instance publishes, under the id that it was given, whatever its claim says now. */
export async function upsertOwnClaimReview(
  tx: Tx,
  { id, record, publisher }: { id: ClaimReviewId; record: ReviewRecord; publisher: PublisherKey },
  { now, ids }: { now: Date; ids: IdSource },
): Promise<void> {
  const changeNumber = await lockChangeNumber(tx)
  const publishers = await upsertPublishers(tx, [publisher], { now, ids })
  const [written] = firstOfEach([record], new Set())
  const { identity, content } = written!
  const publisherId = publishers.get(publisher.key)!
  const row = rowOf(record, { id, identity, content, publisherId, now, changeNumber: changeNumber + 1 })
  const there = await tx.selectFrom('claim_reviews').select('id').where('id', '=', id).executeTakeFirst()
  await (there ? updateRows(tx, [row], now) : insertRows(tx, [row], now))
  await advanceChangeNumber(tx, changeNumber + 1)
}

/** Takes a review out of every list and every index. */
export async function removeClaimReview(tx: Tx, id: ClaimReviewId): Promise<void> {
  const changeNumber = await lockChangeNumber(tx)
  await tx.deleteFrom('claim_reviews').where('id', '=', id).execute()
  await tx
    .insertInto('removed_claim_reviews')
    .values({ claim_review_id: id, change_number: changeNumber + 1 })
    .execute()
  await advanceChangeNumber(tx, changeNumber + 1)
}

function firstOfEach(records: ReviewRecord[], seen: Set<string>): Fingerprinted[] {
  const fresh: Fingerprinted[] = []
  for (const given of records) {
    const record = storable(given)
    const identity = identityOf(record).toString('hex')
    if (seen.has(identity)) continue
    seen.add(identity)
    fresh.push({ record, identity, content: contentOf(record).toString('hex') })
  }
  return fresh
}

async function findKnown(
  tx: Tx,
  fresh: Fingerprinted[],
): Promise<Map<string, { id: ClaimReviewId; content: string }>> {
  const { rows } = await sql<{ id: ClaimReviewId; identity: string; content: string }>`
    select id, encode(identity, 'hex') as identity, encode(content, 'hex') as content
    from claim_reviews
    where identity in (select decode(hex, 'hex') from unnest(${fresh.map((one) => one.identity)}::text[]) as hex)`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.identity, row]))
}

/** Identities of the records whose address is a page of a review that was published here. */
async function findOwn(tx: Tx, fresh: Fingerprinted[]): Promise<Set<string>> {
  const named = fresh.flatMap(({ record, identity }) => {
    const id = /\/reviews\/([^/?#]+)\/?$/.exec(record.url ?? '')?.[1]
    return id !== undefined && isId<ClaimReviewId>(id) ? [{ id, identity }] : []
  })
  if (named.length === 0) return new Set()
  const rows = await tx
    .selectFrom('publications')
    .select('claim_review_id')
    .distinct()
    .where('claim_review_id', 'in', [...new Set(named.map(({ id }) => id))])
    .execute()
  const published = new Set(rows.map((row) => row.claim_review_id))
  return new Set(named.filter(({ id }) => published.has(id)).map(({ identity }) => identity))
}

function rowOf(
  record: ReviewRecord,
  at: {
    id: ClaimReviewId
    identity: string
    content: string
    publisherId: PublisherId
    now: Date
    changeNumber: number
  },
): Row {
  const reviewedAt = storableTime(record.reviewedAt)
  const now = at.now.toISOString()
  return {
    id: at.id,
    identity: at.identity,
    content: at.content,
    publisher_id: at.publisherId,
    record,
    rating_value: record.rating.value,
    lang: primaryLanguage(record.lang),
    reviewed_at: reviewedAt,
    // A date in the future is a slip of the pen; it must not hold the top of every list until it comes.
    listed_at: reviewedAt === null || reviewedAt > now ? now : reviewedAt,
    topic_words: topicWordsOf(`${record.claim}\n${record.title ?? ''}`),
    change_number: at.changeNumber,
  }
}

const recordset =
  sql.raw(`as r (id text, identity text, content text, publisher_id text, record jsonb, rating_value text,
  lang text, reviewed_at timestamptz, listed_at timestamptz, topic_words jsonb, change_number bigint)`)
const topicWords = sql.raw('array(select jsonb_array_elements_text(r.topic_words))')

async function insertRows(tx: Tx, rows: Row[], now: Date): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into claim_reviews (id, publisher_id, identity, content, record, rating_value, lang, reviewed_at, listed_at,
      topic_words, version, first_seen_at, changed_at, change_number)
    select r.id, r.publisher_id, decode(r.identity, 'hex'), decode(r.content, 'hex'), r.record, r.rating_value, r.lang,
      r.reviewed_at, r.listed_at, ${topicWords}, 1, ${now}::timestamptz, ${now}::timestamptz, r.change_number
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) ${recordset}`.execute(tx)
}

/** A rating that only we read anew (a better table of labels) is written without a version: the publisher changed nothing. */
async function updateRows(tx: Tx, rows: Row[], now: Date): Promise<void> {
  if (rows.length === 0) return
  const json = JSON.stringify(rows)
  const inOtherWords = sql.raw(`(c.record #- '{rating,value}') <> (r.record #- '{rating,value}')`)
  await sql`
    insert into claim_review_versions (claim_review_id, version, record, seen_at)
    select c.id, c.version, c.record, c.changed_at
    from claim_reviews c join jsonb_to_recordset(${json}::jsonb) ${recordset} on r.id = c.id
    where ${inOtherWords}`.execute(tx)
  await sql`
    update claim_reviews c set identity = decode(r.identity, 'hex'), content = decode(r.content, 'hex'), record = r.record, rating_value = r.rating_value,
      lang = r.lang, reviewed_at = r.reviewed_at, topic_words = ${topicWords}, change_number = r.change_number,
      listed_at = case when r.reviewed_at <= ${now}::timestamptz then r.reviewed_at else c.first_seen_at end,
      version = c.version + case when ${inOtherWords} then 1 else 0 end,
      changed_at = case when ${inOtherWords} then ${now}::timestamptz else c.changed_at end
    from jsonb_to_recordset(${json}::jsonb) ${recordset} where r.id = c.id`.execute(tx)
}

/** The subtag that `en-US` and `en` share; null for what is no language tag. Source: RFC 5646, 2.1. */
export function primaryLanguage(tag: string | null): string | null {
  return /^([a-z]{2,8})(?:[-_]|$)/i.exec(tag ?? '')?.[1]?.toLowerCase() ?? null
}

/** Null for what is no time, and for years that no clock of ours writes. */
function storableTime(text: string | null): string | null {
  const time = text === null ? Number.NaN : Date.parse(text)
  if (Number.isNaN(time)) return null
  const iso = new Date(time).toISOString()
  return /^\d{4}-/.test(iso) && !iso.startsWith('0000') ? iso : null
}

/** PostgreSQL's text knows no NUL and no half of a surrogate pair: both show as escapes in JSON. */
function storable(record: ReviewRecord): ReviewRecord {
  const json = JSON.stringify(record)
  if (!/\\u(?:0000|d[89a-f])/.test(json)) return record
  return JSON.parse(json, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  ) as ReviewRecord
}

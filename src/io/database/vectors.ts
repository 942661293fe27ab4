/** Vectors of reviews: which are to be made, the writing of them, and what readers of changes go on with. */
import { sql } from 'kysely'
import type { ClaimReviewId } from '#domain/ids.ts'
import type { Database, Tx } from './schema.ts'

/** Which model: vectors of another one are as good as none. */
export interface VectorModel {
  name: string
  dimension: number
}

/** A review whose vector is missing, of another model, or of an earlier wording. */
export interface UnembeddedReview {
  id: ClaimReviewId
  changeNumber: number
  claim: string
  title: string | null
  /** Of the text that the model was given last time; null when it never was. */
  textHash: Buffer | null
}

export interface WrittenVector {
  id: ClaimReviewId
  changeNumber: number
  textHash: Buffer
  /** Null: the model has none to give. */
  vector: Int8Array | null
}

export interface ReadVector {
  number: number
  id: ClaimReviewId
  vector: Int8Array | null
  /** The review's change that the vector is of. */
  reviewChange: number
}

/** Oldest change first, after the given one. */
export async function listUnembeddedReviews(
  db: Database,
  { name, dimension }: VectorModel,
  { after, limit }: { after: number; limit: number },
): Promise<UnembeddedReview[]> {
  const { rows } = await sql<UnembeddedReview>`
    select c.id, c.change_number as "changeNumber", c.record->>'claim' as claim, c.record->>'title' as title,
      case when v.model = ${name} and v.dimension = ${dimension} then v.text_hash end as "textHash"
    from claim_reviews c left join claim_review_vectors v on v.claim_review_id = c.id
    where c.change_number > ${after}
      and (v.claim_review_id is null or v.review_change <> c.change_number
        or v.model <> ${name} or v.dimension <> ${dimension})
    order by c.change_number limit ${limit}`.execute(db)
  return rows
}

/** Any number that nothing else locks: writers of vectors commit one after the other, so that numbers show in order. */
const lockKey = 4_101_870_013

/** Reviews that are gone meanwhile are left out. */
export async function upsertVectors(
  tx: Tx,
  { name, dimension }: VectorModel,
  written: readonly WrittenVector[],
): Promise<void> {
  if (written.length === 0) return
  const rows = written.map(({ id, changeNumber, textHash, vector }) => ({
    id,
    change: changeNumber,
    hash: textHash.toString('hex'),
    vector:
      vector === null ? null : Buffer.from(vector.buffer, vector.byteOffset, vector.length).toString('hex'),
  }))
  await sql`select pg_advisory_xact_lock(${lockKey})`.execute(tx)
  await sql`
    insert into claim_review_vectors (claim_review_id, model, dimension, text_hash, vector, review_change, number)
    select c.id, ${name}, ${dimension}, decode(r.hash, 'hex'), decode(r.vector, 'hex'), r.change,
      nextval('claim_review_vector_numbers')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, change bigint, hash text, vector text)
    join claim_reviews c on c.id = r.id
    on conflict (claim_review_id) do update set model = excluded.model, dimension = excluded.dimension,
      text_hash = excluded.text_hash, vector = excluded.vector, review_change = excluded.review_change,
      number = excluded.number`.execute(tx)
}

/** The text is the same as before, so its vector is too: only the review's change is another. */
export async function keepVectors(
  tx: Tx,
  kept: readonly Pick<WrittenVector, 'id' | 'changeNumber'>[],
): Promise<void> {
  if (kept.length === 0) return
  const rows = kept.map(({ id, changeNumber }) => ({ id, change: changeNumber }))
  await sql`select pg_advisory_xact_lock(${lockKey})`.execute(tx)
  await sql`
    update claim_review_vectors v set review_change = r.change, number = nextval('claim_review_vector_numbers')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, change bigint)
    where v.claim_review_id = r.id`.execute(tx)
}

/** In the order of their numbers, those of reviews as they are now. */
export async function listVectors(
  db: Database,
  { name, dimension }: VectorModel,
  { after, limit }: { after: number; limit: number },
): Promise<ReadVector[]> {
  const { rows } = await sql<Omit<ReadVector, 'vector'> & { vector: Buffer | null }>`
    select v.number, v.claim_review_id as id, v.vector, v.review_change as "reviewChange"
    from claim_review_vectors v join claim_reviews c on c.id = v.claim_review_id
    where v.number > ${after} and v.model = ${name} and v.dimension = ${dimension}
      and v.review_change = c.change_number
    order by v.number limit ${limit}`.execute(db)
  return rows.map((row) => ({
    ...row,
    vector: row.vector && new Int8Array(row.vector.buffer, row.vector.byteOffset, row.vector.length),
  }))
}

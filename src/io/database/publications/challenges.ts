/** Challenges: what somebody outside says is wrong with a review of ours, sealed until somebody has decided. */

import { sql } from 'kysely'
import type { Challenge, ChallengeOutcome } from '#domain/challenge.ts'
import { AssayError } from '#domain/errors.ts'
import type { ChallengeId, ClaimReviewId, OrganisationId, PersonId } from '#domain/ids.ts'
import type { Database, Tx } from '../schema.ts'
import { dayText } from '../tips/day-text.ts'

export interface SealedChallenge extends Challenge {
  /** What the review is about, in its own language. */
  claim: string
  lang: string | null
  /** Null once it is decided. */
  sealed: Uint8Array | null
  wrappedKey: Uint8Array | null
}

export interface NewChallenge {
  id: ChallengeId
  claimReviewId: ClaimReviewId
  organisationId: OrganisationId
  sealed: Uint8Array
  wrappedKey: Uint8Array
  wantsReply: boolean
  receiptMac: Uint8Array
  clientMac: Uint8Array
  day: string
}

/** False when the same form was sent before. */
export async function insertChallenge(tx: Tx, challenge: NewChallenge): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('challenges')
    .values({
      id: challenge.id,
      claim_review_id: challenge.claimReviewId,
      organisation_id: challenge.organisationId,
      sealed: Buffer.from(challenge.sealed),
      wrapped_key: Buffer.from(challenge.wrappedKey),
      wants_reply: challenge.wantsReply,
      receipt_mac: Buffer.from(challenge.receiptMac),
      client_mac: Buffer.from(challenge.clientMac),
      state: 'open',
      decided_by: null,
      reasons: null,
      day: challenge.day,
      decided_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function findChallengeOfReceipt(
  db: Database,
  receiptMac: Uint8Array,
): Promise<SealedChallenge | null> {
  const row = await selectChallenges(db).where('receipt_mac', '=', Buffer.from(receiptMac)).executeTakeFirst()
  return row ? challengeOf(row) : null
}

/** @throws not_found also when it is about another organisation's review */
export async function getChallenge(
  db: Database,
  organisationId: OrganisationId,
  id: ChallengeId,
): Promise<SealedChallenge> {
  const row = await selectChallenges(db)
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (!row) throw new AssayError('not_found', 'There is no such challenge here.')
  return challengeOf(row)
}

/** Open ones first, then newest first. */
export async function listChallenges(
  db: Database,
  organisationId: OrganisationId,
  limit: number,
): Promise<SealedChallenge[]> {
  const rows = await selectChallenges(db)
    .where('organisation_id', '=', organisationId)
    .orderBy((eb) => eb('state', '=', 'open'), 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(challengeOf)
}

export async function countOpenChallenges(db: Database, id: ClaimReviewId): Promise<number> {
  const { count } = await db
    .selectFrom('challenges')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('claim_review_id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** What was written goes with the decision; the reasons stay. */
export async function updateDecided(
  tx: Tx,
  id: ChallengeId,
  { outcome, reasons, by, now }: { outcome: ChallengeOutcome; reasons: string; by: PersonId; now: Date },
): Promise<void> {
  await tx
    .updateTable('challenges')
    .set({ state: outcome, reasons, decided_by: by, decided_at: now, sealed: null, wrapped_key: null })
    .where('id', '=', id)
    .execute()
}

function selectChallenges(db: Database) {
  return db
    .selectFrom('challenges')
    .select([
      'id',
      'claim_review_id',
      'organisation_id',
      'state',
      'wants_reply',
      'decided_by',
      'decided_at',
      'reasons',
      'sealed',
      'wrapped_key',
      dayText('day').as('day'),
      firstWords('claim').as('claim'),
      firstWords('lang').as('lang'),
    ])
}

/** A member of the first document; null once that was erased. */
function firstWords(name: 'claim' | 'lang') {
  return sql<string | null>`(select p.document::jsonb ->> ${sql.lit(name)} from publications p
    where p.claim_review_id = challenges.claim_review_id and p.version = 1)`
}

function challengeOf(
  row: Awaited<ReturnType<ReturnType<typeof selectChallenges>['execute']>>[number],
): SealedChallenge {
  return {
    id: row.id,
    claimReviewId: row.claim_review_id,
    claim: row.claim ?? row.claim_review_id,
    lang: row.lang,
    organisationId: row.organisation_id,
    state: row.state,
    wantsReply: row.wants_reply,
    day: row.day,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reasons: row.reasons,
    sealed: row.sealed && new Uint8Array(row.sealed),
    wrappedKey: row.wrapped_key && new Uint8Array(row.wrapped_key),
  }
}

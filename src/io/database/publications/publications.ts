/** Publications: every document that an organisation of this instance put out, and where the log has it. */
import { sql } from 'kysely'
import type {
  CaseId,
  ChallengeId,
  ClaimReviewId,
  OrganisationId,
  PersonId,
  RevisionId,
  RumourId,
  VerdictId,
} from '#domain/ids.ts'
import type { PublicationKind } from '#domain/publication.ts'
import type { LogEntryState } from '../log/schema.ts'
import type { Database, Tx } from '../schema.ts'

export interface NewPublication {
  claimReviewId: ClaimReviewId
  version: number
  organisationId: OrganisationId
  caseId: CaseId
  verdictId: VerdictId | null
  revisionId: RevisionId | null
  challengeId: ChallengeId | null
  kind: PublicationKind
  document: string
  salt: Uint8Array
  leafHash: Uint8Array
}

/** A publication as it is stored, with the log entry that stands for it. */
export interface Publication {
  claimReviewId: ClaimReviewId
  version: number
  organisationId: OrganisationId
  caseId: CaseId
  kind: PublicationKind
  /** Canonical JSON; null with its salt once it had to be erased. */
  document: string | null
  salt: Uint8Array | null
  leafHash: Uint8Array
  publishedAt: Date
  entry: {
    bytes: Uint8Array
    state: LogEntryState
    /** The number and the origin of its log, and its index there; null while it has no place. */
    log: number | null
    origin: string | null
    index: number | null
    publishedAt: Date | null
  }
}

export async function insertPublication(tx: Tx, publication: NewPublication, now: Date): Promise<void> {
  const { claimReviewId, version, organisationId, caseId, verdictId, revisionId, challengeId } = publication
  await tx
    .insertInto('publications')
    .values({
      claim_review_id: claimReviewId,
      version,
      organisation_id: organisationId,
      case_id: caseId,
      verdict_id: verdictId,
      revision_id: revisionId,
      challenge_id: challengeId,
      kind: publication.kind,
      document: publication.document,
      salt: Buffer.from(publication.salt),
      leaf_hash: Buffer.from(publication.leafHash),
      published_at: now,
    })
    .execute()
}

/** Holds a review against other writers until the transaction ends. */
export async function lockFirstPublication(tx: Tx, id: ClaimReviewId): Promise<void> {
  await tx
    .selectFrom('publications')
    .select('version')
    .where('claim_review_id', '=', id)
    .where('version', '=', 1)
    .forUpdate()
    .execute()
}

/** Newest first; empty when nothing was published under this id. */
export async function listPublications(db: Database, id: ClaimReviewId): Promise<Publication[]> {
  const rows = await selectPublications(db)
    .where('p.claim_review_id', '=', id)
    .orderBy('p.version', 'desc')
    .execute()
  return rows.map(publicationOf)
}

/** Of several reviews at once; newest version first. */
export async function listPublicationsOf(db: Database, ids: ClaimReviewId[]): Promise<Publication[]> {
  const rows = await selectPublications(db)
    .where('p.claim_review_id', '=', sql<ClaimReviewId>`any(${ids}::text[])`)
    .orderBy('p.version', 'desc')
    .execute()
  return rows.map(publicationOf)
}

/** The review that a case led to; null while nothing of it is published. */
export async function findReviewOfCase(db: Database, caseId: CaseId): Promise<ClaimReviewId | null> {
  const row = await db
    .selectFrom('publications')
    .select('claim_review_id')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'verdict')
    .executeTakeFirst()
  return row?.claim_review_id ?? null
}

/**
 * The newest text of each review, newest change first: verdicts and corrections, and withdrawals in their place.
 * `organisationId`: only that organisation's.
 */
export async function listCurrentPublications(
  db: Database,
  { limit, organisationId, before }: { limit: number; organisationId?: OrganisationId; before?: Date },
): Promise<Publication[]> {
  const newest = db
    .selectFrom('publications')
    .select((eb) => ['claim_review_id', eb.fn.max('version').as('version')])
    .where('kind', '<>', 'challenge-outcome')
    .groupBy('claim_review_id')
    .as('newest')
  let query = selectPublications(db)
    .innerJoin(newest, (join) =>
      join
        .onRef('newest.claim_review_id', '=', 'p.claim_review_id')
        .onRef('newest.version', '=', 'p.version'),
    )
    .orderBy('p.published_at', 'desc')
    .orderBy('p.claim_review_id', 'desc')
    .limit(limit)
  if (organisationId !== undefined) query = query.where('p.organisation_id', '=', organisationId)
  if (before !== undefined) query = query.where('p.published_at', '<', before)
  return (await query.execute()).map(publicationOf)
}

/** Ids that the log has entries about or that were published, in their order, after the given one. */
export async function listLoggedReviews(
  db: Database,
  after: ClaimReviewId | null,
  limit: number,
): Promise<ClaimReviewId[]> {
  const { rows } = await sql<{ id: ClaimReviewId }>`
    select claim_review_id as id from log_entries where claim_review_id > ${after ?? ''}
    union select claim_review_id from publications where claim_review_id > ${after ?? ''}
    order by id limit ${limit}`.execute(db)
  return rows.map((row) => row.id)
}

/** Whoever wrote or approved any version of a review. */
export async function listMakers(db: Database, id: ClaimReviewId): Promise<Set<PersonId>> {
  const { rows } = await sql<{ drafted: PersonId; approved: PersonId }>`
    select v.drafted_by as drafted, v.approved_by as approved from verdicts v
    where v.approved_by is not null and v.case_id in (select case_id from publications where claim_review_id = ${id})`.execute(
    db,
  )
  return new Set(rows.flatMap((row) => [row.drafted, row.approved]))
}

/** The rumours whose askers were told of a review, or will be; of one that was merged, the one that it is in now. */
export async function listRumoursTold(db: Database, id: ClaimReviewId): Promise<RumourId[]> {
  const { rows } = await sql<{ id: RumourId }>`
    with recursive told as (
      select r.id, r.merged_into from rumours r
      where r.id in (select rumour_id from notices where claim_review_id = ${id})
        or r.id in (select c.rumour_id from cases c join publications p on p.case_id = c.id
          where p.claim_review_id = ${id})
      union select r.id, r.merged_into from told join rumours r on r.id = told.merged_into
    ) select id from told where merged_into is null`.execute(db)
  return rows.map((row) => row.id)
}

/** The oldest organisation of the instance: it is the one that the site's own host stands for. */
export async function findFirstOrganisation(db: Database): Promise<OrganisationId | null> {
  const { rows } = await sql<{ id: OrganisationId }>`
    select id from organisations order by created_at, id limit 1`.execute(db)
  return rows[0]?.id ?? null
}

function selectPublications(db: Database) {
  return db
    .selectFrom('publications as p')
    .innerJoin('log_entries as e', 'e.leaf_hash', 'p.leaf_hash')
    .leftJoin('logs as l', 'l.number', 'e.log')
    .select([
      'e.log',
      'l.origin',
      'p.claim_review_id',
      'p.version',
      'p.organisation_id',
      'p.case_id',
      'p.kind',
      'p.document',
      'p.salt',
      'p.leaf_hash',
      'p.published_at',
      'e.bytes',
      'e.state',
      'e.index',
      'e.published_at as logged_at',
    ])
}

function publicationOf(
  row: Awaited<ReturnType<ReturnType<typeof selectPublications>['execute']>>[number],
): Publication {
  return {
    claimReviewId: row.claim_review_id,
    version: row.version,
    organisationId: row.organisation_id,
    caseId: row.case_id,
    kind: row.kind,
    document: row.document,
    salt: row.salt === null ? null : new Uint8Array(row.salt),
    leafHash: new Uint8Array(row.leaf_hash),
    publishedAt: row.published_at,
    entry: {
      bytes: new Uint8Array(row.bytes),
      state: row.state,
      log: row.log,
      origin: row.origin,
      index: row.index,
      publishedAt: row.logged_at,
    },
  }
}

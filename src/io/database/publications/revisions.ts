/** Proposed corrections and withdrawals. */

import { AssayError } from '#domain/errors.ts'
import type { ClaimReviewId, OrganisationId, PersonId, RevisionId } from '#domain/ids.ts'
import type { CorrectionNote } from '#domain/publication.ts'
import type { Revision } from '#domain/revision.ts'
import type { Database, Tx } from '../schema.ts'

export async function insertRevision(tx: Tx, revision: Revision, now: Date): Promise<void> {
  const texts = revision.kind === 'correction' ? revision.note : { reason: revision.reason }
  await tx
    .insertInto('revisions')
    .values({
      id: revision.id,
      claim_review_id: revision.claimReviewId,
      organisation_id: revision.organisationId,
      kind: revision.kind,
      verdict_id: revision.kind === 'correction' ? revision.verdictId : null,
      texts: JSON.stringify(texts),
      state: revision.state,
      proposed_by: revision.proposedBy,
      confirmed_by: revision.confirmedBy,
      proposed_at: now,
    })
    .execute()
}

/** The one that waits for another person; null when none does. */
export async function findProposedRevision(db: Database, id: ClaimReviewId): Promise<Revision | null> {
  const row = await selectRevisions(db)
    .where('claim_review_id', '=', id)
    .where('state', '=', 'proposed')
    .executeTakeFirst()
  return row ? revisionOf(row) : null
}

/** @throws not_found also when it is another organisation's */
export async function getRevision(
  db: Database,
  organisationId: OrganisationId,
  id: RevisionId,
): Promise<Revision> {
  const row = await selectRevisions(db)
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (!row) throw new AssayError('not_found', 'There is no such proposal here.')
  return revisionOf(row)
}

/** Proposals of an organisation that wait for another person, oldest first. */
export async function listProposedRevisions(
  db: Database,
  organisationId: OrganisationId,
): Promise<Revision[]> {
  const rows = await selectRevisions(db)
    .where('organisation_id', '=', organisationId)
    .where('state', '=', 'proposed')
    .orderBy('id')
    .execute()
  return rows.map(revisionOf)
}

/** Ends a proposal: published by the person who confirmed it, or dropped. */
export async function endRevision(tx: Tx, id: RevisionId, confirmedBy: PersonId | null): Promise<void> {
  await tx
    .updateTable('revisions')
    .set({ state: confirmedBy === null ? 'dropped' : 'published', confirmed_by: confirmedBy })
    .where('id', '=', id)
    .where('state', '=', 'proposed')
    .execute()
}

function selectRevisions(db: Database) {
  return db.selectFrom('revisions').selectAll()
}

function revisionOf(
  row: Awaited<ReturnType<ReturnType<typeof selectRevisions>['execute']>>[number],
): Revision {
  const common = {
    id: row.id,
    claimReviewId: row.claim_review_id,
    organisationId: row.organisation_id,
    state: row.state,
    proposedBy: row.proposed_by,
    confirmedBy: row.confirmed_by,
    proposedAt: row.proposed_at.toISOString(),
  }
  return row.kind === 'correction'
    ? { ...common, kind: 'correction', verdictId: row.verdict_id!, note: row.texts as CorrectionNote }
    : { ...common, kind: 'withdrawal', reason: (row.texts as { reason: string }).reason }
}

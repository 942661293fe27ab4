/**
 * Corrections and withdrawals: one person proposes, another confirms, and what is confirmed is published in one
 * transaction: a new version on top of what stays, an entry in the log, and a notice to everybody who was told.
 */
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import {
  type ClaimReviewId,
  newId,
  type OrganisationId,
  type RevisionId,
  type VerdictId,
} from '#domain/ids.ts'
import { logTimeOf } from '#domain/log-entry.ts'
import { demand } from '#domain/permissions.ts'
import type { CorrectionNote } from '#domain/publication.ts'
import { problemOfConfirming, problemsOfRevisionTexts, type Revision } from '#domain/revision.ts'
import { insertNotice } from '#io/database/publications/notices.ts'
import {
  listPublications,
  listRumoursTold,
  lockFirstPublication,
  type Publication,
} from '#io/database/publications/publications.ts'
import { reopenRumours, updatePublished } from '#io/database/publications/publishable.ts'
import {
  endRevision,
  findProposedRevision,
  getRevision,
  insertRevision,
} from '#io/database/publications/revisions.ts'
import type { Tx } from '#io/database/schema.ts'
import { lockRumours } from '#io/database/tips/gathering.ts'
import { makeVerdictDocument } from './make-document.ts'
import { getOwnOrganisation, getPublishable } from './publish-verdict.ts'
import { type Published, type PublishNeeds, recordPublication } from './record.ts'

/** The approved verdict is to take the place of the published one. @throws invalid, not_found, forbidden, conflict */
export async function correctReview(
  needs: PublishNeeds,
  actor: Actor,
  {
    claimReviewId,
    verdictId,
    note,
  }: { claimReviewId: ClaimReviewId; verdictId: VerdictId; note: CorrectionNote },
): Promise<RevisionId> {
  demand(actor, 'publish a review')
  refuseBadTexts(note)
  return needs.db.transaction().execute(async (tx) => {
    const { publishable } = await getPublishable(tx, actor, verdictId)
    const [last] = await getStanding(tx, actor, claimReviewId)
    if (last!.caseId !== publishable.caseId) {
      throw new AssayError('conflict', 'This verdict belongs to another case than the published review.')
    }
    return propose(tx, needs, actor, { claimReviewId, kind: 'correction', verdictId, note })
  })
}

/** The review is to be taken back; its page stays, with the reason. @throws invalid, not_found, forbidden, conflict */
export async function withdrawReview(
  needs: PublishNeeds,
  actor: Actor,
  { claimReviewId, reason }: { claimReviewId: ClaimReviewId; reason: string },
): Promise<RevisionId> {
  demand(actor, 'withdraw a review')
  refuseBadTexts({ reason })
  return needs.db.transaction().execute(async (tx) => {
    await getStanding(tx, actor, claimReviewId)
    return propose(tx, needs, actor, { claimReviewId, kind: 'withdrawal', reason })
  })
}

/** Publishes what a colleague proposed. @throws not_found, forbidden, conflict (one's own, or no proposal any more) */
export async function confirmRevision(needs: PublishNeeds, actor: Actor, id: RevisionId): Promise<Published> {
  demand(actor, 'publish a review')
  const now = needs.clock.now()
  return needs.db.transaction().execute(async (tx) => {
    const found = await getRevision(tx, actor.organisationId as OrganisationId, id)
    const earlier = await getStanding(tx, actor, found.claimReviewId)
    const revision = await getRevision(tx, found.organisationId, id)
    const problem = problemOfConfirming(revision, actor.personId)
    if (problem !== null) throw new AssayError('conflict', problem)
    const { organisationId, caseId } = earlier[0]!
    const publishedAt = logTimeOf(now)
    const frame = { id: revision.claimReviewId, version: earlier[0]!.version + 1, publishedAt }
    await endRevision(tx, id, actor.personId)
    const origin = { organisationId, caseId, revisionId: id }
    const by = { now, ids: needs.ids, personId: actor.personId }
    let published: Published
    if (revision.kind === 'correction') {
      const { verdictId, note } = revision
      const { publishable, organisation } = await getPublishable(tx, actor, verdictId)
      const document = makeVerdictDocument(publishable, { ...frame, organisation, correction: note })
      published = await recordPublication(tx, needs, document, { ...origin, verdictId }, { earlier, now })
      await updatePublished(tx, { ...publishable, rumourId: null }, by)
    } else {
      const { shortName, name } = await getOwnOrganisation(tx, actor)
      const organisation = { shortName, name }
      const document = { v: 1, kind: 'withdrawal', ...frame, organisation, reason: revision.reason } as const
      published = await recordPublication(tx, needs, document, origin, { earlier, now })
    }
    await tell(tx, needs, revision, published, now)
    return published
  })
}

/** Takes a proposal back, one's own or a colleague's. @throws not_found, forbidden */
export async function dropRevision({ db }: PublishNeeds, actor: Actor, id: RevisionId): Promise<void> {
  demand(actor, 'publish a review')
  await db.transaction().execute(async (tx) => {
    await getRevision(tx, actor.organisationId as OrganisationId, id)
    await endRevision(tx, id, null)
  })
}

async function propose(
  tx: Tx,
  { clock, ids }: PublishNeeds,
  actor: Actor,
  what: Pick<Revision, 'claimReviewId'> &
    (
      | { kind: 'correction'; verdictId: VerdictId; note: CorrectionNote }
      | { kind: 'withdrawal'; reason: string }
    ),
): Promise<RevisionId> {
  if ((await findProposedRevision(tx, what.claimReviewId)) !== null) {
    throw new AssayError(
      'conflict',
      'A change of this review is proposed already; confirm or drop that one first.',
    )
  }
  const id = newId<RevisionId>(ids)
  const now = clock.now()
  const common = {
    id,
    organisationId: actor.organisationId as OrganisationId,
    state: 'proposed' as const,
    proposedBy: actor.personId,
    confirmedBy: null,
    proposedAt: now.toISOString(),
  }
  await insertRevision(tx, { ...common, ...what }, now)
  return id
}

/**
 * What was published under the id, newest first; its first row stays locked, so that versions follow each other.
 * @throws not_found also when it is another organisation's
 */
export async function lockPublications(tx: Tx, actor: Actor, id: ClaimReviewId): Promise<Publication[]> {
  await lockFirstPublication(tx, id)
  const publications = await listPublications(tx, id)
  if (publications.length === 0 || publications[0]!.organisationId !== actor.organisationId) {
    throw new AssayError('not_found', 'There is no such review here.')
  }
  return publications
}

/** The same, of a review that still stands. @throws not_found, conflict when it was withdrawn */
async function getStanding(tx: Tx, actor: Actor, id: ClaimReviewId): Promise<Publication[]> {
  const publications = await lockPublications(tx, actor, id)
  if (publications.some(({ kind }) => kind === 'withdrawal')) {
    throw new AssayError('conflict', 'This review was withdrawn; nothing more can be changed in it.')
  }
  return publications
}

/** Everybody who was told of the review, or would have been. */
async function tell(
  tx: Tx,
  { ids }: PublishNeeds,
  { kind, claimReviewId }: Revision,
  { leafHash }: Published,
  now: Date,
): Promise<void> {
  const rumours = await listRumoursTold(tx, claimReviewId)
  await lockRumours(tx, rumours)
  for (const rumourId of rumours) {
    const told = kind === 'correction' ? ('corrected' as const) : ('withdrawn' as const)
    await insertNotice(tx, { rumourId, claimReviewId, kind: told, leafHash }, { now, ids })
  }
  if (kind === 'withdrawal') await reopenRumours(tx, rumours)
}

function refuseBadTexts(texts: Readonly<Record<string, string>>): void {
  const [problem] = problemsOfRevisionTexts(texts)
  if (problem) throw new AssayError('invalid', problem.message)
}

/**
 * verdict → claim review + log entry + notices, in one transaction: it is either not published or wholly published.
 * The log's flow makes the entry public, and only then the notices go out.
 */
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import { type ClaimReviewId, newId, type OrganisationId, type VerdictId } from '#domain/ids.ts'
import { logTimeOf } from '#domain/log-entry.ts'
import { type Organisation, problemsOfPublishing } from '#domain/organisation.ts'
import { demand } from '#domain/permissions.ts'
import { decideVerdictMove, problemsOfVerdict } from '#domain/verdict.ts'
import { getOrganisation } from '#io/database/people/organisations.ts'
import { insertNotice } from '#io/database/publications/notices.ts'
import { findReviewOfCase } from '#io/database/publications/publications.ts'
import { findPublishable, type Publishable, updatePublished } from '#io/database/publications/publishable.ts'
import type { Tx } from '#io/database/schema.ts'
import { makeVerdictDocument } from './make-document.ts'
import { type Published, type PublishNeeds, recordPublication } from './record.ts'

/** @throws not_found, forbidden, conflict (not approved, published already, the organisation says too little of itself) */
export async function publishVerdict(
  needs: PublishNeeds,
  actor: Actor,
  verdictId: VerdictId,
): Promise<Published> {
  demand(actor, 'publish a review')
  const now = needs.clock.now()
  return needs.db.transaction().execute(async (tx) => {
    const { publishable, organisation } = await getPublishable(tx, actor, verdictId)
    if ((await findReviewOfCase(tx, publishable.caseId)) !== null) {
      throw new AssayError('conflict', 'This case is published already; correct what is published instead.')
    }
    const id = newId<ClaimReviewId>(needs.ids)
    const document = makeVerdictDocument(publishable, {
      id,
      version: 1,
      organisation,
      publishedAt: logTimeOf(now),
      correction: null,
    })
    const origin = { organisationId: organisation.id, caseId: publishable.caseId, verdictId }
    const published = await recordPublication(tx, needs, document, origin, { earlier: [], now })
    await updatePublished(tx, publishable, { now, ids: needs.ids, personId: actor.personId })
    if (publishable.rumourId !== null) {
      const notice = { rumourId: publishable.rumourId, claimReviewId: id, kind: 'answered' as const }
      await insertNotice(tx, { ...notice, leafHash: published.leafHash }, { now, ids: needs.ids })
    }
    return published
  })
}

/** The verdict if it may be published now, locked. @throws as publishVerdict */
export async function getPublishable(
  tx: Tx,
  actor: Actor,
  verdictId: VerdictId,
): Promise<{ publishable: Publishable; organisation: Organisation }> {
  const organisation = await getOwnOrganisation(tx, actor)
  const publishable = await findPublishable(tx, organisation.id, verdictId)
  if (publishable === null) throw new AssayError('not_found', 'There is no such verdict here.')
  if (!publishable.isNewest) {
    throw new AssayError('conflict', 'Somebody has written on since; have the newest version approved.')
  }
  decideVerdictMove(
    publishable.state,
    'publish',
    publishable.draftedBy === actor.personId ? 'author' : 'colleague',
  )
  if (publishable.approvedBy === null || publishable.approvedBy === publishable.draftedBy) {
    throw new AssayError('conflict', 'Another person than its author has to approve the verdict first.')
  }
  const held = new Set(publishable.evidence.map(({ id }) => id))
  const [problem] = problemsOfVerdict(publishable.content, held)
  if (problem) {
    throw new AssayError('conflict', `${problem.message} Mend it and have it approved again.`)
  }
  return { publishable, organisation }
}

/** @throws not_found for an operator; conflict while the public profile lacks something */
export async function getOwnOrganisation(tx: Tx, actor: Actor): Promise<Organisation> {
  const organisation = await getOrganisation(tx, actor.organisationId as OrganisationId)
  if (problemsOfPublishing(organisation).length > 0) {
    throw new AssayError(
      'conflict',
      'Before anything is published, fill the profile of the organisation: method, funding, ownership, contact, corrections and the rating words.',
    )
  }
  return organisation
}

/** The bytes that were kept of a source, checked against their digest: for who may see the case, and for readers. */
import { createHash } from 'node:crypto'
import type { Actor } from '#domain/actor.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import { getCase } from '#io/database/cases/cases.ts'
import { findEvidence } from '#io/database/cases/evidence.ts'
import { getOrganisation } from '#io/database/people/organisations.ts'
import { findOwnReview } from '#io/database/publications/own-reviews.ts'
import type { Needs } from '../needs.ts'
import { capturePathOf } from './archive-evidence.ts'

type CaptureNeeds = Pick<Needs, 'db' | 'captures'>

export interface Capture {
  bytes: Uint8Array
  sha256: string
}

/** Null when there is no such copy. @throws not_found for a case that this person does not see */
export async function readCapture(
  needs: CaptureNeeds,
  actor: Actor,
  { caseId, evidenceId }: { caseId: string; evidenceId: string },
): Promise<Capture | null> {
  const found = await getCase(needs.db, actor, caseId)
  const item = await findEvidence(needs.db, evidenceId)
  if (item?.caseId !== found.id || item.archive?.state !== 'kept') return null
  return readBytes(needs, item.archive.sha256)
}

/**
 * What anybody may fetch: a copy that the standing text of a review cites, where its organisation hands copies out. Null
 * in every other case.
 */
export async function readPublishedCopy(
  needs: CaptureNeeds,
  { claimReviewId, sha256 }: { claimReviewId: ClaimReviewId; sha256: string },
): Promise<Capture | null> {
  const review = await findOwnReview(needs.db, claimReviewId)
  if (review === null || review.withdrawal !== null) return null
  const isCited = review.document?.evidence.some(({ archive }) => archive?.sha256 === sha256) ?? false
  if (!isCited) return null
  const { shareCopies } = await getOrganisation(needs.db, review.publications[0]!.organisationId)
  return shareCopies ? readBytes(needs, sha256) : null
}

async function readBytes({ captures }: CaptureNeeds, sha256: string): Promise<Capture | null> {
  const bytes = await captures.read(capturePathOf(sha256))
  if (bytes === null) return null
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new Error(`the captured bytes of ${sha256} are not what was kept`)
  }
  return { bytes, sha256 }
}

/** A challenge is decided by somebody who did not make the review; outcome and reasons are public, refusals too. */
import type { Actor } from '#domain/actor.ts'
import { type ChallengeOutcome, challengeLimits, problemOfDeciding } from '#domain/challenge.ts'
import { AssayError } from '#domain/errors.ts'
import type { ChallengeId, OrganisationId } from '#domain/ids.ts'
import { logTimeOf } from '#domain/log-entry.ts'
import { demand } from '#domain/permissions.ts'
import { getChallenge, updateDecided } from '#io/database/publications/challenges.ts'
import { listMakers } from '#io/database/publications/publications.ts'
import { getOwnOrganisation } from './publish-verdict.ts'
import { type Published, type PublishNeeds, recordPublication } from './record.ts'
import { lockPublications } from './revise-review.ts'

/** @throws not_found, forbidden, invalid (no reasons), conflict (decided already, or by a maker of the review) */
export async function decideChallenge(
  needs: PublishNeeds,
  actor: Actor,
  { id, outcome, reasons }: { id: ChallengeId; outcome: ChallengeOutcome; reasons: string },
): Promise<Published> {
  demand(actor, 'decide a challenge')
  if (reasons.trim() === '' || reasons.length > challengeLimits.reasonsMax) {
    throw new AssayError(
      'invalid',
      `Give the reasons, in at most ${challengeLimits.reasonsMax} characters; readers will see them.`,
    )
  }
  const now = needs.clock.now()
  return needs.db.transaction().execute(async (tx) => {
    const organisation = await getOwnOrganisation(tx, actor)
    const found = await getChallenge(tx, actor.organisationId as OrganisationId, id)
    const earlier = await lockPublications(tx, actor, found.claimReviewId)
    const challenge = await getChallenge(tx, found.organisationId, id)
    const makers = await listMakers(tx, challenge.claimReviewId)
    const problem = problemOfDeciding(challenge, actor.personId, makers)
    if (problem !== null) throw new AssayError('conflict', problem)
    await updateDecided(tx, id, { outcome, reasons, by: actor.personId, now })
    const { shortName, name } = organisation
    const document = {
      v: 1,
      kind: 'challenge-outcome',
      id: challenge.claimReviewId,
      version: earlier[0]!.version + 1,
      organisation: { shortName, name },
      publishedAt: logTimeOf(now),
      outcome,
      reasons,
      receivedOn: challenge.day,
    } as const
    const origin = { organisationId: organisation.id, caseId: earlier[0]!.caseId, challengeId: id }
    return recordPublication(tx, needs, document, origin, { earlier, now })
  })
}

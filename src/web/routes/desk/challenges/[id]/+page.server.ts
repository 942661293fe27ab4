/** One challenge: what somebody wrote, and the decision of a person who did not make the review. */

import { challengeOutcomes, problemOfDeciding } from '#domain/challenge.ts'
import { AssayError } from '#domain/errors.ts'
import type { ChallengeId } from '#domain/ids.ts'
import { openChallenge } from '#flows/challenge-review/challenge-review.ts'
import { decideChallenge } from '#flows/publish-review/decide-challenge.ts'
import { getChallenge } from '#io/database/publications/challenges.ts'
import { listMakers } from '#io/database/publications/publications.ts'
import { actorOf } from '../../../../desk/actor-of.ts'
import { textIn } from '../../../../desk/form-fields.ts'
import { attempt } from '../../../../desk/problem-of.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { organisationId, personId } = actorOf(event)
  if (organisationId === null) throw new AssayError('not_found', 'An operator has no organisation.')
  const { needs } = event.locals
  const challenge = await getChallenge(needs.db, organisationId, event.params.id as ChallengeId)
  const makers = await listMakers(needs.db, challenge.claimReviewId)
  const { state, day, reasons, claimReviewId, claim, lang } = challenge
  return {
    state,
    day,
    reasons,
    claimReviewId,
    claim,
    lang,
    text: openChallenge(needs, challenge),
    isMaker: makers.has(personId),
    mayDecide: problemOfDeciding(challenge, personId, makers) === null,
  }
}

export const actions: Actions = {
  default: async (event) => {
    const data = await event.request.formData()
    const reasons = textIn(data, 'reasons')
    const chosen = textIn(data, 'outcome')
    const outcome = challengeOutcomes.find((one) => one === chosen)
    return attempt(
      async () => {
        if (outcome === undefined) throw new AssayError('invalid', 'Choose whether the challenge is right.')
        const id = event.params.id as ChallengeId
        await decideChallenge(event.locals.needs, actorOf(event), { id, outcome, reasons })
        return { done: true as const }
      },
      { typed: { reasons, outcome: chosen } },
    )
  },
}

/** Challenges of the organisation's reviews: those that wait first. */
import { AssayError } from '#domain/errors.ts'
import { listChallenges } from '#io/database/publications/challenges.ts'
import { actorOf } from '../../../desk/actor-of.ts'
import type { PageServerLoad } from './$types'

const shownMax = 200

export const load: PageServerLoad = async (event) => {
  const { organisationId } = actorOf(event)
  if (organisationId === null) throw new AssayError('not_found', 'An operator has no organisation.')
  const found = await listChallenges(event.locals.needs.db, organisationId, shownMax)
  return {
    challenges: found.map(({ id, state, day, wantsReply, claim, lang }) => ({
      id,
      state,
      day,
      wantsReply,
      claim,
      lang,
    })),
  }
}

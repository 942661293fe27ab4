/** What waits to be published, what waits for a second person, and what is out. */
import { AssayError } from '#domain/errors.ts'
import { listOwnReviews } from '#io/database/publications/own-reviews.ts'
import { listReadyVerdicts } from '#io/database/publications/ready-verdicts.ts'
import { listProposedRevisions } from '#io/database/publications/revisions.ts'
import { actorOf } from '../../../desk/actor-of.ts'
import type { PageServerLoad } from './$types'

const shownMax = 200

export const load: PageServerLoad = async (event) => {
  const { organisationId } = actorOf(event)
  if (organisationId === null) throw new AssayError('not_found', 'An operator has no organisation.')
  const { db } = event.locals.needs
  const [ready, proposed, reviews] = await Promise.all([
    listReadyVerdicts(db, organisationId),
    listProposedRevisions(db, organisationId),
    listOwnReviews(db, { limit: shownMax, organisationId }),
  ])
  return {
    ready: ready.map(({ verdictId, content, claimReviewId }) => ({
      verdictId,
      claim: content.claim,
      lang: content.lang,
      isCorrection: claimReviewId !== null,
    })),
    proposed: proposed.map(({ claimReviewId, kind, proposedAt }) => ({
      claimReviewId,
      kind,
      proposedAt,
      claim: reviews.find(({ id }) => id === claimReviewId)?.document?.claim ?? claimReviewId,
    })),
    reviews: reviews.map(({ id, document, withdrawal, changedAt, publications }) => ({
      id,
      claim: document?.claim ?? id,
      lang: document?.lang ?? null,
      words: document?.rating.words ?? '',
      changedAt,
      state: withdrawal !== null ? ('withdrawn' as const) : ('standing' as const),
      isLogged: publications[0]!.entry.state === 'published',
    })),
  }
}

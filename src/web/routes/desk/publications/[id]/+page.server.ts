/** One publication at the desk: what waits for a second person, taking it back, and where it is found. */
import { AssayError } from '#domain/errors.ts'
import { type ClaimReviewId, isId, type RevisionId } from '#domain/ids.ts'
import { problemOfConfirming } from '#domain/revision.ts'
import { confirmRevision, dropRevision, withdrawReview } from '#flows/publish-review/revise-review.ts'
import { getOwnReview } from '#io/database/publications/own-reviews.ts'
import { findProposedRevision } from '#io/database/publications/revisions.ts'
import { actorOf } from '../../../../desk/actor-of.ts'
import { textIn } from '../../../../desk/form-fields.ts'
import { attempt } from '../../../../desk/problem-of.ts'
import type { Actions, PageServerLoad } from './$types'

const dones = ['published', 'proposed', 'confirmed', 'dropped'] as const

export const load: PageServerLoad = async (event) => {
  const actor = actorOf(event)
  const { db } = event.locals.needs
  const review = await getOwnReview(db, event.params.id)
  const { id, document, withdrawal, publications } = review
  if (publications[0]!.organisationId !== actor.organisationId)
    throw new AssayError('not_found', 'There is no such review here.')
  const revision = await findProposedRevision(db, id)
  return {
    id,
    claim: document?.claim ?? id,
    lang: document?.lang ?? null,
    rating: document?.rating ?? null,
    isWithdrawn: withdrawal !== null,
    caseId: publications[0]!.caseId,
    versions: publications.map(({ version, kind, publishedAt, entry }) => ({
      version,
      kind,
      publishedAt: publishedAt.toISOString(),
      index: entry.index,
    })),
    revision: revision && {
      id: revision.id,
      kind: revision.kind,
      texts: revision.kind === 'correction' ? revision.note : { reason: revision.reason },
      isOwn: problemOfConfirming(revision, actor.personId) !== null,
    },
    done: dones.find((one) => one === event.url.searchParams.get('done')) ?? null,
  }
}

const revisionIn = (data: FormData) => textIn(data, 'revision') as RevisionId

export const actions: Actions = {
  withdraw: async (event) => {
    const reason = textIn(await event.request.formData(), 'reason')
    const { id } = event.params
    if (!isId<ClaimReviewId>(id)) throw new AssayError('not_found', 'There is no such review here.')
    return attempt(
      async () => {
        await withdrawReview(event.locals.needs, actorOf(event), { claimReviewId: id, reason })
        return { done: 'proposed' as const }
      },
      { typed: { reason } },
    )
  },
  confirm: async (event) => {
    const revision = revisionIn(await event.request.formData())
    return attempt(async () => {
      await confirmRevision(event.locals.needs, actorOf(event), revision)
      return { done: 'confirmed' as const }
    }, {})
  },
  drop: async (event) => {
    const revision = revisionIn(await event.request.formData())
    return attempt(async () => {
      await dropRevision(event.locals.needs, actorOf(event), revision)
      return { done: 'dropped' as const }
    }, {})
  },
}

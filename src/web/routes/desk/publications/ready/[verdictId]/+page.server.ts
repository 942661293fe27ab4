/** An approved verdict before it goes out: published at once, or proposed as the correction of what is published. */
import { redirect } from '@sveltejs/kit'
import { AssayError } from '#domain/errors.ts'
import type { OrganisationId, VerdictId } from '#domain/ids.ts'
import { problemsOfPublishing } from '#domain/organisation.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import { correctReview } from '#flows/publish-review/revise-review.ts'
import { listEvidence } from '#io/database/cases/evidence.ts'
import { getOrganisation } from '#io/database/people/organisations.ts'
import { listPeople } from '#io/database/people/people.ts'
import { getReadyVerdict } from '#io/database/publications/ready-verdicts.ts'
import { actorOf } from '../../../../../desk/actor-of.ts'
import { textIn } from '../../../../../desk/form-fields.ts'
import { namesOf } from '../../../../../desk/inbox-view.ts'
import { attempt } from '../../../../../desk/problem-of.ts'
import { addressOf } from '../../../../../words/address.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { organisationId } = actorOf(event)
  if (organisationId === null) throw new AssayError('not_found', 'An operator has no organisation.')
  const { db } = event.locals.needs
  const { content, caseId, claimReviewId } = await getReadyVerdict(
    db,
    organisationId,
    event.params.verdictId as VerdictId,
  )
  const [organisation, evidence, people] = await Promise.all([
    getOrganisation(db, organisationId),
    listEvidence(db, caseId),
    listPeople(db, organisationId),
  ])
  const cited = new Set(content.answer.flatMap((sentence) => sentence.evidence))
  return {
    content,
    evidence: evidence.filter(({ id }) => cited.has(id)),
    names: namesOf(people),
    caseId,
    claimReviewId,
    organisation: { name: organisation.name, showNames: organisation.showNames },
    isComplete: problemsOfPublishing(organisation).length === 0,
  }
}

export const actions: Actions = {
  publish: async (event) => {
    const { needs, chosenLanguage: lang } = event.locals
    const published = await attempt(
      () => publishVerdict(needs, actorOf(event), event.params.verdictId as VerdictId),
      { typed: null },
    )
    if (!('claimReviewId' in published)) return published
    return redirect(
      303,
      addressOf(`/desk/publications/${published.claimReviewId}`, { done: 'published', lang }),
    )
  },
  correct: async (event) => {
    const { needs, chosenLanguage: lang } = event.locals
    const actor = actorOf(event)
    const data = await event.request.formData()
    const note = { wrong: textIn(data, 'wrong'), changed: textIn(data, 'changed'), why: textIn(data, 'why') }
    const verdictId = event.params.verdictId as VerdictId
    const { claimReviewId } = await getReadyVerdict(
      needs.db,
      actor.organisationId as OrganisationId,
      verdictId,
    )
    if (claimReviewId === null) throw new AssayError('not_found', 'There is nothing yet to correct.')
    const proposed = await attempt(
      async () => ({ revision: await correctReview(needs, actor, { claimReviewId, verdictId, note }) }),
      { typed: note },
    )
    if (!('revision' in proposed)) return proposed
    return redirect(303, addressOf(`/desk/publications/${claimReviewId}`, { done: 'proposed', lang }))
  },
}

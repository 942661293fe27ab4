/** Cases by what is to be done about them; and a new one about what nobody has sent in. */
import { type Actions, redirect } from '@sveltejs/kit'
import { caseViews } from '#domain/case.ts'
import { can, demand } from '#domain/permissions.ts'
import { takeCase } from '#flows/work-case/take-case.ts'
import { viewOf } from '#flows/work-inbox/read-inbox.ts'
import { listCases } from '#io/database/cases/case-list.ts'
import { listPeople } from '#io/database/people/people.ts'
import { actorOf } from '../../../desk/actor-of.ts'
import { textIn } from '../../../desk/form-fields.ts'
import { namesOf } from '../../../desk/inbox-view.ts'
import { attempt } from '../../../desk/problem-of.ts'
import { addressOf } from '../../../words/address.ts'
import type { PageServerLoad } from './$types'

const casesPerPage = 50

export const load: PageServerLoad = async (event) => {
  const actor = actorOf(event)
  const { needs } = event.locals
  const { organisationId, personId, today } = viewOf(needs, actor)
  demand(actor, 'see cases')
  const { searchParams } = event.url
  const view = caseViews.find((one) => one === searchParams.get('view')) ?? 'open'
  const cursor = searchParams.get('cursor') ?? undefined
  const who = { organisationId, personId, isPartner: actor.role !== 'reader' }
  const [page, people] = await Promise.all([
    listCases(needs.db, who, view, { limit: casesPerPage, cursor }),
    listPeople(needs.db, organisationId),
  ])
  return {
    view,
    views: caseViews,
    cases: page.cases,
    next: page.nextCursor,
    first: cursor === undefined,
    names: namesOf(people),
    today,
    mayWork: can(actor, 'work on cases'),
  }
}

export const actions: Actions = {
  open: async (event) => {
    const claim = textIn(await event.request.formData(), 'claim')
    const { needs, chosenLanguage: lang } = event.locals
    const outcome = await attempt(() => takeCase(needs, actorOf(event), { rumourId: null, claim }), { claim })
    if (typeof outcome !== 'string') return outcome
    redirect(303, addressOf(`/desk/cases/${outcome}`, { lang }))
  },
}

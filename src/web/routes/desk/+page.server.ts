/** The way in: to the place where each kind of person works. */
import { problemsOfPublishing } from '#domain/organisation.ts'
import { listCases } from '#io/database/cases/case-list.ts'
import { getOrganisation } from '#io/database/people/organisations.ts'
import { actorOf } from '../../desk/actor-of.ts'
import type { PageServerLoad } from './$types'

/** Plain forms: nothing here needs a script. */
export const csr = false

/** What somebody looks for first. */
const waitingViews = ['review', 'mentions', 'mine'] as const
const casesShown = 5

export const load: PageServerLoad = async (event) => {
  const { organisationId, personId, role } = actorOf(event)
  if (organisationId === null) return { missing: [], waiting: [] }
  const { db } = event.locals.needs
  const who = { organisationId, personId, isPartner: role !== 'reader' }
  const [organisation, ...lists] = await Promise.all([
    getOrganisation(db, organisationId),
    ...waitingViews.map((view) => listCases(db, who, view, { limit: casesShown })),
  ])
  const waiting = waitingViews.map((view, at) => ({ view, cases: lists[at]!.cases }))
  return {
    missing: problemsOfPublishing(organisation),
    waiting: waiting.filter(({ cases }) => cases.length > 0),
  }
}

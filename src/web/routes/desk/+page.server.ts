/** The way in: to the place where each kind of person works. */
import { problemsOfPublishing } from '#domain/organisation.ts'
import { getOrganisation } from '#io/database/people/organisations.ts'
import { actorOf } from '../../desk/actor-of.ts'
import type { PageServerLoad } from './$types'

/** Plain forms: nothing here needs a script. */
export const csr = false

export const load: PageServerLoad = async (event) => {
  const { organisationId } = actorOf(event)
  if (organisationId === null) return { missing: [] }
  const organisation = await getOrganisation(event.locals.needs.db, organisationId)
  return { missing: problemsOfPublishing(organisation) }
}

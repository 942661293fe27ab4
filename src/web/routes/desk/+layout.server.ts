/** For every page of the desk: who is there, and what its forms carry. Its pages may run scripts; each works without. */
import { getOrganisation } from '#io/database/people/organisations.ts'
import type { LayoutServerLoad } from './$types'

export const csr = true

export const load: LayoutServerLoad = async ({ locals: { signedIn, needs } }) => {
  if (!signedIn) return { me: null, formToken: '' }
  const { person, actor, formToken } = signedIn
  const organisation =
    actor.organisationId === null ? null : await getOrganisation(needs.db, actor.organisationId)
  return {
    me: {
      id: person.id,
      name: person.name,
      actor,
      organisation: organisation && { name: organisation.name, shortName: organisation.shortName },
    },
    formToken,
  }
}

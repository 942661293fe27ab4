/** The organisations of this instance, for its operator, who invites their leads. */
import { type Actions, fail } from '@sveltejs/kit'
import { AssayError, httpStatus, isAssayError } from '#domain/errors.ts'
import { organisationLimits, problemsOfPublishing } from '#domain/organisation.ts'
import { can } from '#domain/permissions.ts'
import type { PersonProblem } from '#domain/person.ts'
import { inviteLeadAsOperator } from '#flows/admit-person/invite.ts'
import { listOrganisations } from '#io/database/people/organisations.ts'
import { actorOf } from '../../../desk/actor-of.ts'
import { textIn } from '../../../desk/form-fields.ts'
import type { PageServerLoad } from './$types'

/** Plain forms: nothing here needs a script. */
export const csr = false

export const load: PageServerLoad = async (event) => {
  if (!can(actorOf(event), 'found organisations'))
    throw new AssayError('not_found', 'This page is for operators.')
  const organisations = await listOrganisations(event.locals.needs.db)
  return {
    organisations: organisations.map((organisation) => ({
      name: organisation.name,
      shortName: organisation.shortName,
      mayPublish: problemsOfPublishing(organisation).length === 0,
    })),
  }
}

export const actions: Actions = {
  default: async (event) => {
    const data = await event.request.formData()
    const [organisation, email] = [textIn(data, 'organisation'), textIn(data, 'email')]
    try {
      const invited = { organisation, email }
      const { link } = await inviteLeadAsOperator(event.locals.needs, actorOf(event), invited)
      return { invited: { link, email: email.trim() } }
    } catch (error) {
      if (!isAssayError(error) || !['invalid', 'conflict'].includes(error.code)) throw error
      return fail(httpStatus[error.code], { organisation, email, problem: problemOf(error, organisation) })
    }
  },
}

function problemOf({ code }: AssayError, organisation: string): PersonProblem {
  if (code === 'conflict') return 'email-taken'
  if (organisation.trim() === '') return 'organisation-missing'
  return organisation.trim().length > organisationLimits.nameMax
    ? 'organisation-too-long'
    : 'email-no-address'
}

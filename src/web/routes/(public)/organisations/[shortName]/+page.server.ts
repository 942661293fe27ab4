/** What an organisation that publishes here says of itself; for machines too, as schema.org has it. */

import { AssayError } from '#domain/errors.ts'
import { formatOrganisation } from '#formats/schema-org/format-organisation.ts'
import { findOrganisationByShortName } from '#io/database/people/organisations.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals: { needs } }) => {
  const organisation = await findOrganisationByShortName(needs.db, params.shortName)
  if (!organisation) throw new AssayError('not_found', 'There is no organisation of this name here.')
  const { name, shortName, profile, ratingScale } = organisation
  const url = `${needs.config.publicUrl}/organisations/${shortName}`
  return { name, shortName, profile, ratingScale, markup: formatOrganisation(organisation, url) }
}

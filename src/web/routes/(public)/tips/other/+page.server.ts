/** /tips/other: for what is no claim about facts. The country in the address is all that is asked, and nothing is kept. */
import { findCompetent } from '#flows/find-competent/find-competent.ts'
import { countries } from '../../../../tips/places.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ url, locals }) => {
  const asked = url.searchParams.get('country') ?? ''
  const country = countries.includes(asked) ? asked : null
  return { country, bodies: country === null ? {} : await findCompetent(locals.needs, country) }
}

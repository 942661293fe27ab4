/** Numbers for the lead: of the work and the demand, never of a person. */
import { coarse } from '#domain/rumour.ts'
import { getNumbersNow, listMonthNumbers } from '#io/database/publications/numbers.ts'
import { numberedOrganisationOf } from '../../../desk/numbers-view.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const organisationId = numberedOrganisationOf(event)
  const { db } = event.locals.needs
  const [months, now] = await Promise.all([
    listMonthNumbers(db, organisationId),
    getNumbersNow(db, organisationId),
  ])
  return { months, now: { ...now, openDemand: coarse(now.openDemand) } }
}

/** Numbers for the lead: of the work and the demand, never of a person. */
import { AssayError } from '#domain/errors.ts'
import { can } from '#domain/permissions.ts'
import { coarse } from '#domain/rumour.ts'
import { getNumbersNow, listMonthNumbers } from '#io/database/publications/numbers.ts'
import { actorOf } from '../../../desk/actor-of.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const actor = actorOf(event)
  if (actor.organisationId === null || !can(actor, 'see numbers'))
    throw new AssayError('not_found', 'Numbers are for the lead of an organisation.')
  const { db } = event.locals.needs
  const [months, now] = await Promise.all([
    listMonthNumbers(db, actor.organisationId),
    getNumbersNow(db, actor.organisationId),
  ])
  return { months, now: { ...now, openDemand: coarse(now.openDemand) } }
}

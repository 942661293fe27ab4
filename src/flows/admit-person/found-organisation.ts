/** A new organisation, with nothing said of itself yet. */
import { newId, type OrganisationId } from '#domain/ids.ts'
import { emptyProfile, shortNameOf } from '#domain/organisation.ts'
import { findOrganisationByShortName, insertOrganisation } from '#io/database/people/organisations.ts'
import type { Tx } from '#io/database/schema.ts'
import type { Needs } from '../needs.ts'

/** The short name comes from the name, with a tail when that is taken, and from the id when it has no Latin letters. */
export async function foundOrganisation(
  { ids, clock }: Pick<Needs, 'ids' | 'clock'>,
  tx: Tx,
  name: string,
): Promise<OrganisationId> {
  const id = newId<OrganisationId>(ids)
  const tail = id.slice(-6)
  const wanted = shortNameOf(name, `desk-${tail}`)
  const isTaken = (await findOrganisationByShortName(tx, wanted)) !== null
  const shortName = isTaken ? `${wanted}-${tail}` : wanted
  await insertOrganisation(
    tx,
    { id, shortName, name, profile: emptyProfile, ratingScale: [], showNames: false, shareCopies: false },
    clock.now(),
  )
  return id
}

/** A person of the organisation gets another role: it counts from their next step on, what they did before stays. */
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import type { PersonId } from '#domain/ids.ts'
import { demand } from '#domain/permissions.ts'
import type { OrganisationRole } from '#domain/person.ts'
import { lockOrganisation } from '#io/database/people/organisations.ts'
import { countActive, getPerson, updatePerson } from '#io/database/people/people.ts'
import type { Needs } from '../needs.ts'

/**
 * False when somebody else has given them a third role meanwhile; `was`: the role that the chooser saw.
 * @throws forbidden, not_found for somebody of another organisation, conflict for the last lead or who was removed
 */
export async function changeRole(
  { db }: Pick<Needs, 'db'>,
  actor: Actor,
  { personId, role, was }: Record<'role' | 'was', OrganisationRole> & { personId: PersonId },
): Promise<boolean> {
  demand(actor, 'change roles')
  const { organisationId } = actor
  if (organisationId === null) throw new AssayError('not_found', 'There is no such person here.')
  return db.transaction().execute(async (tx) => {
    await lockOrganisation(tx, organisationId)
    const person = await getPerson(tx, personId, organisationId)
    if (person.state !== 'active') {
      throw new AssayError('conflict', `${person.name} was removed; invite them again with another role.`)
    }
    if (person.role !== was && person.role !== role) return false
    await updatePerson(tx, personId, { ...person, role })
    if ((await countActive(tx, organisationId, 'lead')) === 0) {
      throw new AssayError(
        'conflict',
        'An organisation keeps one lead at least; make somebody else one first.',
      )
    }
    return true
  })
}

/** A person leaves: the ways in go, what they did stays theirs. */
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import type { PersonId } from '#domain/ids.ts'
import { demand } from '#domain/permissions.ts'
import { replaceRecoveryCodes, updateCredentials } from '#io/database/people/credentials.ts'
import { removeInvitation } from '#io/database/people/invitations.ts'
import { lockOrganisation } from '#io/database/people/organisations.ts'
import { removePasskeys } from '#io/database/people/passkeys.ts'
import { countActive, getPerson, updatePerson } from '#io/database/people/people.ts'
import { removeSessions } from '#io/database/people/sessions.ts'
import type { Needs } from '../needs.ts'

/** @throws forbidden, not_found for somebody of another organisation, conflict for the last lead */
export async function removePerson(
  { db }: Pick<Needs, 'db'>,
  actor: Actor,
  personId: PersonId,
): Promise<void> {
  demand(actor, 'remove people')
  const { organisationId } = actor
  if (organisationId === null) throw new AssayError('not_found', 'There is no such person here.')
  await db.transaction().execute(async (tx) => {
    await lockOrganisation(tx, organisationId)
    const person = await getPerson(tx, personId, organisationId)
    await updatePerson(tx, personId, { ...person, state: 'removed' })
    if ((await countActive(tx, organisationId, 'lead')) === 0) {
      throw new AssayError('conflict', 'An organisation keeps one lead at least; invite another one first.')
    }
    await updateCredentials(tx, personId, { passwordHash: null, totpSecret: null })
    await replaceRecoveryCodes(tx, personId, [])
    await removePasskeys(tx, personId)
    await removeSessions(tx, personId, null)
  })
}

/** The link of an invitation of one's own organisation opens nothing any more. @throws forbidden */
export async function withdrawInvitation(
  { db }: Pick<Needs, 'db'>,
  actor: Actor,
  email: string,
): Promise<void> {
  demand(actor, 'invite people')
  const { organisationId } = actor
  if (organisationId === null) return
  await db.transaction().execute((tx) => removeInvitation(tx, organisationId, email))
}

/** The people of one's own organisation; its lead invites, changes roles and removes. */
import { type Actions, fail } from '@sveltejs/kit'
import { AssayError, httpStatus, isAssayError } from '#domain/errors.ts'
import { isId, type PersonId } from '#domain/ids.ts'
import { can } from '#domain/permissions.ts'
import { organisationRoles } from '#domain/person.ts'
import { changeRole } from '#flows/admit-person/change-role.ts'
import { inviteByLead } from '#flows/admit-person/invite.ts'
import { removePerson, withdrawInvitation } from '#flows/admit-person/remove-person.ts'
import { listInvitations } from '#io/database/people/invitations.ts'
import { listPeople } from '#io/database/people/people.ts'
import { actorOf } from '../../../desk/actor-of.ts'
import { textIn } from '../../../desk/form-fields.ts'
import type { PageServerLoad } from './$types'

/** Plain forms: nothing here needs a script. */
export const csr = false

export const load: PageServerLoad = async (event) => {
  const actor = actorOf(event)
  const { organisationId } = actor
  if (organisationId === null) throw new AssayError('not_found', 'An operator has no organisation.')
  const { db, clock } = event.locals.needs
  const mayInvite = can(actor, 'invite people')
  const [people, invitations] = await Promise.all([
    listPeople(db, organisationId),
    mayInvite ? listInvitations(db, organisationId, clock.now()) : [],
  ])
  return {
    people: people.map(({ id, name, role, email, state }) => ({
      id,
      name,
      role,
      email: mayInvite ? email : null,
      isActive: state === 'active',
    })),
    invitations: invitations.map(({ email, role, expiresAt }) => ({
      email,
      role,
      expiresAt: expiresAt.toISOString(),
    })),
    mayInvite,
    mayChange: can(actor, 'change roles'),
    mayRemove: can(actor, 'remove people'),
  }
}

function personIn(data: FormData): PersonId {
  const id = textIn(data, 'person')
  if (!isId<PersonId>(id)) throw new AssayError('not_found', 'There is no such person here.')
  return id
}

/** What keeps an organisation from being without a lead is said; everything else is thrown on. */
async function unlessLast(done: 'role' | 'removed', work: () => Promise<void>) {
  try {
    await work()
    return { done }
  } catch (error) {
    if (!isAssayError(error) || error.code !== 'conflict') throw error
    return fail(409, { problem: 'last-lead' as const, email: '', role: 'checker' as const })
  }
}

export const actions: Actions = {
  invite: async (event) => {
    const data = await event.request.formData()
    const email = textIn(data, 'email')
    const role = organisationRoles.find((one) => one === textIn(data, 'role')) ?? 'reader'
    try {
      const { link } = await inviteByLead(event.locals.needs, actorOf(event), { role, email })
      return { invited: { link, email: email.trim() } }
    } catch (error) {
      if (!isAssayError(error) || !['invalid', 'conflict'].includes(error.code)) throw error
      const problem = error.code === 'invalid' ? ('email-no-address' as const) : ('email-taken' as const)
      return fail(httpStatus[error.code], { problem, email, role })
    }
  },
  withdraw: async (event) => {
    const email = textIn(await event.request.formData(), 'email')
    await withdrawInvitation(event.locals.needs, actorOf(event), email)
    return { done: 'withdrawn' as const }
  },
  role: async (event) => {
    const actor = actorOf(event)
    const data = await event.request.formData()
    const personId = personIn(data)
    const [role, was] = ['role', 'was'].map((name) =>
      organisationRoles.find((one) => one === textIn(data, name)),
    )
    if (!role || !was) throw new AssayError('invalid', `Choose a role: ${organisationRoles.join(', ')}.`)
    let isChanged = false
    const done = await unlessLast('role', async () => {
      isChanged = await changeRole(event.locals.needs, actor, { personId, role, was })
    })
    // The choice stays in the form, what the other has given stands beside it, and giving it again is a decision.
    return isChanged || !('done' in done) ? done : fail(httpStatus.conflict, { other: { personId, role } })
  },
  remove: async (event) => {
    const actor = actorOf(event)
    const personId = personIn(await event.request.formData())
    return unlessLast('removed', () => removePerson(event.locals.needs, actor, personId))
  },
}

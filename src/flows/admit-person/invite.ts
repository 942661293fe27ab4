/** invite → one-time link → accept → sign in. An invitation is a secret that only its link holds. */
import type { Actor, Role } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import type { OrganisationId } from '#domain/ids.ts'
import { organisationLimits } from '#domain/organisation.ts'
import { demand } from '#domain/permissions.ts'
import { type OrganisationRole, parseEmail } from '#domain/person.ts'
import { replaceInvitation } from '#io/database/people/invitations.ts'
import { findOrganisationByName, findOrganisationByShortName } from '#io/database/people/organisations.ts'
import { countPeople, findPersonByEmail } from '#io/database/people/people.ts'
import type { Tx } from '#io/database/schema.ts'
import type { Needs } from '../needs.ts'
import { foundOrganisation } from './found-organisation.ts'

type InviteNeeds = Pick<Needs, 'db' | 'keys' | 'ids' | 'clock' | 'config'>

/** Days in which a link can be accepted. */
export const invitationDays = 7

export interface InvitationLink {
  link: string
  expiresAt: Date
}

/** Whom the operator wants to invite. */
export interface Invited {
  /** By name or short name; null: an operator. */
  organisation: string | null
  role: Role
  email: string
}

/** @throws invalid when nobody can be invited so */
export function parseInvited({ organisation, role, email: given }: Invited): Invited {
  const email = parseEmail(given)
  if (email === null) throw new AssayError('invalid', `${JSON.stringify(given)} is no mail address.`)
  const name = organisation?.trim() ?? null
  if ((role === 'operator') !== (name === null)) {
    throw new AssayError('invalid', 'Name the organisation with --organisation; only an operator has none.')
  }
  if (name !== null && (name === '' || name.length > organisationLimits.nameMax)) {
    throw new AssayError('invalid', `An organisation's name has 1 to ${organisationLimits.nameMax} letters.`)
  }
  return { organisation: name, role, email }
}

/**
 * What the operator's command does: the organisation is made when there is none of this name. A link for somebody who
 * is here already lets them set a new password or passkey.
 * @throws conflict when that person is of another organisation
 */
export async function inviteByOperator(needs: InviteNeeds, given: Invited): Promise<InvitationLink> {
  const { organisation, role, email } = parseInvited(given)
  return needs.db.transaction().execute(async (tx) => {
    const organisationId = organisation === null ? null : await idOfOrganisation(needs, tx, organisation)
    const person = await findPersonByEmail(tx, email)
    if (person && person.organisationId !== organisationId) {
      throw new AssayError(
        'conflict',
        `${email} belongs to somebody of another organisation; use another address.`,
      )
    }
    return newInvitation(needs, tx, { organisationId, role, email })
  })
}

/**
 * The same at the desk, for a lead. Only the command line opens the place of somebody who is here already.
 * @throws forbidden, invalid, conflict when the address belongs to somebody
 */
export async function inviteLeadAsOperator(
  needs: InviteNeeds,
  actor: Actor,
  given: { organisation: string; email: string },
): Promise<InvitationLink> {
  demand(actor, 'found organisations')
  const invited = parseInvited({ ...given, role: 'lead' })
  if (await findPersonByEmail(needs.db, invited.email)) {
    throw new AssayError('conflict', 'Somebody with this address is here already.')
  }
  return inviteByOperator(needs, invited)
}

/**
 * A lead asks somebody new into the own organisation.
 * @throws forbidden, invalid, conflict when the address belongs to somebody who is here: a link would give their name
 * to whoever has it, and then one person could be two
 */
export async function inviteByLead(
  needs: InviteNeeds,
  actor: Actor,
  { role, email: given }: { role: OrganisationRole; email: string },
): Promise<InvitationLink> {
  demand(actor, 'invite people')
  const email = parseEmail(given)
  if (email === null) throw new AssayError('invalid', 'This is no mail address.')
  return needs.db.transaction().execute(async (tx) => {
    const person = await findPersonByEmail(tx, email)
    const cameBefore = person?.state === 'removed' && person.organisationId === actor.organisationId
    if (person && !cameBefore) {
      throw new AssayError('conflict', 'Somebody with this address is here already.')
    }
    return newInvitation(needs, tx, { organisationId: actor.organisationId, role, email })
  })
}

/** For an instance without people: whoever has the link founds its first organisation as its lead. Null: somebody is here. */
export async function inviteFirstLead(needs: InviteNeeds): Promise<InvitationLink | null> {
  if ((await countPeople(needs.db)) > 0) return null
  return needs.db
    .transaction()
    .execute((tx) => newInvitation(needs, tx, { organisationId: null, role: 'lead', email: null }))
}

async function newInvitation(
  { keys, ids, clock, config }: InviteNeeds,
  tx: Tx,
  invited: { organisationId: OrganisationId | null; role: Role; email: string | null },
): Promise<InvitationLink> {
  const secret = Buffer.from(ids.randomBytes(24)).toString('base64url')
  const now = clock.now()
  const expiresAt = new Date(now.getTime() + invitationDays * 24 * 60 * 60 * 1000)
  await replaceInvitation(tx, keys.mac('invitation', secret), { ...invited, expiresAt }, now)
  return { link: `${config.publicUrl}/desk/invitations/${secret}`, expiresAt }
}

async function idOfOrganisation(needs: InviteNeeds, tx: Tx, name: string): Promise<OrganisationId> {
  const found =
    (await findOrganisationByName(tx, name)) ?? (await findOrganisationByShortName(tx, name.toLowerCase()))
  return found?.id ?? foundOrganisation(needs, tx, name)
}

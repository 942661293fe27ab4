/** link → person with password and authenticator app, or with a passkey → signed in. All of it, or nothing and the link stays. */
import type { Role } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import { newId, type PersonId } from '#domain/ids.ts'
import { organisationLimits } from '#domain/organisation.ts'
import {
  type Person,
  type PersonProblem,
  parseEmail,
  problemsOfName,
  problemsOfPassword,
} from '#domain/person.ts'
import { updateCredentials } from '#io/database/people/credentials.ts'
import { findInvitation, type Invitation, spendInvitation } from '#io/database/people/invitations.ts'
import { getOrganisation } from '#io/database/people/organisations.ts'
import { insertPasskey, removePasskeys } from '#io/database/people/passkeys.ts'
import { findPersonByEmail, insertPerson, updatePerson } from '#io/database/people/people.ts'
import { removeSessions } from '#io/database/people/sessions.ts'
import type { Tx } from '#io/database/schema.ts'
import { hashPassword } from '#io/passwords.ts'
import type { Needs } from '../needs.ts'
import { foundOrganisation } from './found-organisation.ts'
import { type NewPasskey, passkeyName, readNewPasskey } from './passkeys.ts'
import { confirmTotpSetUp, renewRecoveryCodes } from './second-factor.ts'
import { beginSession } from './sessions.ts'

type AcceptNeeds = Pick<Needs, 'db' | 'keys' | 'ids' | 'clock' | 'config'>

/** What the link is for, for the page that it opens. */
export interface OpenInvitation {
  role: Role
  /** Null: whoever accepts says it. */
  email: string | null
  /** Null for an operator, and for somebody who founds it. */
  organisation: string | null
  founds: boolean
  /** The name of somebody who was here before, and sets a new way in. */
  name: string | null
}

/** Null: the link is unknown, used or over, which is all the same to whoever holds it. */
export async function findOpenInvitation(needs: AcceptNeeds, secret: string): Promise<OpenInvitation | null> {
  const invitation = await invitationOf(needs, secret)
  if (!invitation) return null
  const { role, email, organisationId } = invitation
  const organisation = organisationId === null ? null : await getOrganisation(needs.db, organisationId)
  const person = email === null ? null : await findPersonByEmail(needs.db, email)
  return {
    role,
    email,
    organisation: organisation?.name ?? null,
    founds: organisation === null && role !== 'operator',
    name: person?.name ?? null,
  }
}

export interface Acceptance {
  /** Where the invitation leaves them open. */
  email: string
  organisation: string
  name: string
  password: string
  /** From the page: the sealed secret of the authenticator app, and a first code of it. */
  totp: string
  code: string
  /** What the device made; empty without. */
  passkey: string
}

export type Accepted =
  | { ok: true; session: string; recoveryCodes: string[] }
  | { ok: false; problems: PersonProblem[] }
  | { ok: false; problems: 'gone' }

/** @throws unavailable when too many sign in at once */
export async function acceptInvitation(
  needs: AcceptNeeds,
  secret: string,
  given: Acceptance,
  earlierSession: string | null,
): Promise<Accepted> {
  const invitation = await invitationOf(needs, secret)
  if (!invitation) return { ok: false, problems: 'gone' }
  const email = invitation.email ?? parseEmail(given.email)
  const problems = [...problemsOfPlace(invitation, email, given), ...problemsOfName(given.name)]
  const proof = await proofOf(needs, given, email)
  if ('problems' in proof) problems.push(...proof.problems)
  if (problems.length > 0 || email === null || 'problems' in proof) return { ok: false, problems }
  return needs.db.transaction().execute(async (tx): Promise<Accepted> => {
    const person = await findPersonByEmail(tx, email)
    // Only a link that was made for this very address may open somebody's place again.
    const isTheirs = invitation.email === email && person?.organisationId === invitation.organisationId
    if (person && !isTheirs) return { ok: false, problems: ['email-taken'] }
    if (!(await spendInvitation(tx, needs.keys.mac('invitation', secret))))
      return { ok: false, problems: 'gone' }
    const personId = await admit(needs, tx, invitation, person, { ...given, email })
    await prove(needs, tx, personId, proof)
    const recoveryCodes = await renewRecoveryCodes(needs, tx, personId)
    return { ok: true, session: await beginSession(needs, tx, personId, earlierSession), recoveryCodes }
  })
}

function invitationOf({ db, keys, clock }: AcceptNeeds, secret: string): Promise<Invitation | null> {
  return findInvitation(db, keys.mac('invitation', secret.slice(0, 100)), clock.now())
}

function problemsOfPlace(invitation: Invitation, email: string | null, given: Acceptance): PersonProblem[] {
  const problems: PersonProblem[] = []
  if (email === null) problems.push('email-no-address')
  if (!founds(invitation)) return problems
  const { length } = given.organisation.trim()
  if (length === 0) problems.push('organisation-missing')
  if (length > organisationLimits.nameMax) problems.push('organisation-too-long')
  return problems
}

function founds({ organisationId, role }: Invitation): boolean {
  return organisationId === null && role !== 'operator'
}

type Proof = { passkey: NewPasskey } | { passwordHash: string; totpSecret: Uint8Array }

/** A passkey where there is one, else password and code. */
async function proofOf(
  needs: AcceptNeeds,
  { passkey: response, password, totp, code, name }: Acceptance,
  email: string | null,
): Promise<Proof | { problems: PersonProblem[] }> {
  if (response !== '') {
    const passkey = await readNewPasskey(needs, response)
    return passkey ? { passkey } : { problems: ['passkey-wrong'] }
  }
  const problems = problemsOfPassword(password, [name, email ?? ''])
  const totpSecret = confirmTotpSetUp(needs, totp, code)
  if (code.trim() === '') problems.push('code-missing')
  else if (totpSecret === null) problems.push('code-wrong')
  if (problems.length > 0 || totpSecret === null) return { problems }
  return { passwordHash: await hashPassword(password), totpSecret }
}

/** The person, made or, when they were here before, let in again with nothing left of the old ways in. */
async function admit(
  needs: AcceptNeeds,
  tx: Tx,
  invitation: Invitation,
  person: Person | null,
  { email, name, organisation }: { email: string; name: string; organisation: string },
): Promise<PersonId> {
  const { role } = invitation
  if (person) {
    await updatePerson(tx, person.id, { role, name: name.trim(), state: 'active' })
    await removePasskeys(tx, person.id)
    await removeSessions(tx, person.id, null)
    return person.id
  }
  const organisationId = founds(invitation)
    ? await foundOrganisation(needs, tx, organisation.trim())
    : invitation.organisationId
  const id = newId<PersonId>(needs.ids)
  const made: Person = { id, organisationId, role, email, name: name.trim(), state: 'active' }
  if (!(await insertPerson(tx, made, needs.clock.now())))
    throw new AssayError('conflict', 'Somebody came in with this mail address just now; use another.')
  return id
}

async function prove({ clock }: AcceptNeeds, tx: Tx, personId: PersonId, proof: Proof): Promise<void> {
  if ('passkey' in proof) {
    await updateCredentials(tx, personId, { passwordHash: null, totpSecret: null })
    await insertPasskey(tx, { ...proof.passkey, personId, name: passkeyName(''), createdAt: clock.now() })
  } else {
    await updateCredentials(tx, personId, proof)
  }
}

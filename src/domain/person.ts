/** A person of the desk: of one organisation, or an operator of the instance. */
import type { Actor, Role } from './actor.ts'
import type { OrganisationId, PersonId } from './ids.ts'

export interface Person {
  id: PersonId
  /** Null: an operator. */
  organisationId: OrganisationId | null
  role: Role
  email: string
  name: string
  /** What a removed person did stays theirs; they only cannot come in any more. */
  state: PersonState
}

export type PersonState = 'active' | 'removed'

/** The roles that an organisation gives to its people. */
export const organisationRoles = ['checker', 'lead', 'reader'] as const satisfies readonly Role[]
export type OrganisationRole = (typeof organisationRoles)[number]

/** In characters. */
export const personLimits = { nameMax: 100, emailMax: 254, passwordMin: 12, passwordMax: 200 } as const

/** How a person acts. */
export function actorOfPerson({ id: personId, organisationId, role }: Person): Actor {
  if (role === 'operator') return { personId, organisationId: null, role }
  if (organisationId === null)
    throw new Error(`The person ${personId} has a role of an organisation but none.`)
  return { personId, organisationId, role }
}

/** The address in the one form in which it is kept and compared; null when it is none. */
export function parseEmail(text: string): string | null {
  const email = text.trim().toLowerCase()
  const looksRight = /^[^\s@<>()[\]\\,;:"]+@[^\s@.]+(\.[^\s@.]+)+$/u.test(email)
  return looksRight && email.length <= personLimits.emailMax ? email : null
}

/** What is wrong with what somebody says of themselves: the field, then the fault. */
export type PersonProblem =
  | 'email-no-address'
  | 'email-taken'
  | 'name-missing'
  | 'name-too-long'
  | 'password-missing'
  | 'password-too-short'
  | 'password-too-long'
  | 'password-is-name'
  | 'code-missing'
  | 'code-wrong'
  | 'passkey-wrong'
  | 'organisation-missing'
  | 'organisation-too-long'

export function problemsOfName(name: string): PersonProblem[] {
  if (name.trim() === '') return ['name-missing']
  return name.length > personLimits.nameMax ? ['name-too-long'] : []
}

/** Length is what counts; the one other thing is that it is not the person's own address or name. */
export function problemsOfPassword(password: string, known: string[]): PersonProblem[] {
  const { passwordMin, passwordMax } = personLimits
  if (password === '') return ['password-missing']
  if ([...password].length < passwordMin) return ['password-too-short']
  if (password.length > passwordMax) return ['password-too-long']
  const same = known.some((text) => text.trim().toLowerCase() === password.trim().toLowerCase())
  return same ? ['password-is-name'] : []
}

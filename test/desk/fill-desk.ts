/** Two organisations that may publish, their people and an operator, all with password, app and session. */
import { randomBytes } from 'node:crypto'
import type { Actor, Role } from '#domain/actor.ts'
import { newId, type OrganisationId, type PersonId } from '#domain/ids.ts'
import type { OrganisationProfile } from '#domain/organisation.ts'
import { actorOfPerson, type Person } from '#domain/person.ts'
import { beginSession, findSignedIn } from '#flows/admit-person/sessions.ts'
import type { DatabaseNeeds } from '#flows/needs.ts'
import { updateCredentials } from '#io/database/people/credentials.ts'
import { insertOrganisation } from '#io/database/people/organisations.ts'
import { insertPerson } from '#io/database/people/people.ts'
import { hashPassword } from '#io/passwords.ts'

const everybody = {
  northLead: ['north', 'lead', 'Nadia Lead'],
  northChecker: ['north', 'checker', 'Chen Checker'],
  northReader: ['north', 'reader', 'Rosa Reader'],
  southLead: ['south', 'lead', 'Samir Lead'],
  southChecker: ['south', 'checker', 'Sofia Checker'],
  operator: [null, 'operator', 'Otto Operator'],
} as const satisfies Record<string, [organisation: 'north' | 'south' | null, role: Role, name: string]>

export type DeskName = keyof typeof everybody
export const deskNames = Object.keys(everybody) as DeskName[]

/** Of everybody at the desk under test. */
export const deskPassword = 'five quiet words at dawn'

export interface DeskPerson extends Person {
  actor: Actor
  /** Of the authenticator app. */
  totpSecret: Uint8Array
  /** The session's secret, as the cookie carries it. */
  session: string
  /** What a form of this session carries as `token`. */
  formToken: string
}

export interface FilledDesk {
  people: Record<DeskName, DeskPerson>
  organisations: Record<'north' | 'south', OrganisationId>
}

const cookieName = '__Host-assay'

export function cookieOf({ session }: DeskPerson): Record<string, string> {
  return { cookie: `${cookieName}=${session}` }
}

export function browserCookieOf(siteUrl: string, { session }: DeskPerson) {
  // Chromium takes a `__Host-` cookie only for a secure address; it then sends it to this machine over http too.
  const url = siteUrl.replace(/^http:/, 'https:')
  return { name: cookieName, value: session, url, httpOnly: true, secure: true, sameSite: 'Strict' as const }
}

const profile: OrganisationProfile = {
  about: 'A desk that exists in tests only.',
  method: 'Two people read every source, and the second did not find it.',
  funding: 'Members pay a yearly fee; nobody gives more than a tenth.',
  ownership: 'A registered association, owned by its forty members.',
  staffContact: 'desk@organisation.example',
  correctionsPolicy: 'We correct within a day and say at the top what was wrong.',
  website: '',
}

export async function fillDesk(
  needs: Pick<DatabaseNeeds, 'db' | 'ids' | 'clock' | 'keys'>,
): Promise<FilledDesk> {
  const { db, ids, clock, keys } = needs
  const organisations = { north: newId<OrganisationId>(ids), south: newId<OrganisationId>(ids) }
  const passwordHash = await hashPassword(deskPassword)
  const people = await db.transaction().execute(async (tx) => {
    for (const [shortName, id] of Object.entries(organisations)) {
      const name = shortName === 'north' ? 'North Desk' : 'South Desk'
      const ratingScale = [
        { label: 'Right', value: 'true' as const },
        { label: 'Out of context', value: 'missing-context' as const },
        { label: 'Wrong', value: 'false' as const },
      ]
      await insertOrganisation(
        tx,
        { id, shortName, name, profile, ratingScale, showNames: false, shareCopies: false },
        clock.now(),
      )
    }
    const made: [DeskName, Omit<DeskPerson, 'formToken'>][] = []
    for (const name of deskNames) {
      const [organisation, role, fullName] = everybody[name]
      const person: Person = {
        id: newId<PersonId>(ids),
        organisationId: organisation && organisations[organisation],
        role,
        email: `${name.toLowerCase()}@desk.example`,
        name: fullName,
        state: 'active',
      }
      await insertPerson(tx, person, clock.now())
      const totpSecret = new Uint8Array(randomBytes(20))
      const sealed = keys.seal('totp secret', totpSecret)
      await updateCredentials(tx, person.id, { passwordHash, totpSecret: sealed })
      const session = await beginSession(needs, tx, person.id, null)
      made.push([name, { ...person, actor: actorOfPerson(person), totpSecret, session }])
    }
    return made
  })
  const withTokens = people.map(async ([name, person]) => {
    const signedIn = await findSignedIn(needs, person.session)
    return [name, { ...person, formToken: signedIn!.formToken }] as const
  })
  const byName = Object.fromEntries(await Promise.all(withTokens)) as Record<DeskName, DeskPerson>
  return { organisations, people: byName }
}

/**
 * The real site with a desk: two organisations, their people and an operator, everybody signed in. For tests that act as
 * one of them, by requests or in a browser.
 */
import { randomBytes } from 'node:crypto'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Site } from '#cli/site/open-site.ts'
import type { Actor, Role } from '#domain/actor.ts'
import { newId, type OrganisationId, type PersonId } from '#domain/ids.ts'
import type { OrganisationProfile } from '#domain/organisation.ts'
import { actorOfPerson, type Person } from '#domain/person.ts'
import { beginSession, findSignedIn } from '#flows/admit-person/sessions.ts'
import type { DatabaseNeeds, Needs } from '#flows/needs.ts'
import { updateCredentials } from '#io/database/people/credentials.ts'
import { insertOrganisation } from '#io/database/people/organisations.ts'
import { insertPerson } from '#io/database/people/people.ts'
import { hashPassword } from '#io/passwords.ts'
import { freshDatabase } from './fresh-database.ts'
import { type Look, openBrowser, openReader } from './pages/browser.ts'
import { openFilledSite } from './pages/open-filled-site.ts'

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

export interface DeskSite {
  readonly site: Site
  readonly needs: Needs
  readonly people: Record<DeskName, DeskPerson>
  readonly organisations: Record<'north' | 'south', OrganisationId>
  /** GET, as one of them or as nobody; redirects are not followed. */
  get(who: DeskName | null, path: string): Promise<Response>
  /** A form as the browser sends it, token and origin included; `headers` replace what they name. */
  post(
    who: DeskName | null,
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Response>
  /** A browser in which this person is signed in; closed after the test. */
  browse(who: DeskName | null, look?: Look): Promise<BrowserContext>
}

interface Opened {
  site: Site
  people: Record<DeskName, DeskPerson>
  organisations: Record<'north' | 'south', OrganisationId>
}

/** Call at the top of a test file. */
export function openDeskSite(): DeskSite {
  let opened: Opened | undefined
  let browser: Browser | undefined
  const opening = freshDatabase()
  opening.catch(() => {})

  beforeAll(async () => {
    const site = await openFilledSite({ database: await opening, empty: true })
    opened = { site, ...(await fillDesk(site.needs)) }
  })
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close()
  })
  afterAll(async () => {
    await browser?.close()
    await opened?.site.close()
  })

  const now = (): Opened => {
    if (!opened) throw new Error('The desk is opened in beforeAll.')
    return opened
  }
  return {
    get site() {
      return now().site
    },
    get needs() {
      return now().site.needs
    },
    get people() {
      return now().people
    },
    get organisations() {
      return now().organisations
    },
    get: (who, path) =>
      fetch(now().site.url + path, { redirect: 'manual', headers: who ? cookieOf(now().people[who]) : {} }),
    post: (who, path, fields, headers = {}) => {
      const person = who && now().people[who]
      return fetch(now().site.url + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: now().site.url, ...(person ? cookieOf(person) : {}), ...headers },
        body: new URLSearchParams(person ? { token: person.formToken, ...fields } : fields),
      })
    },
    browse: async (who, look = { width: 'desk', javaScript: true }) => {
      browser ??= await openBrowser()
      const context = await openReader(browser, look)
      if (who) await context.addCookies([browserCookieOf(now().site.url, now().people[who])])
      return context
    },
  }
}

const cookieName = '__Host-assay'

function cookieOf({ session }: DeskPerson): Record<string, string> {
  return { cookie: `${cookieName}=${session}` }
}

function browserCookieOf(siteUrl: string, { session }: DeskPerson) {
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

/** Organisations that may publish, and everybody in them with password, app and session. */
export async function fillDesk(needs: DatabaseNeeds): Promise<Omit<Opened, 'site'>> {
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
        { id, shortName, name, profile, ratingScale, showNames: false },
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

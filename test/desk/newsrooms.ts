/** Two organisations with their people, and rumours to work on: what tests of the desk start from. */
import { randomBytes } from 'node:crypto'
import type { Actor } from '#domain/actor.ts'
import type { EvidenceFields } from '#domain/evidence.ts'
import { type IdSource, newId, type OrganisationId, type PersonId, type RumourId } from '#domain/ids.ts'
import { emptyProfile } from '#domain/organisation.ts'
import type { VerdictDraft } from '#domain/verdict.ts'
import type { Database } from '#io/database/open.ts'

export const scale = [
  { label: 'Right', value: 'true' },
  { label: 'Wrong', value: 'false' },
  { label: 'Nobody can know', value: 'not-checkable' },
] as const

/** A clock that a test moves, and ids by it. */
export class TestClock {
  at = Date.parse('2026-03-01T09:00:00Z')
  readonly now = () => new Date(this.at)
  readonly ids: IdSource = { now: this.now, randomBytes: (count) => randomBytes(count) }
  pass(minutes: number): void {
    this.at += minutes * 60_000
  }
}

export type DeskActor = Extract<Actor, { organisationId: OrganisationId }>

export interface Newsrooms {
  clock: TestClock
  needs: { db: Database; clock: TestClock; ids: IdSource }
  lead: DeskActor
  ana: DeskActor
  ben: DeskActor
  cy: DeskActor
  reader: DeskActor
  /** Of the other organisation. */
  rival: DeskActor
  rivalLead: DeskActor
  operator: Actor
  names: Map<PersonId, string>
  rumour(wording?: string): Promise<RumourId>
}

export async function openNewsrooms(db: Database): Promise<Newsrooms> {
  const clock = new TestClock()
  const names = new Map<PersonId, string>()
  const organisation = async (name: string): Promise<OrganisationId> => {
    const id = newId<OrganisationId>(clock.ids)
    await db
      .insertInto('organisations')
      .values({
        id,
        short_name: `${name.toLowerCase()}-${id.slice(-6)}`,
        name,
        profile: JSON.stringify(emptyProfile),
        rating_scale: JSON.stringify(scale),
        created_at: clock.now(),
      })
      .execute()
    return id
  }
  const person = async (organisationId: OrganisationId | null, role: Actor['role'], name: string) => {
    const id = newId<PersonId>(clock.ids)
    names.set(id, name)
    await db
      .insertInto('people')
      .values({
        id,
        organisation_id: organisationId,
        role,
        email: `${id}@desk.example`,
        name,
        state: 'active',
        password_hash: null,
        totp_secret: null,
        totp_step: null,
        created_at: clock.now(),
      })
      .execute()
    return { personId: id, organisationId, role }
  }
  const own = await organisation('Harbour')
  const other = await organisation('Meadow')
  const desk = async (at: OrganisationId, role: DeskActor['role'], name: string) =>
    (await person(at, role, name)) as DeskActor
  return {
    clock,
    needs: { db, clock, ids: clock.ids },
    lead: await desk(own, 'lead', 'Lea'),
    ana: await desk(own, 'checker', 'Ana'),
    ben: await desk(own, 'checker', 'Ben'),
    cy: await desk(own, 'checker', 'Cy'),
    reader: await desk(own, 'reader', 'Rae'),
    rival: await desk(other, 'checker', 'Max'),
    rivalLead: await desk(other, 'lead', 'Mia'),
    operator: (await person(null, 'operator', 'Opal')) as Actor,
    names,
    rumour: async (wording = 'The bridge fell in 1998') => {
      const id = newId<RumourId>(clock.ids)
      await db
        .insertInto('rumours')
        .values({
          id,
          state: 'open',
          wording,
          lang: 'en',
          first_day: '2026-02-20',
          last_day: '2026-02-28',
          demand: 3,
          merged_into: null,
        })
        .execute()
      return id
    },
  }
}

export const link: EvidenceFields = {
  kind: 'link',
  url: 'https://bridge.example/history',
  title: 'History of the bridge',
  text: '',
  shows: 'It was repaired in 1998.',
  date: '2020-05-04',
  outcome: '',
}

/** What a whole draft says; its evidence is the case's own. */
export function contentOf(
  evidence: VerdictDraft['answer'][number]['evidence'],
  change: Partial<VerdictDraft> = {},
): Omit<VerdictDraft, 'ratingValue'> {
  const { ratingValue: _, ...content } = {
    claim: 'The bridge fell in 1998',
    lang: 'en',
    ratingLabel: 'Wrong',
    ratingValue: null,
    summary: 'It stands.',
    answer: [{ text: 'It was repaired, and stands.', evidence }],
    unknown: null,
    notCheckable: null,
    translations: [],
    appearances: [],
    claimedOn: null,
    ...change,
  }
  return content
}

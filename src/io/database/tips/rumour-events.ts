/** What the desk did to a rumour, by whom and why: never changed afterwards. */
import { sql } from 'kysely'
import type { OrganisationId, PersonId, RumourEventId, RumourId } from '#domain/ids.ts'
import type { Database, Tx } from '../schema.ts'

/**
 * `merged`, `split` and `apart` name the other rumour, `answered` the review, `worded` the words, `opened` the tip and the
 * reason.
 */
export const rumourEventKinds = ['merged', 'split', 'apart', 'answered', 'opened', 'worded'] as const
export type RumourEventKind = (typeof rumourEventKinds)[number]

export interface RumourEvent {
  id: RumourEventId
  rumourId: RumourId
  kind: RumourEventKind
  personId: PersonId
  detail: Record<string, unknown>
  now: Date
}

export async function insertRumourEvent(
  tx: Tx,
  { id, rumourId, kind, personId, detail, now }: RumourEvent,
): Promise<void> {
  await tx
    .insertInto('rumour_events')
    .values({
      id,
      rumour_id: rumourId,
      kind,
      person_id: personId,
      detail: JSON.stringify(detail),
      at: now,
    })
    .execute()
}

/** An event as people of one organisation may read it. */
export interface SeenRumourEvent {
  kind: RumourEventKind
  at: string
  /** Null: somebody of another organisation. */
  personId: PersonId | null
  /** The other rumour; null where there is none. */
  other: RumourId | null
  /** Why an original was opened; of the own organisation only. */
  reason: string | null
}

/** The newest first. Of other organisations what was done is told, and nothing of who. */
export async function listRumourEvents(
  db: Database,
  rumourId: RumourId,
  organisationId: OrganisationId,
  limit: number,
): Promise<SeenRumourEvent[]> {
  const { rows } = await sql<SeenRumourEvent>`
    select e.kind, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
      case when own.ours then e.person_id end as "personId", e.detail ->> 'other' as other,
      case when own.ours then e.detail ->> 'reason' end as reason
    from rumour_events e left join people p on p.id = e.person_id
      cross join lateral (select p.organisation_id = ${organisationId} as ours) own
    where e.rumour_id = ${rumourId} order by e.id desc limit ${limit}`.execute(db)
  return rows
}

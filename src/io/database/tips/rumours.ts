/** Rumours: what tips are grouped into, and how much each is asked. */
import { sql } from 'kysely'
import { AssayError } from '#domain/errors.ts'
import type { RumourId } from '#domain/ids.ts'
import { type Rumour, type RumourState, wordingsPerDayMax } from '#domain/rumour.ts'
import { notify } from '../connection/hints.ts'
import type { Database, Tx } from '../schema.ts'
import { topicWordsOf } from '../topic-words.ts'
import { dayText } from './day-text.ts'

export async function insertRumour(
  tx: Tx,
  { id, lang, day }: { id: RumourId; lang: string | null; day: string },
): Promise<void> {
  await tx
    .insertInto('rumours')
    .values({
      id,
      state: 'open',
      wording: null,
      lang,
      first_day: day,
      last_day: day,
      merged_into: null,
    })
    .execute()
}

export async function findRumour(db: Database, id: RumourId): Promise<Rumour | null> {
  return (await selectRumours(db).where('id', '=', id).executeTakeFirst()) ?? null
}

/** @throws not_found */
export async function getRumour(db: Database, id: RumourId): Promise<Rumour> {
  const rumour = await findRumour(db, id)
  if (!rumour) throw new AssayError('not_found', 'There is no rumour of this id here.')
  return rumour
}

export interface RumourFilter {
  state?: RumourState | undefined
  lang?: string | undefined
  /** Only those with an approved wording: all that the public may see. */
  worded?: boolean | undefined
}

export interface RumourPage {
  rumours: Rumour[]
  /** Where the next page starts; null at the end. */
  nextCursor: string | null
}

/** The most asked first; merged ones are left out. @throws invalid for a cursor that is none */
export async function listRumours(
  db: Database,
  { state, lang, worded }: RumourFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<RumourPage> {
  const after = cursor === undefined ? null : parseCursor(cursor)
  const rows = await selectRumours(db)
    .where('merged_into', 'is', null)
    .$if(state !== undefined, (q) => q.where('state', '=', state!))
    .$if(lang !== undefined, (q) => q.where('lang', '=', lang!))
    .$if(worded === true, (q) => q.where('wording', 'is not', null))
    .$if(after !== null, (q) =>
      q.where(sql<boolean>`(demand, id) < (${after?.demand}::integer, ${after?.id}::text)`),
    )
    .orderBy('demand', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const rumours = rows.slice(0, limit)
  const last = rumours.at(-1)
  return {
    rumours,
    nextCursor: rows.length > limit && last ? `${last.demand}.${last.id}` : null,
  }
}

/** The open rumour in which this wording was asked, the one asked last; null when it is new. */
export async function findRumourOfWording(db: Database, wording: Uint8Array): Promise<RumourId | null> {
  const row = await db
    .selectFrom('rumour_asks as a')
    .innerJoin('rumours as r', 'r.id', 'a.rumour_id')
    .select('r.id')
    .where('a.wording', '=', Buffer.from(wording))
    .where('r.merged_into', 'is', null)
    .where('r.state', '<>', 'closed')
    .orderBy('a.day', 'desc')
    .orderBy('r.id')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Until the transaction ends, nobody else puts this wording into a rumour: two senders at once make one rumour. */
export async function holdWording(tx: Tx, wording: Uint8Array): Promise<void> {
  await sql`select pg_advisory_xact_lock(${Buffer.from(wording).readBigInt64BE(0).toString()}::bigint)`.execute(
    tx,
  )
}

/** Holds a rumour against other writers until the transaction ends; false when it is gone. */
export async function lockRumour(tx: Tx, id: RumourId): Promise<boolean> {
  const row = await tx.selectFrom('rumours').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return row !== undefined
}

/** Its askers are told: it leaves the inboxes. */
export async function answerRumour(tx: Tx, id: RumourId): Promise<void> {
  await tx.updateTable('rumours').set({ state: 'answered' }).where('id', '=', id).execute()
}

/** Counts one ask more of a wording on a day, or `by` more or fewer, and brings the rumour's demand up to date. */
export async function countAsk(
  tx: Tx,
  rumourId: RumourId,
  { day, wording, by = 1 }: { day: string; wording: Uint8Array; by?: number },
): Promise<void> {
  const kept = Buffer.from(wording)
  if (by > 0) {
    await tx
      .insertInto('rumour_asks')
      .values({ rumour_id: rumourId, day, wording: kept, asks: by })
      .onConflict((conflict) =>
        conflict
          .columns(['rumour_id', 'day', 'wording'])
          .doUpdateSet({ asks: sql<number>`rumour_asks.asks + excluded.asks` }),
      )
      .execute()
  } else {
    await sql`update rumour_asks set asks = asks + ${by}::integer
      where rumour_id = ${rumourId} and day = ${day}::date and wording = ${kept}`.execute(tx)
    await sql`delete from rumour_asks where rumour_id = ${rumourId} and asks <= 0`.execute(tx)
  }
  await updateDemand(tx, rumourId)
}

/** Demand and days of a rumour from its asks, as `demandOf` counts. */
export async function updateDemand(tx: Tx, rumourId: RumourId): Promise<void> {
  await sql`
    update rumours set
      demand = coalesce(days.demand, 0),
      last_day = greatest(coalesce(days.last_day, rumours.last_day), rumours.first_day),
      first_day = least(coalesce(days.first_day, rumours.first_day), rumours.first_day)
    from (
      select sum(least(wordings, ${wordingsPerDayMax}::integer))::integer as demand, max(day) as last_day, min(day) as first_day
      from rumour_days where rumour_id = ${rumourId}
    ) days
    where rumours.id = ${rumourId}`.execute(tx)
}

/** How many asks a rumour has had: those of tips that are here, and in tens those of tips that have gone. */
export async function countAsks(db: Database, rumourId: RumourId): Promise<number> {
  const { rows } = await sql<{ asks: number }>`
    select (r.asks_gone + coalesce((select sum(asks) from rumour_days where rumour_id = r.id), 0))::integer as asks
    from rumours r where r.id = ${rumourId}`.execute(db)
  return rows[0]?.asks ?? 0
}

/** Takes the asks of gone tips out of the days, and adds what is kept of them. */
export async function addGoneAsks(
  tx: Tx,
  rumourId: RumourId,
  { until, kept }: { until: string; kept: number },
): Promise<void> {
  await sql`delete from rumour_asks where rumour_id = ${rumourId} and day <= ${until}::date`.execute(tx)
  await sql`update rumours set asks_gone = asks_gone + ${kept}::integer where id = ${rumourId}`.execute(tx)
  await updateDemand(tx, rumourId)
}

/** The wording that the public may see; null: none. */
export async function updateWording(tx: Tx, id: RumourId, wording: string | null): Promise<void> {
  const words = wording === null ? [] : topicWordsOf(wording)
  await tx.updateTable('rumours').set({ wording, topic_words: words }).where('id', '=', id).execute()
  await notify(tx, 'asked')
}

/** Removes a rumour that nothing points to: no tip, no case, no notice, no wording, nothing that a person decided. */
export async function deleteEmptyRumour(tx: Tx, id: RumourId): Promise<void> {
  await deleteEmptyRumours(tx, [id])
}

/** Of these rumours, those that nothing points to. */
export async function deleteEmptyRumours(tx: Tx, ids: RumourId[]): Promise<void> {
  await sql`
    delete from rumours r where id = any(${ids}::text[]) and wording is null and merged_into is null and asks_gone = 0
      and not exists (select from tips where rumour_id = r.id)
      and not exists (select from cases where rumour_id = r.id)
      and not exists (select from notices where rumour_id = r.id)
      and not exists (select from rumours m where m.merged_into = r.id)`.execute(tx)
}

function selectRumours(db: Database) {
  return db
    .selectFrom('rumours')
    .select([
      'id',
      'state',
      'wording',
      'lang',
      'demand',
      'asks_gone as asksGone',
      'merged_into as mergedInto',
      dayText('first_day').as('firstDay'),
      dayText('last_day').as('lastDay'),
    ])
}

function parseCursor(cursor: string): { demand: number; id: string } {
  const [, demand, id] = /^(\d{1,9})\.([0-9a-hjkmnp-tv-z]{26})$/.exec(cursor) ?? []
  if (demand === undefined || id === undefined) {
    throw new AssayError('invalid', 'The page cannot be found; start again without "cursor".')
  }
  return { demand: Number(demand), id }
}

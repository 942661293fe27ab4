/** Rumours put together and held apart: what grouping and the desk's merging and splitting do to several at once. */
import { sql } from 'kysely'
import type { RumourId, TipId } from '#domain/ids.ts'
import type { RumourState } from '#domain/rumour.ts'
import type { Database, Tx } from '../schema.ts'
import { dropTellings, keepTellings } from './push-tellings.ts'
import { updateDemand } from './rumours.ts'

/** An open rumour that tips are compared with. */
export interface ComparedRumour {
  id: RumourId
  wording: string | null
  /** Goes up whenever tips leave it, or come into it otherwise than by being sent. */
  moves: number
}

/** The most asked first. Without those whose own first tip waits to be compared. */
export async function listComparedRumours(db: Database, limit: number): Promise<ComparedRumour[]> {
  const { rows } = await sql<ComparedRumour>`
    select id, wording, moves from rumours r
    where state = 'open' and merged_into is null
      and not exists (select from tips t where t.decision = 'pending' and t.rumour_id = r.id)
    order by demand desc, id desc limit ${limit}`.execute(db)
  return rows
}

/** Pairs that a person said are not the same, each both ways round. */
export async function listApart(db: Database, ids: RumourId[]): Promise<Map<RumourId, Set<RumourId>>> {
  const { rows } = await sql<{ one: RumourId; other: RumourId }>`
    select one, other from rumours_apart where one = any(${ids}::text[])
    union all select other, one from rumours_apart where other = any(${ids}::text[])`.execute(db)
  const apart = new Map<RumourId, Set<RumourId>>()
  for (const { one, other } of rows) apart.set(one, (apart.get(one) ?? new Set()).add(other))
  return apart
}

export async function insertApart(tx: Tx, one: RumourId, other: RumourId): Promise<void> {
  await sql`insert into rumours_apart values (least(${one}::text, ${other}::text), greatest(${one}::text, ${other}::text))
    on conflict do nothing`.execute(tx)
}

export async function deleteApart(tx: Tx, one: RumourId, other: RumourId): Promise<void> {
  await sql`delete from rumours_apart
    where one = least(${one}::text, ${other}::text) and other = greatest(${one}::text, ${other}::text)`.execute(
    tx,
  )
}

export interface LockedRumour {
  id: RumourId
  state: RumourState
  wording: string | null
  lang: string | null
  mergedInto: RumourId | null
  asksGone: number
  moves: number
  /** Whether a person has put their hand to it: a case, a wording, a notice, or a merge into it. */
  isHandled: boolean
}

/** Held against other writers until the transaction ends, in one order everywhere, so that no two wait for each other. */
export async function lockRumours(tx: Tx, ids: RumourId[]): Promise<Map<RumourId, LockedRumour>> {
  await sql`select id from rumours where id = any(${ids}::text[]) order by id for update`.execute(tx)
  const { rows } = await sql<LockedRumour>`
    select id, state, wording, lang, merged_into as "mergedInto", asks_gone as "asksGone", moves,
      (wording is not null or exists (select from cases where rumour_id = r.id)
        or exists (select from notices where rumour_id = r.id)
        or exists (select from rumours m where m.merged_into = r.id)) as "isHandled"
    from rumours r where id = any(${ids}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Everything that was asked in some rumours goes into one: tips, asks, what is kept of gone ones; demand follows. */
export async function gatherRumours(tx: Tx, from: RumourId[], into: RumourId): Promise<void> {
  await keepTellings(tx, from, into)
  await sql`update tips set rumour_id = ${into} where rumour_id = any(${from}::text[])`.execute(tx)
  await sql`update tips set maybe_of = null where maybe_of = ${into} and rumour_id = ${into}`.execute(tx)
  await sql`insert into rumour_asks (rumour_id, day, wording, asks)
    select ${into}, day, wording, sum(asks) from rumour_asks where rumour_id = any(${from}::text[]) group by day, wording
    on conflict (rumour_id, day, wording) do update set asks = rumour_asks.asks + excluded.asks`.execute(tx)
  await sql`delete from rumour_asks where rumour_id = any(${from}::text[])`.execute(tx)
  await sql`update rumours set asks_gone = asks_gone
      + (select coalesce(sum(asks_gone), 0) from rumours where id = any(${from}::text[]))
    where id = ${into}`.execute(tx)
  await sql`update rumours set asks_gone = 0, demand = 0 where id = any(${from}::text[])`.execute(tx)
  await updateDemand(tx, into)
}

/** Some tips of a rumour go into another with their asks; demand of both follows. */
export async function moveTips(
  tx: Tx,
  tipIds: TipId[],
  { from, to }: { from: RumourId; to: RumourId },
): Promise<void> {
  await dropTellings(tx, tipIds, { from, to })
  const moved = sql`select day, wording, count(*)::integer as asks from tips
    where id = any(${tipIds}::text[]) and rumour_id = ${to} group by day, wording`
  await sql`update tips set rumour_id = ${to} where id = any(${tipIds}::text[]) and rumour_id = ${from}`.execute(
    tx,
  )
  await sql`insert into rumour_asks (rumour_id, day, wording, asks)
    select ${to}, day, wording, asks from (${moved}) m
    on conflict (rumour_id, day, wording) do update set asks = rumour_asks.asks + excluded.asks`.execute(tx)
  await sql`update rumour_asks a set asks = a.asks - m.asks from (${moved}) m
    where a.rumour_id = ${from} and a.day = m.day and a.wording = m.wording`.execute(tx)
  await sql`delete from rumour_asks where rumour_id = ${from} and asks <= 0`.execute(tx)
  await updateDemand(tx, from)
  await updateDemand(tx, to)
}

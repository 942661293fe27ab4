/** Rumours that a person put together or took apart: what goes along, and what a merge is taken back by. */
import { sql } from 'kysely'
import type { CaseId, OrganisationId, RumourId, TipId } from '#domain/ids.ts'
import type { Database, Tx } from '../schema.ts'
import { dayText } from '../tips/day-text.ts'

/** What one merge did, as its event keeps it. */
export interface MergeRecord {
  into: RumourId
  /** Of the merged rumour, in tens. */
  asksGone: number
  /** Cases that went along. */
  cases: CaseId[]
  /** Whether the wording went along, because there was none. */
  worded: boolean
  /** Rumours that the other one is held apart from since. */
  apart: RumourId[]
}

/** What the merge did by which a rumour is where it is; null when it is not merged. */
export async function findMergeRecord(db: Database, id: RumourId): Promise<MergeRecord | null> {
  const { rows } = await sql<{ detail: MergeRecord }>`
    select e.detail from rumours r join rumour_events e on e.rumour_id = r.id
    where r.id = ${id} and e.kind = 'merged' and e.detail ->> 'into' = r.merged_into
    order by e.at desc, e.id desc limit 1`.execute(db)
  return rows[0]?.detail ?? null
}

/** Organisations that have a case on both; dropped ones do not count. */
export async function listWorkingOnBoth(
  db: Database,
  one: RumourId,
  other: RumourId,
): Promise<OrganisationId[]> {
  const { rows } = await sql<{ id: OrganisationId }>`
    select organisation_id as id from cases where rumour_id in (${one}, ${other}) and state <> 'dropped'
    group by organisation_id having count(distinct rumour_id) = 2`.execute(db)
  return rows.map(({ id }) => id)
}

/** Cases of anybody go along, the dropped ones stay. Which went. */
export async function moveCases(tx: Tx, from: RumourId, to: RumourId, only?: CaseId[]): Promise<CaseId[]> {
  const { rows } = await sql<{ id: CaseId }>`
    update cases c set rumour_id = ${to}
    where rumour_id = ${from} and state <> 'dropped' and (${only === undefined} or id = any(${only ?? []}::text[]))
      and not exists (select from cases o where o.rumour_id = ${to} and o.organisation_id = c.organisation_id and o.state <> 'dropped')
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Remembers of the tips of a rumour that they were in it; call before they go. */
export async function rememberHome(tx: Tx, rumourId: RumourId): Promise<void> {
  await sql`update tips set homes = homes || ${rumourId}::text where rumour_id = ${rumourId}`.execute(tx)
}

/** Who was held apart from one rumour is held apart from the other too. Whom that was new for. */
export async function inheritApart(tx: Tx, from: RumourId, to: RumourId): Promise<RumourId[]> {
  const { rows } = await sql<{ other: RumourId }>`
    with others as (
      select other from rumours_apart where one = ${from} union select one from rumours_apart where other = ${from}
    ), added as (
      insert into rumours_apart select least(other, ${to}::text), greatest(other, ${to}::text) from others where other <> ${to}
      on conflict do nothing returning one, other
    ) select case when one = ${to} then other else one end as other from added`.execute(tx)
  return rows.map(({ other }) => other)
}

export async function updateMergedInto(tx: Tx, id: RumourId, into: RumourId | null): Promise<void> {
  await tx.updateTable('rumours').set({ merged_into: into }).where('id', '=', id).execute()
}

/** What was suggested for one rumour is suggested for the other; nothing is suggested for itself. */
export async function moveSuggestions(tx: Tx, from: RumourId, to: RumourId): Promise<void> {
  await sql`update tips set maybe_of = ${to} where maybe_of = ${from}`.execute(tx)
  await sql`update tips set maybe_of = null where maybe_of = rumour_id and rumour_id = ${to}`.execute(tx)
}

/** A person has decided: neither is suggested for the other any more. */
export async function deleteSuggestions(tx: Tx, one: RumourId, other: RumourId): Promise<void> {
  await sql`update tips set maybe_of = null, decision = case decision when 'maybe' then 'new' else decision end
    where (rumour_id, maybe_of) in ((${one}::text, ${other}::text), (${other}::text, ${one}::text))`.execute(
    tx,
  )
}

/**
 * Tips that a merge brought and that go back with it: those that were in the merged rumour, and those that came since in
 * one of its wordings.
 */
export async function listBroughtTips(
  db: Database,
  { from, into }: { from: RumourId; into: RumourId },
): Promise<TipId[]> {
  const { rows } = await sql<{ id: TipId }>`
    select id from tips where rumour_id = ${into} and (homes[cardinality(homes)] = ${from}
      or wording in (select wording from tips where rumour_id = ${into} and homes[cardinality(homes)] = ${from}))`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** They are back where they were. */
export async function forgetHome(tx: Tx, tipIds: TipId[]): Promise<void> {
  await sql`update tips set homes = homes[:cardinality(homes) - 1] where id = any(${tipIds}::text[])`.execute(
    tx,
  )
}

export async function moveGoneAsks(
  tx: Tx,
  { from, to, asks }: { from: RumourId; to: RumourId; asks: number },
): Promise<void> {
  await sql`update rumours t set asks_gone = t.asks_gone + least(${asks}::integer, f.asks_gone)
    from rumours f where t.id = ${to} and f.id = ${from}`.execute(tx)
  await sql`update rumours set asks_gone = greatest(0, asks_gone - ${asks}::integer) where id = ${from}`.execute(
    tx,
  )
}

/** Of a rumour's tips, all that are worded as one of those chosen: one wording is in one rumour. */
export async function listWordedAlike(
  db: Database,
  rumourId: RumourId,
  chosen: TipId[],
): Promise<{ id: TipId; day: string; lang: string | null }[]> {
  return db
    .selectFrom('tips')
    .select(['id', dayText('day').as('day'), 'lang'])
    .where('rumour_id', '=', rumourId)
    .where('wording', 'in', (eb) =>
      eb
        .selectFrom('tips as c')
        .select('c.wording')
        .where('c.rumour_id', '=', rumourId)
        .where(sql<boolean>`c.id = any(${chosen}::text[])`),
    )
    .orderBy('day')
    .orderBy('id')
    .execute()
}

/** A person put them where they are: why they came before no longer counts. */
export async function markMoved(tx: Tx, tipIds: TipId[]): Promise<void> {
  await sql`update tips set decision = 'moved', why = null, maybe_of = null, homes = '{}' where id = any(${tipIds}::text[])`.execute(
    tx,
  )
}

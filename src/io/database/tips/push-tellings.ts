/** Which telling is handed to which browser: one row for each tip and notice, gone with the tip. */
import { sql } from 'kysely'
import type { NoticeId, RumourId, TipId } from '#domain/ids.ts'
import type { Database, Tx } from '../schema.ts'

/** A telling to hand out, with what opens its subscription. */
export interface DueTelling {
  tipId: TipId
  noticeId: NoticeId
  /** This one included. */
  tries: number
  expiresOn: string
  wrappedKey: Uint8Array
  push: Uint8Array
}

/** A notice counts once its entry is in the published log, or at once where it has none. */
const isOut = sql<boolean>`(n.leaf_hash is null
  or exists (select from log_entries e where e.leaf_hash = n.leaf_hash and e.state = 'published'))`

/** Rows for what is out and was not told to a tip yet. How many were added: as many as `limit`, ask again. */
export async function queueTellings(
  tx: Tx,
  { now, today, limit }: { now: Date; today: string; limit: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into push_tellings (tip_id, notice_id, state, due_at)
    select t.id, n.id, 'pending', ${now} from tips t join notices n on n.rumour_id = t.rumour_id
    where t.push is not null and t.expires_on > ${today}::date and ${isOut}
      and not exists (select from push_tellings p where p.tip_id = t.id and p.notice_id = n.id)
    limit ${limit} on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** What is out and handed to every status page, feed and browser's row is told. */
export async function markNoticesSent(tx: Tx, now: Date): Promise<void> {
  await sql`update notices n set state = 'sent', sent_at = ${now} where n.state = 'pending' and ${isOut}`.execute(
    tx,
  )
}

/** Keeps the sealed subscription of a tip; what its sender could read until now is not told again. */
export async function startTelling(tx: Tx, tipId: TipId, push: Uint8Array): Promise<void> {
  await tx
    .updateTable('tips')
    .set({ push: Buffer.from(push) })
    .where('id', '=', tipId)
    .execute()
  await sql`
    insert into push_tellings (tip_id, notice_id, state)
    select t.id, n.id, 'sent' from tips t join notices n on n.rumour_id = any(t.rumour_id || t.homes)
    where t.id = ${tipId} and ${isOut} on conflict do nothing`.execute(tx)
}

/** Forgets the subscription and what waited for it. */
export async function stopTelling(tx: Tx, tipId: TipId): Promise<void> {
  await tx.updateTable('tips').set({ push: null }).where('id', '=', tipId).execute()
  await tx.deleteFrom('push_tellings').where('tip_id', '=', tipId).where('state', '=', 'pending').execute()
}

/**
 * Tips are about to go from some rumours into another that is the same: what they were to be told until now they are told,
 * also once it is out, and what the other was told before they came they are not.
 */
export async function keepTellings(tx: Tx, from: RumourId[], into: RumourId): Promise<void> {
  await sql`
    insert into push_tellings (tip_id, notice_id, state, due_at)
    select t.id, n.id, 'pending', n.created_at from tips t join notices n on n.rumour_id = t.rumour_id
    where t.rumour_id = any(${from}::text[]) and t.push is not null on conflict do nothing`.execute(tx)
  await sql`
    insert into push_tellings (tip_id, notice_id, state)
    select t.id, n.id, 'sent' from tips t join notices n on n.rumour_id = ${into}
    where t.rumour_id = any(${from}::text[]) and t.push is not null on conflict do nothing`.execute(tx)
}

/** Tips are about to leave a rumour that is about something else: what it is told is no news for them any more. */
export async function dropTellings(
  tx: Tx,
  tipIds: TipId[],
  { from, to }: { from: RumourId; to: RumourId },
): Promise<void> {
  await sql`
    delete from push_tellings p using notices n
    where p.notice_id = n.id and n.rumour_id = ${from} and p.tip_id = any(${tipIds}::text[]) and p.state = 'pending'`.execute(
    tx,
  )
  await sql`
    insert into push_tellings (tip_id, notice_id, state)
    select t.id, n.id, 'sent' from tips t join notices n on n.rumour_id = ${to}
    where t.id = any(${tipIds}::text[]) and t.push is not null on conflict do nothing`.execute(tx)
}

/** Takes tellings that are due, each for one taker until its lease ends. */
export async function leaseTellings(
  db: Database,
  { now, leaseMs, limit }: { now: Date; leaseMs: number; limit: number },
): Promise<DueTelling[]> {
  const { rows } = await sql<DueTelling>`
    with due as (
      select p.tip_id, p.notice_id from push_tellings p join notices n on n.id = p.notice_id
      where p.state = 'pending' and p.due_at <= ${now} and ${isOut}
      order by p.due_at limit ${limit} for update of p skip locked
    ), taken as (
      update push_tellings p set tries = p.tries + 1, due_at = ${new Date(now.getTime() + leaseMs)}
      from due where p.tip_id = due.tip_id and p.notice_id = due.notice_id
      returning p.tip_id, p.notice_id, p.tries
    )
    select taken.tip_id as "tipId", taken.notice_id as "noticeId", taken.tries,
      to_char(t.expires_on, 'YYYY-MM-DD') as "expiresOn", t.wrapped_key as "wrappedKey", t.push
    from taken join tips t on t.id = taken.tip_id where t.push is not null`.execute(db)
  return rows
}

/** It was told, or will not be. */
export async function endTelling(
  tx: Tx,
  { tipId, noticeId, state }: { tipId: TipId; noticeId: NoticeId; state: 'sent' | 'given-up' },
): Promise<void> {
  await tx
    .updateTable('push_tellings')
    .set({ state, due_at: null })
    .where('tip_id', '=', tipId)
    .where('notice_id', '=', noticeId)
    .execute()
}

export async function putOffTelling(
  tx: Tx,
  { tipId, noticeId, dueAt }: { tipId: TipId; noticeId: NoticeId; dueAt: Date },
): Promise<void> {
  await tx
    .updateTable('push_tellings')
    .set({ due_at: dueAt })
    .where('tip_id', '=', tipId)
    .where('notice_id', '=', noticeId)
    .where('state', '=', 'pending')
    .execute()
}

/** Tips: sealed texts, their days, and keyed hashes of what opens them. Nothing here can be read without the tips' keys. */
import { sql } from 'kysely'
import type { RumourId, TipId } from '#domain/ids.ts'
import type { Grouping, Tip } from '#domain/tip.ts'
import type { Database, Tx } from '../schema.ts'
import { dayText } from './day-text.ts'

/** A tip with its sealed parts, for who has the keys. */
export interface SealedTip extends Tip {
  redacted: Uint8Array
  why: Uint8Array | null
  sealed: Uint8Array
  wrappedKey: Uint8Array
  /** Whether a browser is told of it by push. */
  hasPush: boolean
  /** Rumours that it was in before a person put them together with its own. */
  homes: RumourId[]
}

export interface NewTip {
  id: TipId
  rumourId: RumourId
  /** `same` where its wording was in the rumour already. */
  grouping: 'pending' | 'same'
  redacted: Uint8Array
  lang: string | null
  day: string
  expiresOn: string
  wording: Uint8Array
  sealed: Uint8Array
  wrappedKey: Uint8Array
  receiptMac: Uint8Array
  clientMac: Uint8Array
  feedMac: Uint8Array
}

/** False when there is a tip of this clientId already; then nothing was written. */
export async function insertTip(tx: Tx, tip: NewTip): Promise<boolean> {
  const row = await tx
    .insertInto('tips')
    .values({
      id: tip.id,
      rumour_id: tip.rumourId,
      redacted: Buffer.from(tip.redacted),
      decision: tip.grouping,
      why: null,
      lang: tip.lang,
      day: tip.day,
      expires_on: tip.expiresOn,
      wording: Buffer.from(tip.wording),
      sealed: Buffer.from(tip.sealed),
      wrapped_key: Buffer.from(tip.wrappedKey),
      receipt_mac: Buffer.from(tip.receiptMac),
      client_mac: Buffer.from(tip.clientMac),
      feed_mac: Buffer.from(tip.feedMac),
      push: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The keyed hash of the receipt that a clientId was given; null when it is new. */
export async function findReceiptOfClient(db: Database, clientMac: Uint8Array): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom('tips')
    .select('receipt_mac')
    .where('client_mac', '=', Buffer.from(clientMac))
    .executeTakeFirst()
  return row?.receipt_mac ?? null
}

/** What a tip is found again by: its receipt, or the end of its private feed address. */
export type TipMac = 'receipt_mac' | 'feed_mac'

/** In the order of the keyed hashes; null for an unknown one, and for one whose tip expired on or before `today`. */
export async function findTipsOfMacs(
  db: Database,
  kind: TipMac,
  macs: Uint8Array[],
  today: string,
): Promise<(SealedTip | null)[]> {
  const wanted = macs.map((mac) => Buffer.from(mac))
  const rows = await selectTips(db)
    .select(kind)
    .where(sql<boolean>`${sql.ref(kind)} = any(${wanted}::bytea[])`)
    .where(sql<boolean>`expires_on > ${today}::date`)
    .execute()
  const byMac = new Map(rows.map(({ [kind]: mac, ...tip }) => [mac.toString('hex'), tip]))
  return wanted.map((mac) => byMac.get(mac.toString('hex')) ?? null)
}

export async function findTip(db: Database, id: TipId): Promise<SealedTip | null> {
  return (await selectTips(db).where('id', '=', id).executeTakeFirst()) ?? null
}

/** A rumour that may be the same as another, and the tip that says why. */
export interface Suggestion {
  other: RumourId
  tip: SealedTip
}

/** For a rumour, those that its tips may belong to and those whose tips may belong to it, each once. */
export async function listSuggestions(
  db: Database,
  rumourId: RumourId,
  limit: number,
): Promise<Suggestion[]> {
  const rows = await selectTips(db)
    .where((eb) =>
      eb.or([
        eb.and([eb('rumour_id', '=', rumourId), eb('maybe_of', 'is not', null)]),
        eb('maybe_of', '=', rumourId),
      ]),
    )
    .orderBy('day', 'desc')
    .orderBy('id')
    .limit(limit * 10)
    .execute()
  const each = new Map<RumourId, SealedTip>()
  for (const tip of rows) {
    const other = tip.rumourId === rumourId ? tip.maybeOf! : tip.rumourId
    if (!each.has(other) && each.size < limit) each.set(other, tip)
  }
  return [...each].map(([other, tip]) => ({ other, tip }))
}

/** The tips of a rumour, oldest day first. */
export async function listTipsOfRumour(
  db: Database,
  rumourId: RumourId,
  { limit, after }: { limit: number; after?: TipId | undefined },
): Promise<SealedTip[]> {
  return selectTips(db)
    .where('rumour_id', '=', rumourId)
    .$if(after !== undefined, (q) => q.where('id', '>', after!))
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** The oldest tip of each of these rumours; those without any are left out. */
export async function listFirstTips(db: Database, rumourIds: RumourId[]): Promise<SealedTip[]> {
  if (rumourIds.length === 0) return []
  return selectTips(db)
    .where(
      'id',
      'in',
      sql<TipId>`(select first.id from unnest(${rumourIds}::text[]) as wanted (rumour_id)
        cross join lateral (select id from tips t where t.rumour_id = wanted.rumour_id order by t.day, t.id limit 1) first)`,
    )
    .execute()
}

/** Tips that were not compared with the open rumours yet, oldest day first. */
export async function listPendingTips(db: Database, limit: number): Promise<SealedTip[]> {
  return selectTips(db).where('decision', '=', 'pending').orderBy('id').limit(limit).execute()
}

/** How many tips a rumour has now. */
export async function countTips(db: Database, rumourId: RumourId): Promise<number> {
  const { count } = await db
    .selectFrom('tips')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('rumour_id', '=', rumourId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** What a deleted tip leaves to be tidied. */
export interface GoneTip {
  id: TipId
  rumourId: RumourId
  day: string
  expiresOn: string
  wording: Uint8Array
}

/** At most `limit` tips that expire on or before a day. */
export async function listExpiredTips(
  db: Database,
  day: string,
  limit: number,
): Promise<Pick<Tip, 'id' | 'rumourId'>[]> {
  return db
    .selectFrom('tips')
    .select(['id', 'rumour_id as rumourId'])
    .where(sql<boolean>`expires_on <= ${day}::date`)
    .orderBy('expires_on')
    .limit(limit)
    .execute()
}

/** Deletes those that are in these rumours still. Lock the rumours before: whoever moves tips locks them first, too. */
export async function deleteTips(tx: Tx, ids: TipId[], rumourIds: RumourId[]): Promise<GoneTip[]> {
  return tx
    .deleteFrom('tips')
    .where(sql<boolean>`id = any(${ids}::text[]) and rumour_id = any(${rumourIds}::text[])`)
    .returning(goneColumns)
    .execute()
}

const goneColumns = [
  'id',
  'rumour_id as rumourId',
  dayText('day').as('day'),
  dayText('expires_on').as('expiresOn'),
  'wording',
] as const

/** Of each of these rumours, the oldest tips of different wordings, at most so many; looked for among its first ones. */
export async function listDifferentTips(
  db: Database,
  rumourIds: RumourId[],
  perRumour: number,
): Promise<SealedTip[]> {
  return selectTips(db)
    .where(
      'id',
      'in',
      sql<TipId>`(select different.id from unnest(${rumourIds}::text[]) as wanted (rumour_id)
        cross join lateral (
          select id from (
            select distinct on (wording) id, day from (
              select id, day, wording from tips t where t.rumour_id = wanted.rumour_id order by t.day, t.id limit ${perRumour * 10}
            ) early order by wording, day, id
          ) each_wording order by day, id limit ${perRumour}
        ) different)`,
    )
    .orderBy('day')
    .orderBy('id')
    .execute()
}

/** How a tip was grouped, and the reasons, sealed. */
export interface NewGrouping {
  tipId: TipId
  grouping: Exclude<Grouping, 'pending'>
  /** The rumour that its own may be the same as. */
  maybeOf: RumourId | null
  why: Uint8Array | null
}

/** Of tips that still wait, whatever else happened to them. */
export async function updateGroupings(tx: Tx, groupings: NewGrouping[]): Promise<void> {
  const column = <T>(of: (grouping: NewGrouping) => T) => groupings.map(of)
  await sql`update tips t set decision = given.grouping, maybe_of = r.id, why = given.why
    from unnest(${column(({ tipId }) => tipId)}::text[], ${column(({ grouping }) => grouping)}::text[],
      ${column(({ maybeOf }) => maybeOf)}::text[], ${column(({ why }) => why && Buffer.from(why))}::bytea[])
      as given (id, grouping, maybe_of, why)
    left join rumours r on r.id = given.maybe_of
    where t.id = given.id and t.decision = 'pending'`.execute(tx)
}

/** Rumours turned out to be one with another: their tips no longer stand alone, and what was a guess between them is none. */
export async function settleGroupings(tx: Tx, rumourIds: RumourId[], into: RumourId): Promise<void> {
  await sql`update tips set decision = 'same', maybe_of = null
    where (rumour_id = any(${rumourIds}::text[]) and decision in ('new', 'maybe'))
      or (rumour_id = ${into} and decision = 'maybe' and maybe_of = any(${rumourIds}::text[]))`.execute(tx)
}

function selectTips(db: Database) {
  return db
    .selectFrom('tips')
    .select([
      'id',
      'rumour_id as rumourId',
      'decision as grouping',
      'maybe_of as maybeOf',
      'lang',
      'redacted',
      'why',
      'sealed',
      'wrapped_key as wrappedKey',
      sql<boolean>`push is not null`.as('hasPush'),
      'homes',
      dayText('day').as('day'),
      dayText('expires_on').as('expiresOn'),
    ])
}

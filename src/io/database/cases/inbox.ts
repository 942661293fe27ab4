/** The inbox: open rumours as one organisation sees them. Of other organisations only that somebody is on it. */
import { type SqlBool, sql } from 'kysely'
import { AssayError } from '#domain/errors.ts'
import { type CaseId, isId, type OrganisationId, type PersonId, type RumourId } from '#domain/ids.ts'
import { type InboxFilter, type InboxItem, spreadDays } from '#domain/inbox.ts'
import type { RumourState } from '#domain/rumour.ts'
import type { Database, Tx } from '../schema.ts'
import { dayText } from '../tips/day-text.ts'

/** Whose inbox it is, and the day that it is. */
export interface InboxView {
  organisationId: OrganisationId
  personId: PersonId
  /** ISO 8601 date. */
  today: string
}

export interface InboxPage {
  items: InboxItem[]
  /** Null on the last page. */
  nextCursor: string | null
}

/**
 * Pages neither repeat nor skip what was there when the first was read, as far as its demand has not changed.
 * @throws invalid when the cursor is not one that an earlier page gave
 */
export async function listInbox(
  db: Database,
  view: InboxView,
  filter: InboxFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<InboxPage> {
  const fresh = filter.order === 'fresh'
  let query = filtered(db, view, filter)
  if (cursor !== undefined) {
    const { place, id } = cursorPlaceOf(cursor, fresh)
    query = fresh
      ? query.where(sql<SqlBool>`(r.last_day, r.id) < (${place}::date, ${id}::text)`)
      : query.where(sql<SqlBool>`(r.demand, r.id) < (${place}::integer, ${id}::text)`)
  }
  const rows = await query
    .select([
      'r.id',
      'r.state',
      'r.wording',
      'r.lang',
      'r.demand',
      'r.asks_gone as asksGone',
      dayText('r.first_day').as('firstDay'),
      dayText('r.last_day').as('lastDay'),
      'own.id as caseId',
      'own.claim',
      'own.assignee_id as assigneeId',
      sql<string | null>`to_char(s.until, 'YYYY-MM-DD')`.as('snoozedUntil'),
      elsewhere(view).as('elsewhere'),
    ])
    .orderBy(fresh ? 'r.last_day' : 'r.demand', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const facts = await listFacts(
    db,
    shown.map(({ id }) => id),
    view.today,
  )
  return {
    items: shown.map((row) => itemOf(row, facts.get(row.id))),
    nextCursor: last === undefined ? null : `${fresh ? last.lastDay : last.demand}.${last.id}`,
  }
}

/** One rumour as the inbox tells it, whatever its state; null when there is none. */
export async function findInboxItem(
  db: Database,
  view: InboxView,
  id: string,
): Promise<(InboxItem & { state: RumourState; mergedInto: RumourId | null }) | null> {
  if (!isId<RumourId>(id)) return null
  const row = await joined(db, view)
    .where('r.id', '=', id)
    .select([
      'r.id',
      'r.state',
      'r.wording',
      'r.lang',
      'r.demand',
      'r.asks_gone as asksGone',
      'r.merged_into as mergedInto',
      dayText('r.first_day').as('firstDay'),
      dayText('r.last_day').as('lastDay'),
      'own.id as caseId',
      'own.claim',
      'own.assignee_id as assigneeId',
      sql<string | null>`to_char(s.until, 'YYYY-MM-DD')`.as('snoozedUntil'),
      elsewhere(view).as('elsewhere'),
    ])
    .executeTakeFirst()
  if (!row) return null
  const facts = await listFacts(db, [row.id], view.today)
  return { ...itemOf(row, facts.get(row.id)), state: row.state, mergedInto: row.mergedInto }
}

/**
 * Changes whenever the inbox of this organisation does: what a page that is open compares. Cheap, and tells nothing.
 */
export async function getInboxMark(db: Database, { organisationId }: InboxView): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws(' ',
      (select last_value from rumour_changes),
      (select concat_ws(' ', count(*), extract(epoch from max(changed_at))) from cases
        where organisation_id = ${organisationId}),
      (select count(distinct rumour_id) from cases where state <> 'dropped'),
      (select concat_ws(' ', count(*), max(until)) from rumour_snoozes where organisation_id = ${organisationId})
    ) as mark`.execute(db)
  return rows[0]!.mark
}

/** Languages that open rumours are in, most used first: what the filter offers. */
export async function listInboxLangs(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('rumours')
    .select('lang')
    .where('state', '=', 'open')
    .where('merged_into', 'is', null)
    .where('lang', 'is not', null)
    .groupBy('lang')
    .orderBy((eb) => eb.fn.countAll(), 'desc')
    .limit(50)
    .execute()
  return rows.map(({ lang }) => lang!)
}

/** Out of this organisation's inbox until a day; null: back in it. */
export async function upsertSnooze(
  tx: Tx,
  snooze: { rumourId: RumourId; organisationId: OrganisationId; until: string | null; by: PersonId },
): Promise<void> {
  const { rumourId, organisationId, until, by } = snooze
  if (until === null) {
    await tx
      .deleteFrom('rumour_snoozes')
      .where('rumour_id', '=', rumourId)
      .where('organisation_id', '=', organisationId)
      .execute()
    return
  }
  await tx
    .insertInto('rumour_snoozes')
    .values({ rumour_id: rumourId, organisation_id: organisationId, until, snoozed_by: by })
    .onConflict((conflict) =>
      conflict.columns(['rumour_id', 'organisation_id']).doUpdateSet({ until, snoozed_by: by }),
    )
    .execute()
}

function joined(db: Database, { organisationId }: InboxView) {
  return db
    .selectFrom('rumours as r')
    .leftJoin('cases as own', (join) =>
      join
        .onRef('own.rumour_id', '=', 'r.id')
        .on('own.organisation_id', '=', organisationId)
        .on('own.state', '<>', 'dropped'),
    )
    .leftJoin('rumour_snoozes as s', (join) =>
      join.onRef('s.rumour_id', '=', 'r.id').on('s.organisation_id', '=', organisationId),
    )
}

function filtered(db: Database, view: InboxView, { work, lang, since }: InboxFilter) {
  const { today, personId } = view
  let query = joined(db, view).where('r.state', '=', 'open').where('r.merged_into', 'is', null)
  if (work === 'snoozed') query = query.where(sql<SqlBool>`s.until > ${today}::date`)
  else query = query.where(sql<SqlBool>`(s.until is null or s.until <= ${today}::date)`)
  if (work === 'nobody') query = query.where('own.id', 'is', null).where(sql<SqlBool>`not ${elsewhere(view)}`)
  if (work === 'ours') query = query.where('own.id', 'is not', null)
  if (work === 'mine') query = query.where('own.assignee_id', '=', personId)
  if (lang !== null) query = query.where('r.lang', '=', lang)
  if (since !== null) query = query.where(sql<SqlBool>`r.last_day >= ${since}::date`)
  return query
}

/** Only whether, never who or how many. */
function elsewhere({ organisationId }: InboxView) {
  return sql<boolean>`exists (select from cases e where e.rumour_id = r.id
    and e.organisation_id <> ${organisationId} and e.state = 'open')`
}

interface Facts {
  asks: number
  spread: Map<string, number>
  langs: string[]
}

/** What tips say together: how often asked on which of the last days, and in which languages. */
async function listFacts(db: Database, ids: RumourId[], today: string): Promise<Map<RumourId, Facts>> {
  const facts = new Map<RumourId, Facts>(ids.map((id) => [id, { asks: 0, spread: new Map(), langs: [] }]))
  if (ids.length === 0) return facts
  const { rows: days } = await sql<{ id: RumourId; day: string; asks: number; recent: boolean }>`
    select rumour_id as id, to_char(day, 'YYYY-MM-DD') as day, asks,
      day > ${today}::date - ${spreadDays}::integer as recent
    from rumour_days where rumour_id = any(${ids}::text[])`.execute(db)
  for (const { id, day, asks, recent } of days) {
    const fact = facts.get(id)!
    fact.asks += asks
    if (recent) fact.spread.set(day, asks)
  }
  const { rows: langs } = await sql<{ id: RumourId; lang: string }>`
    select rumour_id as id, lang from rumour_langs where rumour_id = any(${ids}::text[])
    order by tips desc, lang`.execute(db)
  for (const { id, lang } of langs) facts.get(id)!.langs.push(lang)
  return facts
}

function itemOf(
  row: Omit<InboxItem, 'asks' | 'spread' | 'langs' | 'text'> & {
    wording: string | null
    claim: string | null
    caseId: CaseId | null
    asksGone: number
  },
  facts: Facts | undefined,
): InboxItem {
  const { id, lang, demand, firstDay, lastDay, caseId, assigneeId, snoozedUntil, elsewhere: others } = row
  return {
    id,
    text: row.wording ?? row.claim,
    lang,
    demand,
    asks: row.asksGone + (facts?.asks ?? 0),
    firstDay,
    lastDay,
    spread: facts?.spread ?? new Map(),
    langs: facts?.langs ?? [],
    caseId,
    assigneeId,
    elsewhere: others,
    snoozedUntil,
  }
}

function cursorPlaceOf(cursor: string, fresh: boolean): { place: string; id: string } {
  const pattern = fresh ? /^(\d{4}-\d{2}-\d{2})\.([0-9a-z]{26})$/ : /^(\d{1,9})\.([0-9a-z]{26})$/
  const [, place, id] = pattern.exec(cursor) ?? []
  if (place === undefined || id === undefined) {
    throw new AssayError('invalid', 'The cursor is not one that this list gave; start again without it.')
  }
  return { place, id }
}

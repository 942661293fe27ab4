/** What people ask, as anybody may see it: only rumours with an approved wording, and nothing that one ask changes. */
import { sql } from 'kysely'
import type { AskedRumour, PublicId } from '#domain/asked.ts'
import { AssayError } from '#domain/errors.ts'
import type { RumourId } from '#domain/ids.ts'
import type { Database } from '../schema.ts'
import { topicWordsOf } from '../topic-words.ts'

export interface AskedFilter {
  lang?: string | undefined
  /** All of its words stand in the approved wording, in any order. */
  topic?: string | undefined
  state?: AskedRumour['state'] | undefined
}

const columns = sql`
  r.public_id as id, r.wording, r.lang, r.asked_tens as asks, r.asked_rise as rise, r.asked_weeks as weeks, w.by, a.answer,
  case when a.answer is not null then 'answered' when cardinality(w.by) > 0 then 'in-work' else 'open' end as state`

/** Who works on it, and the review that answers it: ours once its entry is in the published log. */
const besides = sql`
  cross join lateral (
    select coalesce(array_agg(distinct o.name order by o.name), '{}') as by
    from cases c join organisations o on o.id = c.organisation_id where c.rumour_id = r.id and c.state = 'open'
  ) w
  left join lateral (
    select n.claim_review_id as answer from notices n join claim_reviews c on c.id = n.claim_review_id
    where n.rumour_id = r.id and (n.leaf_hash is null
      or exists (select from log_entries e where e.leaf_hash = n.leaf_hash and e.state = 'published'))
    order by n.created_at desc, n.id desc limit 1
  ) a on true`

type Row = AskedRumour & { rise: number }

/** What is asked most lately first, in steps; among equals no order tells anything. @throws invalid for a cursor that is none */
export async function listAsked(
  db: Database,
  { lang, topic, state }: AskedFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ asked: AskedRumour[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : parseCursor(cursor)
  const words = topic === undefined ? [] : topicWordsOf(topic)
  const { rows } = await sql<Row>`
    select * from (select ${columns} from rumours r ${besides}
      where r.wording is not null and r.merged_into is null and r.state <> 'closed'
        and (${lang ?? null}::text is null or r.lang = ${lang ?? null}::text)
        and r.topic_words @> ${words}::text[]) shown
    where (${state ?? null}::text is null or state = ${state ?? null}::text)
      and (${after === null} or (-rise, -asks, id) > (${-(after?.rise ?? 0)}::integer, ${-(after?.asks ?? 0)}::integer, ${after?.id ?? ''}::text))
    order by rise desc, asks desc, id limit ${limit + 1}`.execute(db)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    asked: shown.map(({ rise: _rise, ...asked }) => asked),
    nextCursor: last ? `${last.rise}.${last.asks}.${last.id}` : null,
  }
}

/** By its public address; one that was merged is the one it went into. @throws not_found */
export async function getAsked(
  db: Database,
  id: string,
): Promise<{ asked: AskedRumour; rumourId: RumourId }> {
  const { rows } = await sql<Row & { rumourId: RumourId }>`
    with recursive named as (
      select id, merged_into from rumours where public_id = ${id} and wording is not null
      union select r.id, r.merged_into from named join rumours r on r.id = named.merged_into
    )
    select ${columns}, r.id as "rumourId" from named join rumours r on r.id = named.id ${besides}
    where r.wording is not null and r.merged_into is null and r.state <> 'closed'`.execute(db)
  const row = /^[0-9a-f]{32}$/.test(id) ? rows[0] : undefined
  if (!row) throw new AssayError('not_found', 'Nobody asks this here, or it is no longer shown.')
  const { rise: _rise, rumourId, ...asked } = row
  return { asked, rumourId }
}

/** For sitemaps: addresses only, in an order that tells nothing. */
export async function listAskedIds(db: Database, limit: number): Promise<PublicId[]> {
  const { rows } = await sql<{ id: PublicId }>`
    select public_id as id from rumours
    where wording is not null and merged_into is null and state <> 'closed' order by public_id limit ${limit}`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Languages of what `listAsked` lists: what the filter offers. */
export async function listAskedLangs(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('rumours')
    .select('lang')
    .distinct()
    .where('wording', 'is not', null)
    .where('merged_into', 'is', null)
    .where('state', '<>', 'closed')
    .where('lang', 'is not', null)
    .limit(100)
    .execute()
  return rows.map(({ lang }) => lang!)
}

function parseCursor(cursor: string): { rise: number; asks: number; id: string } {
  const [, rise, asks, id] = /^(\d{1,8})\.(\d{1,8})\.([0-9a-f]{32})$/.exec(cursor) ?? []
  if (rise === undefined || asks === undefined || id === undefined) {
    throw new AssayError('invalid', 'The page cannot be found; start again without "cursor".')
  }
  return { rise: Number(rise), asks: Number(asks), id }
}

/** What people ask, as anybody may see it: only rumours with an approved wording, and nothing that one ask changes. */
import { sql } from 'kysely'
import { AssayError } from '#domain/errors.ts'
import { type ClaimReviewId, isId, type RumourId } from '#domain/ids.ts'
import { type AskedRumour, coarse } from '#domain/rumour.ts'
import type { Database } from '../schema.ts'

/** Demand in tens: an order, or a cursor, from the very figure would tell of a single ask. */
const stepOf = sql<number>`(r.demand / 10)`

/** The most asked first, in steps of ten. @throws invalid for a cursor that is none */
export async function listAsked(
  db: Database,
  { lang }: { lang: string | null },
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ asked: AskedRumour[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : parseCursor(cursor)
  const { rows } = await sql<{
    id: RumourId
    step: number
    wording: string
    lang: string | null
    asks: number
    inWork: boolean
    answer: ClaimReviewId | null
  }>`
    select r.id, ${stepOf} as step, r.wording, r.lang,
      (r.asks_gone + coalesce((select sum(asks) from rumour_asks where rumour_id = r.id), 0))::integer as asks,
      exists (select from cases where rumour_id = r.id and state = 'open') as "inWork",
      (select n.claim_review_id from notices n join claim_reviews c on c.id = n.claim_review_id
        where n.rumour_id = r.id and (n.leaf_hash is null
          or exists (select from log_entries e where e.leaf_hash = n.leaf_hash and e.state = 'published'))
        order by n.created_at desc, n.id desc limit 1) as answer
    from rumours r
    where r.wording is not null and r.merged_into is null and r.state <> 'closed'
      and (${lang}::text is null or r.lang = ${lang}::text)
      and (${after === null} or (${stepOf}, r.id) < (${after?.step ?? 0}::integer, ${after?.id ?? ''}::text))
    order by ${stepOf} desc, r.id desc limit ${limit + 1}`.execute(db)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    asked: shown.map(({ wording, lang: langOfIt, asks, inWork, answer }) => ({
      wording,
      lang: langOfIt,
      asks: coarse(asks),
      state: answer !== null ? 'answered' : inWork ? 'in-work' : 'open',
      answer,
    })),
    nextCursor: last ? `${last.step}.${last.id}` : null,
  }
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

function parseCursor(cursor: string): { step: number; id: RumourId } {
  const [, step, id = ''] = /^(\d{1,8})\.([0-9a-z]{26})$/.exec(cursor) ?? []
  if (step === undefined || !isId<RumourId>(id)) {
    throw new AssayError('invalid', 'The page cannot be found; start again without "cursor".')
  }
  return { step: Number(step), id }
}

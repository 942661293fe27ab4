/** Lists of cases: the own organisation's, and those that it was invited to. */
import { type SqlBool, sql } from 'kysely'
import type { CaseState, CaseView } from '#domain/case.ts'
import { AssayError } from '#domain/errors.ts'
import { type CaseId, isId, type OrganisationId, type PersonId } from '#domain/ids.ts'
import type { DraftingState } from '#domain/verdict.ts'
import type { Database } from '../schema.ts'

export interface ListedCase {
  id: CaseId
  claim: string
  state: CaseState
  verdict: DraftingState
  assigneeId: PersonId | null
  dueOn: string | null
  changedAt: string
  /** Of another organisation, which invited ours. */
  invited: boolean
}

/**
 * The last changed first. `who`: leads and checkers see cases that their organisation was invited to as well; nobody has
 * a verdict of their own to review.
 * @throws invalid for a cursor that no page gave
 */
export async function listCases(
  db: Database,
  who: { organisationId: OrganisationId; personId: PersonId; isPartner: boolean },
  view: CaseView,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ cases: ListedCase[]; nextCursor: string | null }> {
  const verdict = sql<DraftingState>`coalesce((select v.state from verdicts v
    where v.case_id = c.id order by v.version desc limit 1), 'none')`
  let query = db
    .selectFrom('cases as c')
    .select([
      'c.id',
      'c.claim',
      'c.state',
      verdict.as('verdict'),
      'c.assignee_id as assigneeId',
      sql<string | null>`to_char(c.due_on, 'YYYY-MM-DD')`.as('dueOn'),
      'c.changed_at as changedAt',
      sql<boolean>`c.organisation_id <> ${who.organisationId}`.as('invited'),
    ])
    .where((eb) =>
      eb.or([
        eb('c.organisation_id', '=', who.organisationId),
        ...(who.isPartner
          ? [
              eb('c.id', 'in', (inner) =>
                inner
                  .selectFrom('case_partners')
                  .select('case_id')
                  .where('organisation_id', '=', who.organisationId),
              ),
            ]
          : []),
      ]),
    )
  if (view === 'published' || view === 'dropped') query = query.where('c.state', '=', view)
  else if (view !== 'mentions') query = query.where('c.state', '<>', 'dropped')
  if (view === 'open') query = query.where('c.state', '=', 'open')
  if (view === 'mine') query = query.where('c.assignee_id', '=', who.personId)
  if (view === 'review') {
    // Authors as domain/verdict.ts counts them (authorsOf): who wrote since the last approval.
    query = query.where(
      sql<SqlBool>`${verdict} = 'review-requested' and not exists (select from verdicts w
        where w.case_id = c.id and w.drafted_by = ${who.personId} and w.version > coalesce((
          select max(p.version) from verdicts p where p.case_id = c.id and p.approved_by is not null
          and p.version < (select max(n.version) from verdicts n where n.case_id = c.id)), 0))`,
    )
  }
  if (view === 'mentions') {
    query = query.where(
      sql<SqlBool>`c.id in (select e.case_id from case_events e
        where e.kind = 'comment' and e.detail -> 'mentions' ? ${who.personId}
        union all select e.case_id from case_events e
        where e.kind = 'task' and e.detail ->> 'for' = ${who.personId} and not exists (select from case_events d
          where d.case_id = e.case_id and d.kind = 'task-done' and d.detail ->> 'task' = e.id))`,
    )
  }
  if (cursor !== undefined) {
    const { at, id } = cursorPlaceOf(cursor)
    query = query.where(sql<SqlBool>`(c.changed_at, c.id) < (${at}::timestamptz, ${id}::text)`)
  }
  const rows = await query
    .orderBy('c.changed_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    cases: shown.map((row) => ({ ...row, changedAt: row.changedAt.toISOString() })),
    nextCursor: last === undefined ? null : `${last.changedAt.getTime()}.${last.id}`,
  }
}

function cursorPlaceOf(cursor: string): { at: Date; id: string } {
  const [, time, id] = /^(\d{1,15})\.([0-9a-z]{26})$/.exec(cursor) ?? []
  if (time === undefined || id === undefined || !isId(id)) {
    throw new AssayError('invalid', 'The cursor is not one that this list gave; start again without it.')
  }
  return { at: new Date(Number(time)), id }
}

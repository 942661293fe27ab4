/** What publishing needs to know of a case and its verdict, read and held at one moment; and its mark when it is done. */
import { sql } from 'kysely'
import type { Evidence } from '#domain/evidence.ts'
import {
  type CaseEventId,
  type CaseId,
  type IdSource,
  newId,
  type OrganisationId,
  type PersonId,
  type RumourId,
  type VerdictId,
} from '#domain/ids.ts'
import type { VerdictDraft, VerdictState } from '#domain/verdict.ts'
import { insertCaseEvent } from '../cases/case-events.ts'
import type { Tx } from '../schema.ts'

export interface Publishable {
  verdictId: VerdictId
  caseId: CaseId
  rumourId: RumourId | null
  state: VerdictState
  version: number
  /** Whether somebody has written on since. */
  isNewest: boolean
  content: VerdictDraft
  draftedBy: PersonId
  approvedBy: PersonId | null
  draftedName: string
  approvedName: string | null
  /** What the case holds and has not removed. */
  evidence: Pick<Evidence, 'id' | 'content' | 'archive' | 'addedAt'>[]
}

/** Null when the organisation has no such verdict. The case stays locked until the transaction ends. */
export async function findPublishable(
  tx: Tx,
  organisationId: OrganisationId,
  verdictId: VerdictId,
): Promise<Publishable | null> {
  const { rows } = await sql<Omit<Publishable, 'evidence'>>`
    select v.id as "verdictId", c.id as "caseId", coalesce(r.merged_into, r.id) as "rumourId", v.state, v.version,
      not exists (select from verdicts l where l.case_id = c.id and l.version > v.version) as "isNewest",
      v.content, v.drafted_by as "draftedBy", v.approved_by as "approvedBy", d.name as "draftedName",
      a.name as "approvedName"
    from verdicts v join cases c on c.id = v.case_id left join rumours r on r.id = c.rumour_id
      join people d on d.id = v.drafted_by left join people a on a.id = v.approved_by
    where v.id = ${verdictId} and c.organisation_id = ${organisationId} for update of c, v`.execute(tx)
  const [found] = rows
  if (!found) return null
  const { rows: evidence } = await sql<Omit<Publishable['evidence'][number], 'addedAt'> & { addedAt: Date }>`
    select id, content, archive, added_at as "addedAt" from evidence where case_id = ${found.caseId} and removed_at is null
    order by id`.execute(tx)
  return { ...found, evidence: evidence.map((one) => ({ ...one, addedAt: one.addedAt.toISOString() })) }
}

/** The verdict, its case and the case's trail say that they were published; the rumour says that it is answered. */
export async function updatePublished(
  tx: Tx,
  { verdictId, caseId, rumourId, version }: Publishable,
  { now, ids, personId }: { now: Date; ids: IdSource; personId: PersonId },
): Promise<void> {
  await sql`update verdicts set state = 'published' where id = ${verdictId}`.execute(tx)
  await sql`update cases set state = 'published', version = version + 1, changed_at = ${now}::timestamptz
    where id = ${caseId}`.execute(tx)
  await insertCaseEvent(tx, {
    id: newId<CaseEventId>(ids),
    caseId,
    personId,
    detail: { kind: 'published', verdictVersion: version },
    now,
  })
  if (rumourId !== null) {
    await sql`update rumours set state = 'answered' where id = ${rumourId} and state = 'open'`.execute(tx)
  }
}

/** What answered these rumours is gone: they are open again, unless something else answers them. */
export async function reopenRumours(tx: Tx, rumourIds: RumourId[]): Promise<void> {
  await sql`
    update rumours set state = 'open' where id = any(${rumourIds}::text[]) and state = 'answered'
      and not exists (select from notices n join claim_reviews c on c.id = n.claim_review_id where n.rumour_id = rumours.id)`.execute(
    tx,
  )
}

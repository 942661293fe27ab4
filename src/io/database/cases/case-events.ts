/** The trail of a case: comments, tasks and moves, in the order in which they happened. Nothing in it is changed. */
import { sql } from 'kysely'
import type { CaseEvent, CaseEventDetail } from '#domain/case.ts'
import type { CaseEventId, CaseId, PersonId } from '#domain/ids.ts'
import type { Database, Tx } from '../schema.ts'

/** To be called with the case locked, so that steps are counted one by one. */
export async function insertCaseEvent(
  tx: Tx,
  event: { id: CaseEventId; caseId: CaseId; personId: PersonId; detail: CaseEventDetail; now: Date },
): Promise<void> {
  await tx
    .insertInto('case_events')
    .values({
      id: event.id,
      case_id: event.caseId,
      step: sql<number>`(select coalesce(max(step), 0) + 1 from case_events where case_id = ${event.caseId})`,
      kind: event.detail.kind,
      person_id: event.personId,
      detail: JSON.stringify(event.detail),
      at: event.now,
    })
    .execute()
}

/** Oldest first. */
export async function listCaseEvents(db: Database, caseId: CaseId): Promise<CaseEvent[]> {
  const rows = await db
    .selectFrom('case_events')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('step')
    .execute()
  return rows.map(({ id, person_id, at, detail }) => ({
    id,
    personId: person_id,
    at: at.toISOString(),
    detail,
  }))
}

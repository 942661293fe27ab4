/** Verdicts in every version. The table itself refuses an edit of what left the draft, and an approval by who wrote it. */
import { AssayError } from '#domain/errors.ts'
import { type CaseId, isId, type PersonId, type VerdictId } from '#domain/ids.ts'
import type { Verdict, VerdictDraft, VerdictState } from '#domain/verdict.ts'
import type { Database, Tx } from '../schema.ts'

/** Newest first: the first is the current one. */
export async function listVerdicts(db: Database, caseId: CaseId): Promise<Verdict[]> {
  const rows = await db
    .selectFrom('verdicts')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(verdictOf)
}

export async function findVerdict(db: Database, id: string): Promise<Verdict | null> {
  if (!isId<VerdictId>(id)) return null
  const row = await db.selectFrom('verdicts').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? verdictOf(row) : null
}

/** @throws not_found */
export async function getVerdict(db: Database, id: string): Promise<Verdict> {
  const verdict = await findVerdict(db, id)
  if (!verdict) throw new AssayError('not_found', 'There is no verdict of this id here.')
  return verdict
}

export interface SavedDraft {
  id: VerdictId
  caseId: CaseId
  version: number
  content: VerdictDraft
  draftedBy: PersonId
  now: Date
}

export async function insertVerdict(tx: Tx, draft: SavedDraft): Promise<void> {
  await tx
    .insertInto('verdicts')
    .values({
      id: draft.id,
      case_id: draft.caseId,
      version: draft.version,
      state: 'draft',
      content: JSON.stringify(draft.content),
      drafted_by: draft.draftedBy,
      approved_by: null,
      remarks: null,
      saved_at: draft.now,
    })
    .execute()
}

/** One spell of writing is one row: the same person's next save counts its version on instead of adding another. */
export async function replaceDraft(tx: Tx, draft: Omit<SavedDraft, 'caseId'>): Promise<void> {
  await tx
    .updateTable('verdicts')
    .set({ version: draft.version, content: JSON.stringify(draft.content), saved_at: draft.now })
    .where('id', '=', draft.id)
    .where('state', '=', 'draft')
    .where('drafted_by', '=', draft.draftedBy)
    .execute()
}

/** @throws conflict when it was moved since it was read */
export async function moveVerdict(
  tx: Tx,
  verdict: Pick<Verdict, 'id' | 'state'>,
  to: { state: VerdictState; approvedBy: PersonId | null; remarks: string | null },
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('verdicts')
    .set({ state: to.state, approved_by: to.approvedBy, remarks: to.remarks })
    .where('id', '=', verdict.id)
    .where('state', '=', verdict.state)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) {
    throw new AssayError('conflict', 'Somebody else has moved this verdict; look at it again.')
  }
}

function verdictOf(row: {
  id: VerdictId
  case_id: CaseId
  version: number
  state: VerdictState
  content: VerdictDraft
  drafted_by: PersonId
  approved_by: PersonId | null
  remarks: string | null
  saved_at: Date
}): Verdict {
  return {
    id: row.id,
    caseId: row.case_id,
    version: row.version,
    state: row.state,
    content: row.content,
    draftedBy: row.drafted_by,
    approvedBy: row.approved_by,
    remarks: row.remarks,
    savedAt: row.saved_at.toISOString(),
  }
}

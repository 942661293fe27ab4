/** The evidence of a case. Removed items stay, so that earlier versions of a verdict keep what they cite. */
import { sql } from 'kysely'
import type { Archive, Evidence, EvidenceContent } from '#domain/evidence.ts'
import { type CaseId, type EvidenceId, isId, type PersonId } from '#domain/ids.ts'
import type { Database, Tx } from '../schema.ts'

/** By number: in the order in which they were added, removed ones included. */
export async function listEvidence(db: Database, caseId: CaseId): Promise<Evidence[]> {
  const rows = await db
    .selectFrom('evidence')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('number')
    .execute()
  return rows.map(evidenceOf)
}

export async function findEvidence(db: Database, id: string): Promise<Evidence | null> {
  if (!isId<EvidenceId>(id)) return null
  const row = await db.selectFrom('evidence').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? evidenceOf(row) : null
}

/** `archive`: a copy of its source is to be taken. To be called with the case locked, so that numbers are counted one by one. */
export async function insertEvidence(
  tx: Tx,
  item: {
    id: EvidenceId
    caseId: CaseId
    content: EvidenceContent
    addedBy: PersonId
    now: Date
    archive: boolean
  },
): Promise<void> {
  await tx
    .insertInto('evidence')
    .values({
      id: item.id,
      case_id: item.caseId,
      number: sql<number>`(select coalesce(max(number), 0) + 1 from evidence where case_id = ${item.caseId})`,
      content: JSON.stringify(item.content),
      archive: null,
      archive_at: item.archive ? item.now : null,
      added_by: item.addedBy,
      added_at: item.now,
      removed_at: null,
    })
    .execute()
}

/** Its number stays taken, and no copy is taken any more. */
export async function removeEvidence(tx: Tx, id: EvidenceId, now: Date): Promise<void> {
  await tx
    .updateTable('evidence')
    .set({ removed_at: now, archive_at: null })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .execute()
}

/** Items whose copy is due, oldest first, put off until `leaseUntil` so that nobody else takes them meanwhile. */
export async function leaseEvidenceToArchive(
  tx: Tx,
  { now, leaseUntil, limit }: { now: Date; leaseUntil: Date; limit: number },
): Promise<Evidence[]> {
  const rows = await tx
    .updateTable('evidence')
    .set({ archive_at: leaseUntil })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('evidence')
        .select('id')
        .where('archive_at', '<=', now)
        .orderBy('archive_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute()
  return rows.map(evidenceOf)
}

/** What came of it; `againAt`: when to try once more. An item that was removed meanwhile stays as it is. */
export async function recordArchive(
  tx: Tx,
  id: EvidenceId,
  archive: Archive,
  againAt: Date | null,
): Promise<void> {
  await tx
    .updateTable('evidence')
    .set({ archive: sql`${JSON.stringify(archive)}::jsonb`, archive_at: againAt })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .execute()
}

function evidenceOf(row: {
  id: EvidenceId
  case_id: CaseId
  number: number
  content: EvidenceContent
  archive: Archive | null
  added_by: PersonId
  added_at: Date
  removed_at: Date | null
}): Evidence {
  return {
    id: row.id,
    caseId: row.case_id,
    number: row.number,
    content: row.content,
    archive: row.archive,
    addedBy: row.added_by,
    addedAt: row.added_at.toISOString(),
    removedAt: row.removed_at?.toISOString() ?? null,
  }
}

/** Approved verdicts that wait to be published: the newest version of each case of an organisation. */
import { sql } from 'kysely'
import { AssayError } from '#domain/errors.ts'
import type { CaseId, ClaimReviewId, OrganisationId, VerdictId } from '#domain/ids.ts'
import type { VerdictDraft } from '#domain/verdict.ts'
import type { Database } from '../schema.ts'

export interface ReadyVerdict {
  verdictId: VerdictId
  caseId: CaseId
  content: VerdictDraft
  savedAt: Date
  /** The review that it corrects; null when its case is not published yet. */
  claimReviewId: ClaimReviewId | null
}

/** Oldest first. */
export async function listReadyVerdicts(
  db: Database,
  organisationId: OrganisationId,
): Promise<ReadyVerdict[]> {
  const { rows } = await sql<ReadyVerdict>`
    select v.id as "verdictId", v.case_id as "caseId", v.content, v.saved_at as "savedAt",
      p.claim_review_id as "claimReviewId"
    from verdicts v join cases c on c.id = v.case_id
      left join publications p on p.case_id = c.id and p.kind = 'verdict'
    where c.organisation_id = ${organisationId} and v.state = 'approved'
      and not exists (select from verdicts l where l.case_id = v.case_id and l.version > v.version)
      and not exists (select from publications w where w.case_id = c.id and w.kind = 'withdrawal')
    order by v.saved_at, v.id`.execute(db)
  return rows
}

/** @throws not_found also when it is another organisation's, or not ready */
export async function getReadyVerdict(
  db: Database,
  organisationId: OrganisationId,
  verdictId: VerdictId,
): Promise<ReadyVerdict> {
  const found = (await listReadyVerdicts(db, organisationId)).find((one) => one.verdictId === verdictId)
  if (!found) throw new AssayError('not_found', 'There is no verdict here that waits to be published.')
  return found
}

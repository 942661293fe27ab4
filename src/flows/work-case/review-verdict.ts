/** Two people: a review is asked for, and somebody who wrote nothing of it returns or approves the verdict. */
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import {
  authorsOf,
  decideVerdictMove,
  problemsOfRating,
  problemsOfVerdict,
  type Verdict,
  type VerdictMove,
  type VerdictState,
  verdictLimits,
  verdictPartOf,
} from '#domain/verdict.ts'
import { wholeText } from '#domain/whole-text.ts'
import type { SeenCase } from '#io/database/cases/cases.ts'
import { listEvidence } from '#io/database/cases/evidence.ts'
import { listVerdicts, moveVerdict } from '#io/database/cases/verdicts.ts'
import type { Tx } from '#io/database/open.ts'
import { getOrganisation } from '#io/database/people/organisations.ts'
import { type DeskNeeds, moveCase, neededText } from './case-step.ts'

interface Reviewed {
  caseId: string
  /** The version that the reviewer had before their eyes. */
  version: number
}

/** @throws invalid with what must be mended first, conflict (not legal now, or a newer version), not_found */
export function requestReview(needs: DeskNeeds, actor: Actor, input: Reviewed): Promise<void> {
  return moveCase(needs, actor, { caseId: input.caseId, move: 'draft' }, async (tx, found) => {
    const { verdict, next } = await decide(tx, actor, found, input.version, 'request-review')
    const evidence = (await listEvidence(tx, found.id)).filter(({ removedAt }) => removedAt === null)
    const { ratingScale } = await getOrganisation(tx, found.organisationId)
    const problems = [
      ...problemsOfVerdict(verdict.content, new Set(evidence.map(({ id }) => id))),
      ...problemsOfRating(verdict.content, ratingScale),
    ]
    if (problems.length > 0) {
      throw new AssayError('invalid', problems.map(({ message }) => message).join(' '))
    }
    await moveVerdict(tx, verdict, { state: next, approvedBy: null, remarks: null })
    return { event: { kind: 'review-requested', verdictVersion: verdict.version }, result: undefined }
  })
}

/** Back to its authors, with what must change. @throws invalid (no remarks), too_large, conflict, not_found */
export function returnDraft(
  needs: DeskNeeds,
  actor: Actor,
  input: Reviewed & { remarks: string },
): Promise<void> {
  const remarks = wholeText(neededText(input.remarks, 'What must change', verdictLimits.remarksMax))
  return moveCase(needs, actor, { caseId: input.caseId, move: 'review' }, async (tx, found) => {
    const { verdict, next } = await decide(tx, actor, found, input.version, 'return')
    await moveVerdict(tx, verdict, { state: next, approvedBy: null, remarks })
    return { event: { kind: 'returned', verdictVersion: verdict.version, remarks }, result: undefined }
  })
}

/** The second person's yes to exactly this version. @throws conflict (its authors cannot; a newer version), not_found */
export function approve(
  needs: DeskNeeds,
  actor: Actor,
  input: Reviewed & { remarks: string | null },
): Promise<void> {
  const given = input.remarks?.trim() ? input.remarks : null
  const remarks = given && wholeText(neededText(given, 'The remark', verdictLimits.remarksMax))
  return moveCase(needs, actor, { caseId: input.caseId, move: 'review' }, async (tx, found) => {
    const { verdict, next } = await decide(tx, actor, found, input.version, 'approve')
    await moveVerdict(tx, verdict, { state: next, approvedBy: actor.personId, remarks })
    return { event: { kind: 'approved', verdictVersion: verdict.version, remarks }, result: undefined }
  })
}

/** The current verdict and where the move leads. */
async function decide(
  tx: Tx,
  actor: Actor,
  found: SeenCase,
  version: number,
  move: VerdictMove,
): Promise<{ verdict: Verdict; next: VerdictState }> {
  const versions = await listVerdicts(tx, found.id)
  const part = verdictPartOf(found.part, authorsOf(versions).has(actor.personId))
  const next = decideVerdictMove(versions[0]?.state ?? 'none', move, part)
  const verdict = versions[0]
  if (!verdict || next === 'none')
    throw new AssayError('conflict', 'There is no verdict yet; write it first.')
  if (verdict.version !== version) {
    throw new AssayError(
      'conflict',
      `Version ${verdict.version} was saved since you read version ${version}; read that one first.`,
    )
  }
  return { verdict, next }
}

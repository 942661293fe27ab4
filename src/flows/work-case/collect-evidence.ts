/** What a case stands on: sources are added and taken away; their copies are taken by the flow archive-evidence. */
import type { Actor } from '#domain/actor.ts'
import { AssayError, type Problem } from '#domain/errors.ts'
import { archivedAddressOf, type EvidenceFields, evidenceLimits, parseEvidence } from '#domain/evidence.ts'
import { type EvidenceId, newId } from '#domain/ids.ts'
import type { Verdict } from '#domain/verdict.ts'
import { withWholeTexts } from '#domain/whole-text.ts'
import { webAddress } from '#formats/urls/web-address.ts'
import { insertEvidence, listEvidence, removeEvidence as removeRow } from '#io/database/cases/evidence.ts'
import { listVerdicts } from '#io/database/cases/verdicts.ts'
import { type DeskNeeds, moveCase } from './case-step.ts'

export type EvidenceAdded = { ok: true; id: EvidenceId } | { ok: false; problems: Problem[] }

/** What is wrong with the fields is told beside each. @throws not_found, conflict (not legal now, or too many) */
export function addEvidence(
  needs: DeskNeeds,
  actor: Actor,
  { caseId, fields }: { caseId: string; fields: EvidenceFields },
): Promise<EvidenceAdded> {
  return moveCase<EvidenceAdded>(needs, actor, { caseId, move: 'collect' }, async (tx, found, _next, now) => {
    const parsed = parseEvidence(withWholeTexts(fields), (text) => webAddress(text, null))
    if (!parsed.ok) return { event: null, result: { ok: false, problems: parsed.problems } }
    if ((await listEvidence(tx, found.id)).length >= evidenceLimits.perCaseMax) {
      throw new AssayError(
        'conflict',
        `A case holds ${evidenceLimits.perCaseMax} pieces of evidence at most.`,
      )
    }
    const id = newId<EvidenceId>(needs.ids)
    await insertEvidence(tx, {
      id,
      caseId: found.id,
      content: parsed.value,
      addedBy: actor.personId,
      now,
      archive: archivedAddressOf(parsed.value) !== null,
    })
    return { event: { kind: 'evidence-added', evidence: id }, result: { ok: true, id } }
  })
}

/** Versions that were saved before keep citing it. @throws not_found, conflict (also while a reviewed verdict cites it) */
export function removeEvidence(
  needs: DeskNeeds,
  actor: Actor,
  { caseId, evidenceId }: { caseId: string; evidenceId: string },
): Promise<void> {
  return moveCase(needs, actor, { caseId, move: 'collect' }, async (tx, found, _next, now) => {
    const item = (await listEvidence(tx, found.id)).find(({ id }) => id === evidenceId)
    if (!item) throw new AssayError('not_found', 'There is no such evidence in this case.')
    if (item.removedAt !== null) return { event: null, result: undefined }
    const [verdict] = await listVerdicts(tx, found.id)
    if (verdict && isDecided(verdict) && citesOf(verdict).has(item.id)) {
      throw new AssayError(
        'conflict',
        `Version ${verdict.version} of the verdict is "${verdict.state}" and cites this; save a version without it first.`,
      )
    }
    await removeRow(tx, item.id, now)
    return { event: { kind: 'evidence-removed', evidence: item.id }, result: undefined }
  })
}

/** Somebody else looks at it or has approved it: what it stands on stays. */
function isDecided({ state }: Verdict): boolean {
  return state === 'review-requested' || state === 'approved'
}

function citesOf({ content }: Verdict): Set<EvidenceId> {
  return new Set(content.answer.flatMap(({ evidence }) => evidence))
}

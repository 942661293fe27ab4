/** The verdict is written: each save is a version, and nobody's words are ever overwritten by another's. */
import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import { newId, type VerdictId } from '#domain/ids.ts'
import {
  authorsOf,
  decideVerdictMove,
  sizeProblemsOf,
  type Verdict,
  type VerdictDraft,
  verdictPartOf,
} from '#domain/verdict.ts'
import { withWholeTexts } from '#domain/whole-text.ts'
import { insertVerdict, listVerdicts, replaceDraft } from '#io/database/cases/verdicts.ts'
import { getOrganisation } from '#io/database/people/organisations.ts'
import { type DeskNeeds, moveCase } from './case-step.ts'

/** Saves of one person within this time are one version: a spell of writing. */
const spellMs = 10 * 60_000

export interface DraftInput {
  caseId: string
  /** The version that the writer had before their eyes; 0 when there was none. */
  base: number
  /** The rating by its label; its value comes from the organisation's scale, or from the version that has it. */
  content: Omit<VerdictDraft, 'ratingValue'>
}

export type DraftSaved =
  | { kind: 'saved'; version: number }
  /** Somebody has saved since: both texts, and nothing written. */
  | { kind: 'conflict'; theirs: Verdict; yours: VerdictDraft }

/** @throws not_found, conflict (not legal now), invalid (a label that the scale lacks), too_large */
export function saveDraft(needs: DeskNeeds, actor: Actor, input: DraftInput): Promise<DraftSaved> {
  return moveCase<DraftSaved>(
    needs,
    actor,
    { caseId: input.caseId, move: 'draft' },
    async (tx, found, _next, now) => {
      const { ratingScale } = await getOrganisation(tx, found.organisationId)
      const versions = await listVerdicts(tx, found.id)
      // What has left the scale since is lost by no save; another is asked for before a review.
      const earlier = versions.map(({ content }) => ({
        label: content.ratingLabel,
        value: content.ratingValue,
      }))
      const yours = draftOf(withWholeTexts(input.content), [...ratingScale, ...earlier])
      const current = versions[0]
      const part = verdictPartOf(found.part, authorsOf(versions).has(actor.personId))
      decideVerdictMove(current?.state ?? 'none', 'save', part)
      if (current && isDeepStrictEqual(current.content, yours)) {
        return { event: null, result: { kind: 'saved', version: current.version } }
      }
      if (current && current.version !== input.base) {
        return { event: null, result: { kind: 'conflict', theirs: current, yours } }
      }
      const version = (current?.version ?? 0) + 1
      const draft = { version, content: yours, draftedBy: actor.personId, now }
      if (current && isSameSpell(current, actor, now)) await replaceDraft(tx, { id: current.id, ...draft })
      else await insertVerdict(tx, { id: newId<VerdictId>(needs.ids), caseId: found.id, ...draft })
      return { change: {}, event: null, result: { kind: 'saved', version } }
    },
  )
}

function draftOf(
  content: Omit<VerdictDraft, 'ratingValue'>,
  scale: readonly { label: string; value: VerdictDraft['ratingValue'] }[],
): VerdictDraft {
  const step = scale.find(({ label }) => label === content.ratingLabel)
  if (content.ratingLabel !== '' && !step) {
    throw new AssayError('invalid', `“${content.ratingLabel}” is not on your rating scale; choose again.`)
  }
  const draft = { ...content, ratingValue: step?.value ?? null }
  const [problem] = sizeProblemsOf(draft)
  if (problem) throw new AssayError('too_large', `${problem.path}: ${problem.message}`)
  return draft
}

function isSameSpell(current: Verdict, { personId }: Actor, now: Date): boolean {
  return (
    current.state === 'draft' &&
    current.draftedBy === personId &&
    now.getTime() - Date.parse(current.savedAt) < spellMs
  )
}

/** One step of a case in one transaction: gather → decide by the table of moves → record, with a line in the trail. */
import type { Actor } from '#domain/actor.ts'
import { type CaseEventDetail, type CaseMove, type CaseState, decideCaseMove } from '#domain/case.ts'
import { AssayError } from '#domain/errors.ts'
import { type CaseEventId, newId } from '#domain/ids.ts'
import { withWholeTexts } from '#domain/whole-text.ts'
import { insertCaseEvent } from '#io/database/cases/case-events.ts'
import { type CaseChange, getCase, type SeenCase, updateCase } from '#io/database/cases/cases.ts'
import type { Tx } from '#io/database/open.ts'
import type { Needs } from '../needs.ts'

export type DeskNeeds = Pick<Needs, 'db' | 'clock' | 'ids'>

export interface Step<Result> {
  /** Without it and without an event the case counts as unchanged. */
  change?: CaseChange
  /** Null: nothing that anybody needs to read later. */
  event: CaseEventDetail | null
  result: Result
}

/**
 * Nobody else moves the case meanwhile.
 * @throws not_found (no such case, or another organisation's), conflict (not legal now), what `step` throws
 */
export function moveCase<Result>(
  { db, clock, ids }: DeskNeeds,
  actor: Actor,
  { caseId, move }: { caseId: string; move: CaseMove },
  step: (tx: Tx, found: SeenCase, next: CaseState, now: Date) => Promise<Step<Result>>,
): Promise<Result> {
  return db.transaction().execute(async (tx) => {
    const now = clock.now()
    const found = await getCase(tx, actor, caseId, 'lock')
    const next = decideCaseMove(found.state, move, found.part)
    const { change, event, result } = await step(tx, found, next, now)
    if (change || event) await updateCase(tx, found.id, { ...change, state: next }, now)
    if (event) {
      const detail = withWholeTexts(event)
      await insertCaseEvent(tx, {
        id: newId<CaseEventId>(ids),
        caseId: found.id,
        personId: actor.personId,
        detail,
        now,
      })
    }
    return result
  })
}

/** The text without blanks around it. @throws invalid when there is none, too_large beyond `max` characters */
export function neededText(text: string, what: string, max: number): string {
  const trimmed = text.trim()
  if (trimmed === '') throw new AssayError('invalid', `${what} is empty; write it.`)
  if (trimmed.length > max) {
    throw new AssayError('too_large', `${what} has ${trimmed.length} characters; shorten it to ${max}.`)
  }
  return trimmed
}

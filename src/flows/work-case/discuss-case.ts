/** What is said about a case, and what is to be done for it. */
import type { Actor } from '#domain/actor.ts'
import { caseLimits, mentionsIn, tasksOf } from '#domain/case.ts'
import { AssayError } from '#domain/errors.ts'
import type { CaseEventId, PersonId } from '#domain/ids.ts'
import { listCaseEvents } from '#io/database/cases/case-events.ts'
import type { SeenCase } from '#io/database/cases/cases.ts'
import { listVerdicts } from '#io/database/cases/verdicts.ts'
import type { Tx } from '#io/database/open.ts'
import { getPerson, listPeople } from '#io/database/people/people.ts'
import { type DeskNeeds, moveCase, neededText } from './case-step.ts'

/** People whose name stands after an @ find it in their list. @throws invalid, too_large, not_found, conflict */
export function comment(
  needs: DeskNeeds,
  actor: Actor,
  { caseId, text }: { caseId: string; text: string },
): Promise<void> {
  const said = neededText(text, 'The comment', caseLimits.commentMax)
  return moveCase(needs, actor, { caseId, move: 'comment' }, async (tx, found) => ({
    event: { kind: 'comment', text: said, mentions: mentionsIn(said, await listReaders(tx, found)) },
    result: undefined,
  }))
}

/** Disagreement with the current verdict: it stays beside it, whatever is decided. @throws as comment */
export function dissent(
  needs: DeskNeeds,
  actor: Actor,
  { caseId, text }: { caseId: string; text: string },
): Promise<void> {
  const said = neededText(text, 'The dissent', caseLimits.commentMax)
  return moveCase(needs, actor, { caseId, move: 'comment' }, async (tx, found) => {
    const [current] = await listVerdicts(tx, found.id)
    if (!current) throw new AssayError('conflict', 'There is no verdict yet; comment on the case.')
    return { event: { kind: 'dissent', text: said, verdictVersion: current.version }, result: undefined }
  })
}

/** `for` null: whoever gets to it. */
export function addTask(
  needs: DeskNeeds,
  actor: Actor,
  task: { caseId: string; text: string; for: PersonId | null },
): Promise<void> {
  const text = neededText(task.text, 'The task', caseLimits.taskMax)
  return moveCase(needs, actor, { caseId: task.caseId, move: 'task' }, async (tx, found) => {
    if (task.for !== null) await getPerson(tx, task.for, found.organisationId)
    return { event: { kind: 'task', text, for: task.for }, result: undefined }
  })
}

/** Done twice is done once. @throws not_found (no such case or task), conflict */
export function finishTask(
  needs: DeskNeeds,
  actor: Actor,
  { caseId, taskId }: { caseId: string; taskId: string },
): Promise<void> {
  return moveCase(needs, actor, { caseId, move: 'task' }, async (tx, found) => {
    const task = tasksOf(await listCaseEvents(tx, found.id)).find(({ id }) => id === taskId)
    if (!task) throw new AssayError('not_found', 'There is no such task in this case.')
    const event = { kind: 'task-done', task: task.id as CaseEventId } as const
    return { event: task.doneBy === null ? event : null, result: undefined }
  })
}

/** Everybody who can read the case now. */
async function listReaders(tx: Tx, { organisationId, partners }: SeenCase) {
  const people = await Promise.all([organisationId, ...partners].map((id) => listPeople(tx, id)))
  return people.flat().filter(({ state }) => state === 'active')
}

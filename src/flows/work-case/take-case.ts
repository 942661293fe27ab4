/** rumour → case: somebody takes it up for their organisation. */
import type { Actor } from '#domain/actor.ts'
import { caseLimits } from '#domain/case.ts'
import { AssayError } from '#domain/errors.ts'
import { type CaseEventId, type CaseId, newId, type RumourId } from '#domain/ids.ts'
import { demand } from '#domain/permissions.ts'
import { wholeText } from '#domain/whole-text.ts'
import { insertCaseEvent } from '#io/database/cases/case-events.ts'
import { insertCase } from '#io/database/cases/cases.ts'
import { getRumour } from '#io/database/tips/rumours.ts'
import { type DeskNeeds, neededText } from './case-step.ts'

/**
 * A new case, assigned to who takes it; without a rumour it is about something that nobody has sent in.
 * @throws not_found (no such rumour), conflict (answered, merged, or the organisation's already), forbidden, invalid
 */
export function takeCase(
  { db, clock, ids }: DeskNeeds,
  actor: Actor,
  { rumourId, claim }: { rumourId: string | null; claim: string },
): Promise<CaseId> {
  demand(actor, 'work on cases')
  const { organisationId, personId } = actor
  if (organisationId === null) throw new AssayError('forbidden', 'An operator has no cases.')
  const worded = wholeText(neededText(claim, 'The claim', caseLimits.claimMax))
  return db.transaction().execute(async (tx) => {
    const now = clock.now()
    const rumour = rumourId === null ? null : await getRumour(tx, rumourId as RumourId)
    if (rumour?.mergedInto) {
      throw new AssayError('conflict', 'This rumour was merged into another; take that one.')
    }
    const id = newId<CaseId>(ids)
    await insertCase(tx, {
      id,
      organisationId,
      rumourId: rumour?.id ?? null,
      claim: worded,
      state: 'open',
      assigneeId: personId,
      dueOn: null,
      version: 1,
      createdAt: now.toISOString(),
      changedAt: now.toISOString(),
    })
    const event = {
      id: newId<CaseEventId>(ids),
      caseId: id,
      personId,
      detail: { kind: 'taken' as const },
      now,
    }
    await insertCaseEvent(tx, event)
    return id
  })
}

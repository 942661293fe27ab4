/** Who works on a case, until when, with whom, and how it ends without a verdict. */
import type { Actor } from '#domain/actor.ts'
import { caseLimits } from '#domain/case.ts'
import { isDay } from '#domain/day.ts'
import { AssayError } from '#domain/errors.ts'
import type { OrganisationId, PersonId } from '#domain/ids.ts'
import { wholeText } from '#domain/whole-text.ts'
import { findCaseOnRumour, insertPartner } from '#io/database/cases/cases.ts'
import { getOrganisation } from '#io/database/people/organisations.ts'
import { getPerson } from '#io/database/people/people.ts'
import { type DeskNeeds, moveCase, neededText } from './case-step.ts'

/**
 * Null: nobody. `was`: whom the chooser saw there.
 * @throws not_found (no such person here), invalid (somebody who does not work on cases), conflict (also when somebody else
 * has given it to a third meanwhile)
 */
export function assign(
  needs: DeskNeeds,
  actor: Actor,
  { caseId, to, was }: { caseId: string; to: PersonId | null; was: PersonId | null },
): Promise<void> {
  return moveCase(needs, actor, { caseId, move: 'assign' }, async (tx, found) => {
    demandSeen({ now: found.assigneeId, was, mine: to }, 'Somebody else has given it to somebody meanwhile.')
    if (to !== null) {
      const person = await getPerson(tx, to, found.organisationId)
      if (person.state !== 'active' || (person.role !== 'lead' && person.role !== 'checker')) {
        throw new AssayError('invalid', `${person.name} does not work on cases; choose somebody else.`)
      }
    }
    const event = found.assigneeId === to ? null : ({ kind: 'assigned', to } as const)
    return { change: { assigneeId: to }, event, result: undefined }
  })
}

/** Null: no day. `was`: the day that the chooser saw there. @throws invalid (no day of the calendar), not_found, conflict */
export function planCase(
  needs: DeskNeeds,
  actor: Actor,
  { caseId, dueOn, was }: { caseId: string; dueOn: string | null; was: string | null },
): Promise<void> {
  if (dueOn !== null && !isDay(dueOn)) throw new AssayError('invalid', 'Write the day as 2026-01-31.')
  return moveCase(needs, actor, { caseId, move: 'plan' }, async (_tx, found) => {
    demandSeen({ now: found.dueOn, was, mine: dueOn }, 'Somebody else has set another day meanwhile.')
    return {
      event: found.dueOn === dueOn ? null : { kind: 'planned', dueOn },
      change: { dueOn },
      result: undefined,
    }
  })
}

/**
 * The claim in neutral words. `was`: the words that the writer had before their eyes.
 * @throws invalid, too_large, not_found, conflict (also when somebody else has worded it since)
 */
export function wordClaim(
  needs: DeskNeeds,
  actor: Actor,
  { caseId, claim, was }: { caseId: string; claim: string; was: string },
): Promise<void> {
  const worded = wholeText(neededText(claim, 'The claim', caseLimits.claimMax))
  return moveCase(needs, actor, { caseId, move: 'word' }, async (_tx, found) => {
    demandSeen({ now: found.claim, was, mine: worded }, 'Somebody else has worded it meanwhile.')
    return {
      change: { claim: worded },
      event: found.claim === worded ? null : { kind: 'worded', claim: worded },
      result: undefined,
    }
  })
}

/** What somebody else saved is replaced by those only who saw it. @throws conflict */
function demandSeen(
  { now, was, mine }: { now: string | null; was: string | null; mine: string | null },
  what: string,
): void {
  if (now === was || now === mine) return
  throw new AssayError('conflict', `${what} Look at both; saving again puts yours in its place.`)
}

/** Its leads and checkers can then read the case, comment on it and review its verdict. @throws as the others */
export function invitePartner(
  needs: DeskNeeds,
  actor: Actor,
  { caseId, organisationId }: { caseId: string; organisationId: OrganisationId },
): Promise<void> {
  return moveCase(needs, actor, { caseId, move: 'invite' }, async (tx, found, _next, now) => {
    const { id } = await getOrganisation(tx, organisationId)
    if (id === found.organisationId) {
      throw new AssayError('invalid', 'This is your own organisation; choose another.')
    }
    const isNew = await insertPartner(tx, {
      caseId: found.id,
      organisationId: id,
      invitedBy: actor.personId,
      now,
    })
    return { event: isNew ? { kind: 'partner-invited', organisation: id } : null, result: undefined }
  })
}

/** Ends the case without a verdict; somebody else, or the same people, can take the rumour again. */
export function dropCase(
  needs: DeskNeeds,
  actor: Actor,
  { caseId, reason }: { caseId: string; reason: string },
): Promise<void> {
  const text = neededText(reason, 'The reason', caseLimits.commentMax)
  return moveCase(needs, actor, { caseId, move: 'drop' }, async () => ({
    event: { kind: 'dropped', reason: text },
    result: undefined,
  }))
}

/** @throws conflict also when the organisation has taken the rumour again meanwhile */
export function reopenCase(needs: DeskNeeds, actor: Actor, { caseId }: { caseId: string }): Promise<void> {
  return moveCase(needs, actor, { caseId, move: 'reopen' }, async (tx, found) => {
    const { organisationId, rumourId } = found
    if (rumourId !== null && (await findCaseOnRumour(tx, organisationId, rumourId))) {
      throw new AssayError('conflict', 'Your organisation has taken this rumour again; work on that case.')
    }
    return { event: { kind: 'reopened' }, result: undefined }
  })
}

/** What is done with a rumour from the inbox without a case: it is answered with a published review, or put off. */
import type { Actor } from '#domain/actor.ts'
import { isDay } from '#domain/day.ts'
import { AssayError } from '#domain/errors.ts'
import { isId, newId, type RumourEventId, type RumourId } from '#domain/ids.ts'
import { demand } from '#domain/permissions.ts'
import type { Rumour } from '#domain/rumour.ts'
import { dayOf } from '#domain/tip.ts'
import { upsertSnooze } from '#io/database/cases/inbox.ts'
import { getClaimReview } from '#io/database/claim-reviews.ts'
import type { Tx } from '#io/database/open.ts'
import { insertNotice } from '#io/database/publications/notices.ts'
import { listPublications } from '#io/database/publications/publications.ts'
import { insertRumourEvent } from '#io/database/tips/rumour-events.ts'
import { answerRumour, getRumour, lockRumour } from '#io/database/tips/rumours.ts'
import type { Needs } from '../needs.ts'

type AnswerNeeds = Pick<Needs, 'db' | 'clock' | 'ids'>

/**
 * Everybody who asked is told of a review that is published already, ours or another publisher's. Once: the same again
 * changes nothing.
 * @throws not_found (no such rumour or review), conflict (answered, closed or merged), forbidden
 */
export function answerWithReview(
  { db, clock, ids }: AnswerNeeds,
  actor: Actor,
  { rumourId, claimReviewId }: { rumourId: string; claimReviewId: string },
): Promise<void> {
  demand(actor, 'answer with a review')
  return db.transaction().execute(async (tx) => {
    const now = clock.now()
    const rumour = await openRumour(tx, rumourId)
    const review = await getClaimReview(tx, claimReviewId)
    // Of a review of our own nobody is told before the log has it.
    const [own] = await listPublications(tx, review.id)
    await insertNotice(
      tx,
      { rumourId: rumour.id, claimReviewId: review.id, kind: 'answered', leafHash: own?.leafHash ?? null },
      { now, ids },
    )
    await answerRumour(tx, rumour.id)
    await insertRumourEvent(tx, {
      id: newId<RumourEventId>(ids),
      rumourId: rumour.id,
      kind: 'answered',
      personId: actor.personId,
      detail: { claimReview: review.id },
      now,
    })
  })
}

/**
 * Out of the own organisation's inbox until a day, for nobody else; null: back in it.
 * @throws not_found, invalid (no day, or none to come), conflict, forbidden
 */
export function snoozeRumour(
  { db, clock }: AnswerNeeds,
  actor: Actor,
  { rumourId, until }: { rumourId: string; until: string | null },
): Promise<void> {
  demand(actor, 'sort rumours')
  const { organisationId, personId } = actor
  if (organisationId === null) throw new AssayError('forbidden', 'An operator has no inbox.')
  if (until !== null && (!isDay(until) || until <= dayOf(clock.now()))) {
    throw new AssayError('invalid', 'Choose a day after today.')
  }
  return db.transaction().execute(async (tx) => {
    const rumour = await openRumour(tx, rumourId)
    await upsertSnooze(tx, { rumourId: rumour.id, organisationId, until, by: personId })
  })
}

/** Held until the transaction ends. @throws not_found, conflict (answered, closed or merged) */
async function openRumour(tx: Tx, id: string): Promise<Rumour> {
  const missing = new AssayError('not_found', 'There is no rumour of this id here.')
  if (!isId<RumourId>(id) || !(await lockRumour(tx, id))) throw missing
  const rumour = await getRumour(tx, id)
  if (rumour.mergedInto)
    throw new AssayError('conflict', 'This rumour was merged into another; open that one.')
  if (rumour.state !== 'open') {
    throw new AssayError(
      'conflict',
      `This rumour is "${rumour.state}"; only an open one can be answered or put off.`,
    )
  }
  return rumour
}

/** A rumour in neutral words that a person approved: only with them it is on the public page of what people ask. */
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import { isId, newId, type RumourEventId, type RumourId } from '#domain/ids.ts'
import { demand } from '#domain/permissions.ts'
import { rumourWordingMax } from '#domain/rumour.ts'
import { wholeText } from '#domain/whole-text.ts'
import { insertRumourEvent } from '#io/database/tips/rumour-events.ts'
import { getRumour, lockRumour, updateWording } from '#io/database/tips/rumours.ts'
import type { Needs } from '../needs.ts'

/**
 * An empty wording takes the rumour off the public page. `was`: the wording that the writer had before their eyes.
 * @throws not_found, too_large, conflict (merged, or worded by somebody else since), forbidden
 */
export function wordRumour(
  { db, clock, ids }: Pick<Needs, 'db' | 'clock' | 'ids'>,
  actor: Actor,
  { rumourId, wording, was }: { rumourId: string; wording: string; was: string },
): Promise<void> {
  demand(actor, 'sort rumours')
  const worded = wholeText(wording).trim().replace(/\s+/g, ' ')
  if (worded.length > rumourWordingMax) {
    throw new AssayError('too_large', `Word it in at most ${rumourWordingMax} characters.`)
  }
  return db.transaction().execute(async (tx) => {
    if (!isId<RumourId>(rumourId) || !(await lockRumour(tx, rumourId))) {
      throw new AssayError('not_found', 'There is no rumour of this id here.')
    }
    const rumour = await getRumour(tx, rumourId)
    if (rumour.mergedInto !== null) {
      throw new AssayError('conflict', 'This rumour was merged into another; open that one.')
    }
    const now = rumour.wording ?? ''
    if (now === worded) return
    if (now !== was) {
      throw new AssayError(
        'conflict',
        'Somebody else has worded it meanwhile. Look at both; saving again puts yours in its place.',
      )
    }
    await updateWording(tx, rumour.id, worded || null)
    await insertRumourEvent(tx, {
      id: newId<RumourEventId>(ids),
      rumourId: rumour.id,
      kind: 'worded',
      personId: actor.personId,
      detail: { wording: worded || null },
      now: clock.now(),
    })
  })
}

/** A tip as it was sent, unmasked: a lead opens it, says why, and that is recorded before anything is shown. */
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import { isId, newId, type RumourEventId, type RumourId, type TipId } from '#domain/ids.ts'
import { demand } from '#domain/permissions.ts'
import { originalReason, type TipContent } from '#domain/tip.ts'
import { wholeText } from '#domain/whole-text.ts'
import { insertRumourEvent } from '#io/database/tips/rumour-events.ts'
import { findTip } from '#io/database/tips/tips.ts'
import type { Needs } from '../needs.ts'
import { openOriginal as openSealed } from '../tip-texts.ts'

/**
 * What the sender wrote; nothing of the sender is known. Null: its key is gone.
 * @throws forbidden, invalid or too_large (the reason), not_found (no such tip in this rumour)
 */
export async function openOriginal(
  needs: Pick<Needs, 'db' | 'clock' | 'ids' | 'keys' | 'fadingKeys'>,
  actor: Actor,
  { rumourId, tipId, reason }: { rumourId: string; tipId: string; reason: string },
): Promise<TipContent | null> {
  demand(actor, 'open an original')
  const { db, clock, ids } = needs
  const why = wholeText(reason).trim().replace(/\s+/g, ' ')
  if (why.length < originalReason.min) {
    throw new AssayError(
      'invalid',
      `Say in at least ${originalReason.min} characters why you need the original.`,
    )
  }
  if (why.length > originalReason.max) {
    throw new AssayError(
      'too_large',
      `Say in at most ${originalReason.max} characters why you need the original.`,
    )
  }
  const tip = isId<TipId>(tipId) ? await findTip(db, tipId) : null
  if (!tip || tip.rumourId !== rumourId) {
    throw new AssayError('not_found', 'There is no message of this id in this rumour.')
  }
  await db.transaction().execute((tx) =>
    insertRumourEvent(tx, {
      id: newId<RumourEventId>(ids),
      rumourId: rumourId as RumourId,
      kind: 'opened',
      personId: actor.personId,
      detail: { tip: tip.id, reason: why },
      now: clock.now(),
    }),
  )
  return openSealed(needs, tip)
}

/** Two rumours, each asked 25 times in one day: one with an approved wording, drawn for the public page, one with none. */
import { newId, type RumourId } from '#domain/ids.ts'
import { dayOf } from '#domain/tip.ts'
import { drawAsked } from '#flows/draw-asked/draw-asked.ts'
import type { Needs } from '#flows/needs.ts'
import { countAsk, insertRumour, updateWording } from '#io/database/tips/rumours.ts'

export const approvedWording = 'The lighthouse was sold to a circus'

export async function askedRumours(needs: Needs): Promise<[RumourId, RumourId]> {
  const { db, ids, clock } = needs
  const day = dayOf(clock.now())
  const made: [RumourId, RumourId] = [newId<RumourId>(ids), newId<RumourId>(ids)]
  await db.transaction().execute(async (tx) => {
    for (const id of made) {
      await insertRumour(tx, { id, lang: 'en', day })
      await countAsk(tx, id, { day, wording: ids.randomBytes(32), by: 25 })
    }
    await updateWording(tx, made[0], approvedWording)
  })
  await drawAsked(needs)
  return made
}

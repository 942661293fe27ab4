/** A rumour that is two: tips that a person chooses become one of their own, and nothing joins the two again by itself. */
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import { isId, newId, type RumourId, type TipId } from '#domain/ids.ts'
import { demand } from '#domain/permissions.ts'
import { dayOf } from '#domain/tip.ts'
import { insertApart, moveTips } from '#io/database/tips/gathering.ts'
import { listWordedAlike, markMoved } from '#io/database/tips/merges.ts'
import { insertRumour } from '#io/database/tips/rumours.ts'
import { countTips } from '#io/database/tips/tips.ts'
import { lockTwo, type SortNeeds, tell } from './merge-rumours.ts'

/** Tips of one page that can be chosen. */
export const splitMax = 100

/**
 * Tips that are worded as a chosen one go along: one wording is in one rumour. Also of an answered rumour: what was told is
 * then no answer for those who go, and theirs is open. A case stays with what is left.
 * @returns the new rumour
 * @throws not_found, invalid (none chosen, or all), conflict (merged), forbidden
 */
export function splitRumour(
  { db, clock, ids }: SortNeeds,
  actor: Actor,
  { rumourId, tipIds }: { rumourId: string; tipIds: string[] },
): Promise<RumourId> {
  demand(actor, 'sort rumours')
  return db.transaction().execute(async (tx) => {
    const { one: rumour } = await lockTwo(tx, rumourId, rumourId)
    if (rumour.mergedInto !== null) {
      throw new AssayError('conflict', 'This rumour was merged into another; open that one.')
    }
    const chosen = tipIds.filter(isId<TipId>).slice(0, splitMax)
    const going = await listWordedAlike(tx, rumour.id, chosen)
    const [first] = going
    if (!first) throw new AssayError('invalid', 'Choose the messages that are about something else.')
    if (going.length === (await countTips(tx, rumour.id))) {
      throw new AssayError(
        'invalid',
        'These are all messages of this rumour; leave at least one in another wording.',
      )
    }
    const now = clock.now()
    // Ids of rumours carry the day only, as their tips' do.
    const daily = { now: () => new Date(dayOf(now)), randomBytes: (count: number) => ids.randomBytes(count) }
    const made = newId<RumourId>(daily)
    await insertRumour(tx, { id: made, lang: first.lang, day: first.day })
    const gone = going.map(({ id }) => id)
    await moveTips(tx, gone, { from: rumour.id, to: made })
    await markMoved(tx, gone)
    await insertApart(tx, rumour.id, made)
    await tell({ tx, now, ids, actor }, 'split', rumour.id, made)
    return made
  })
}

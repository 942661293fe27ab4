/** tips → gone: what expired is deleted with its keys; of its rumour stays how often it was asked, in tens. */
import { randomInt } from 'node:crypto'
import type { RumourId } from '#domain/ids.ts'
import { dayOf, tipLimits } from '#domain/tip.ts'
import type { Tx } from '#io/database/open.ts'
import { lockRumours } from '#io/database/tips/gathering.ts'
import { addGoneAsks, deleteEmptyRumour } from '#io/database/tips/rumours.ts'
import { deleteTips, listExpiredTips } from '#io/database/tips/tips.ts'
import type { Needs } from '../needs.ts'

export type ExpireNeeds = Pick<Needs, 'db' | 'clock' | 'fadingKeys' | 'journal'>

/** Tips of one transaction. */
const tipsMax = 1_000

/** Everything that is due on this day or was before. How many tips that were. */
export async function expireTips({ db, clock, fadingKeys, journal }: ExpireNeeds): Promise<number> {
  const today = dayOf(clock.now())
  // The keys first: what follows may fail and be repeated, and nothing can be opened any more.
  await fadingKeys.destroyUntil(today)
  const askedUntil = dayOf(new Date(Date.parse(today) - tipLimits.keptDays * dayMs))
  let total = 0
  for (;;) {
    const due = await listExpiredTips(db, today, tipsMax)
    if (due.length === 0) break
    total += await db.transaction().execute((tx) => expireSome(tx, due, askedUntil))
  }
  if (total > 0) journal.info('tips expired', { day: today })
  return total
}

/** What was moved meanwhile is left to the next time. */
async function expireSome(
  tx: Tx,
  due: Awaited<ReturnType<typeof listExpiredTips>>,
  askedUntil: string,
): Promise<number> {
  const rumours = [...new Set(due.map(({ rumourId }) => rumourId))]
  await lockRumours(tx, rumours)
  const gone = await deleteTips(
    tx,
    due.map(({ id }) => id),
    rumours,
  )
  for (const [rumourId, tips] of Map.groupBy(gone, (tip) => tip.rumourId)) {
    await forget(tx, rumourId, askedUntil, tips.length)
  }
  return gone.length
}

async function forget(tx: Tx, rumourId: RumourId, until: string, tips: number): Promise<void> {
  await addGoneAsks(tx, rumourId, { until, kept: inTens(tips, randomInt(10)) })
  await deleteEmptyRumour(tx, rumourId)
}

/** Tens whose sum over many days is right on average, so that small numbers are neither kept nor lost. */
function inTens(count: number, drawn: number): number {
  return Math.floor(count / 10) * 10 + (drawn < count % 10 ? 10 : 0)
}

const dayMs = 24 * 60 * 60 * 1000

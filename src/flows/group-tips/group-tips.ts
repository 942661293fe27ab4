/**
 * tip → GROUP: each new tip is compared, with the engine that answers messages, with the open rumours. The same claim
 * joins, a likely one is only suggested to the desk, everything else stays a rumour of its own.
 */
import type { RumourId } from '#domain/ids.ts'
import type { Match } from '#domain/message.ts'
import { type Grouping, type OpenedTip, tipLimits } from '#domain/tip.ts'
import { deleteEmptyRumour, listRumours, lockRumour, moveRumour } from '#io/database/tips/rumours.ts'
import { listPendingTips, listTipsOfRumour, type SealedTip, updateGrouping } from '#io/database/tips/tips.ts'
import { createEngine } from '#matching/create-engine.ts'
import type { Engine } from '#matching/engine.ts'
import type { Needs } from '../needs.ts'
import { openTips, sealWhy } from '../tip-texts.ts'

export type GroupNeeds = Pick<Needs, 'db' | 'keys' | 'fadingKeys'>

/** Open rumours that a tip is compared with, the most asked first. */
const rumoursMax = 5_000
/** Tips of one round; the rest is taken at once after it. */
const tipsMax = 500
/** A wrong joining is worse than a missed one: the desk can merge, and sees what is likely. */
const joinMin = 0.9

/** Compares every tip that waits for it. How many that were. */
export async function groupTips(needs: GroupNeeds): Promise<number> {
  const pending = await listPendingTips(needs.db, tipsMax)
  if (pending.length === 0) return 0
  const waiting = new Set(pending.map(({ rumourId }) => rumourId))
  const engine = await engineOf(needs, waiting)
  const opened = await openTips(needs, pending)
  for (const [at, tip] of opened.entries()) await groupTip(needs, engine, pending[at]!, tip)
  return pending.length + (pending.length === tipsMax ? await groupTips(needs) : 0)
}

/** The open rumours by the text of their first tip; those that only wait themselves come in one by one. */
async function engineOf(needs: GroupNeeds, waiting: Set<RumourId>): Promise<Engine> {
  const engine = createEngine()
  const { rumours } = await listRumours(needs.db, { state: 'open' }, { limit: rumoursMax })
  for (const { id } of rumours) {
    if (waiting.has(id)) continue
    const [first] = await openTips(needs, await listTipsOfRumour(needs.db, id, { limit: 1 }))
    if (first) hold(engine, id, first)
  }
  return engine
}

function hold(engine: Engine, rumourId: RumourId, { content, lang, day }: OpenedTip): void {
  if (content === null) return
  engine.upsert(rumourId, {
    claim: content.text.slice(0, tipLimits.textMax),
    title: null,
    summary: null,
    body: null,
    lang,
    links: content.links,
    reviewedAt: day,
  })
}

async function groupTip(needs: GroupNeeds, engine: Engine, sealed: SealedTip, tip: OpenedTip): Promise<void> {
  const found = tip.content && engine.find({ ...tip.content, lang: tip.lang }, 2)
  // A rumour is compared as a review is, so its id stands where a review's would.
  const best = found?.matches.find(({ id }) => (id as string) !== tip.rumourId)
  const same = found?.decision === 'answered' && best !== undefined && best.confidence >= joinMin
  const maybe = !same && found !== null && found?.decision !== 'none' && best !== undefined
  const grouping: Grouping = same ? 'same' : maybe ? 'maybe' : 'new'
  const joined = best && same ? await join(needs, sealed, best) : null
  if (joined === null) hold(engine, tip.rumourId, tip)
  const why = best && (same || maybe) ? await sealWhy(needs, sealed, best.why) : null
  await needs.db
    .transaction()
    .execute((tx) => updateGrouping(tx, tip.id, { rumourId: joined ?? tip.rumourId, grouping, why }))
}

/** The tip's own rumour goes into the found one; null when one of them has gone meanwhile. */
async function join({ db }: GroupNeeds, { rumourId }: SealedTip, best: Match): Promise<RumourId | null> {
  const into = best.id as string as RumourId
  return db.transaction().execute(async (tx) => {
    // In one order everywhere, so that two joinings never wait for each other.
    for (const id of [rumourId, into].sort()) if (!(await lockRumour(tx, id))) return null
    await moveRumour(tx, rumourId, into)
    await deleteEmptyRumour(tx, rumourId)
    return into
  })
}

/**
 * notices → TOLD: what is out in the public log is told to every browser that asked for it, each telling once. What
 * cannot be handed over is tried again, later each time, and given up with a line in the journal that names nobody.
 */
import { dayOf } from '#domain/tip.ts'
import type { VapidKeys } from '#formats/push/vapid-keys.ts'
import type { Tx } from '#io/database/open.ts'
import {
  type DueTelling,
  endTelling,
  leaseTellings,
  markNoticesSent,
  putOffTelling,
  queueTellings,
  stopTelling,
} from '#io/database/tips/push-tellings.ts'
import { type FailedPush, pushNews } from '#io/push/push-news.ts'
import type { Needs } from '../needs.ts'
import { pushKeys } from '../push-keys.ts'
import { openPush } from '../tip-texts.ts'

export type NoticeNeeds = Pick<
  Needs,
  'db' | 'clock' | 'config' | 'keys' | 'fadingKeys' | 'fetcher' | 'journal' | 'metrics'
>

const minuteMs = 60_000

export const tellingLimits = {
  /** Added in one transaction. */
  queuedMax: 5_000,
  /** Taken at a time. */
  takenMax: 64,
  /** Requests at once. */
  openMax: 8,
  /** Longer than all requests of one taking: nobody is told twice because one process was slow. */
  leaseMs: 10 * minuteMs,
  /** Waits after the first try, the second and so on; after the last of them it is given up. */
  waitsMs: [1, 5, 30, 2 * 60, 6 * 60, 24 * 60].map((minutes) => minutes * minuteMs),
} as const

/** How many tellings were handed over. */
export async function sendNotices(
  needs: NoticeNeeds,
  { signal }: { signal?: AbortSignal } = {},
): Promise<number> {
  await queue(needs)
  const vapid = pushKeys(needs)
  let told = 0
  while (!signal?.aborted) {
    const { leaseMs, takenMax, openMax } = tellingLimits
    const due = await leaseTellings(needs.db, { now: needs.clock.now(), leaseMs, limit: takenMax })
    if (due.length === 0) break
    const lanes = Array.from({ length: openMax }, async () => {
      for (let one = due.shift(); one !== undefined && !signal?.aborted; one = due.shift()) {
        if (await tell(needs, one, vapid, signal)) told++
      }
    })
    await Promise.all(lanes)
  }
  return told
}

async function queue({ db, clock }: NoticeNeeds): Promise<void> {
  const { queuedMax } = tellingLimits
  const now = clock.now()
  for (let added: number = queuedMax; added === queuedMax; ) {
    added = await db
      .transaction()
      .execute((tx) => queueTellings(tx, { now, today: dayOf(now), limit: queuedMax }))
  }
  await db.transaction().execute((tx) => markNoticesSent(tx, now))
}

async function tell(
  needs: NoticeNeeds,
  telling: DueTelling,
  vapid: VapidKeys,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { keys, fetcher, metrics, db } = needs
  const subscription = await openPush(needs, telling)
  // The key is gone, and with it the address: the tip goes next.
  if (subscription === null) return false
  const topic = Buffer.from(keys.mac('push', `topic ${telling.noticeId}`))
    .subarray(0, topicBytes)
    .toString('base64url')
  const push = { subscription, vapid, subject: subjectOf(needs), topic }
  const outcome = await pushNews(fetcher, push, signal)
  metrics.pushes.inc({ outcome: outcome.kind })
  await db.transaction().execute(async (tx) => {
    if (outcome.kind === 'delivered') await endTelling(tx, { ...telling, state: 'sent' })
    else if (outcome.kind === 'gone') await stopTelling(tx, telling.tipId)
    else await tryAgain(tx, needs, telling, outcome)
  })
  return outcome.kind === 'delivered'
}

const topicBytes = 18

/** Later, or no more. */
async function tryAgain(
  tx: Tx,
  { clock, journal }: NoticeNeeds,
  telling: DueTelling,
  { kind, reason }: FailedPush,
): Promise<void> {
  const { tries } = telling
  const waitMs = kind === 'refused' ? undefined : tellingLimits.waitsMs[tries - 1]
  if (waitMs !== undefined) {
    return putOffTelling(tx, { ...telling, dueAt: new Date(clock.now().getTime() + waitMs) })
  }
  await endTelling(tx, { ...telling, state: 'given-up' })
  journal.warn('push given up', { tries, reason })
}

/** Push services write to it when something is wrong; they take https only, whatever this site is served by. */
function subjectOf({ config }: NoticeNeeds): string {
  return `https://${new URL(config.publicUrl).host}/`
}

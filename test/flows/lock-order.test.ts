/** Whoever deletes tips waits for whoever moves them, and not the other way round too: nobody is cut off by the database. */
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import type { RumourId } from '#domain/ids.ts'
import { expireTips } from '#flows/expire-tips/expire-tips.ts'
import { deleteByReceipt } from '#flows/read-receipt/read-receipt.ts'
import { gatherRumours, lockRumours } from '#io/database/tips/gathering.ts'
import { openTipDesk } from './tip-desk.ts'

const desk = await openTipDesk()
const { needs } = desk
const { db } = needs

/** As a merge does: both rumours are held, and only when somebody waits for one of them their tips are moved. */
async function mergeWhile(work: () => Promise<unknown>): Promise<void> {
  const { rows } = await sql<{ id: RumourId }>`select id from rumours order by id desc`.execute(db)
  const [from, into] = rows.map(({ id }) => id) as [RumourId, RumourId]
  let working: Promise<unknown> = Promise.resolve()
  await db.transaction().execute(async (tx) => {
    await lockRumours(tx, [from, into])
    working = work()
    working.catch(() => {})
    await vi.waitFor(
      async () => {
        const { rows: waiting } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
        expect(waiting[0]!.n).toBeGreaterThan(0)
      },
      { timeout: 20_000 },
    )
    await gatherRumours(tx, [from], into)
  })
  await working
}

async function tipsLeft(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from tips`.execute(db)
  return rows[0]!.n
}

test('a sender who deletes a tip that is just being moved', async () => {
  const words = [await desk.send('The mill grinds glass'), await desk.send('The well is made of tin')]
  await mergeWhile(() => Promise.all(words.map((one) => deleteByReceipt(needs, one))))
  expect(await tipsLeft()).toBe(0)
})

test('tips that expire while their rumours are being put together', async () => {
  for (let at = 0; at < 6; at++) await desk.send(at % 2 === 0 ? 'The tower leans' : 'The bridge hums')
  desk.moveClock(91)
  await mergeWhile(() => expireTips(needs))
  expect(await tipsLeft()).toBe(0)
})

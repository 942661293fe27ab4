/** After 90 days nothing of a tip is left, and no backup from before can be opened. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { expireTips } from '#flows/expire-tips/expire-tips.ts'
import { groupTips } from '#flows/group-tips/group-tips.ts'
import { deleteByReceipt, readReceipt } from '#flows/read-receipt/read-receipt.ts'
import { openOriginal, openTips } from '#flows/tip-texts.ts'
import { countAsks, listRumours } from '#io/database/tips/rumours.ts'
import { listTipsOfRumour, type SealedTip } from '#io/database/tips/tips.ts'
import { openTipDesk } from './tip-desk.ts'

const desk = await openTipDesk()
const { needs } = desk

async function count(table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(table)}`.execute(
    needs.db,
  )
  return rows[0]!.n
}

async function allTips(): Promise<SealedTip[]> {
  const { rumours } = await listRumours(needs.db, {}, { limit: 50 })
  const lists = await Promise.all(rumours.map(({ id }) => listTipsOfRumour(needs.db, id, { limit: 50 })))
  return lists.flat()
}

const keyFiles = () => readdir(join(desk.dataFolder, 'fading-keys'))

test('a tip is there for 90 days, and on the last of them rows, keys and asks are gone', async () => {
  const early = await desk.send('The old mill grinds diamonds')
  for (let copy = 0; copy < 24; copy++) await desk.send('Twenty-five people heard of the golden well')
  desk.moveClock(1)
  const late = await desk.send('The tide clock runs backwards')
  const backup = await allTips()
  expect(backup).toHaveLength(26)
  expect((await openTips(needs, backup)).every(({ content }) => content !== null)).toBe(true)

  desk.moveClock(88)
  expect(await expireTips(needs)).toBe(0)
  const kept = { day: '2026-01-10', expiresOn: '2026-04-10' }
  expect(await readReceipt(needs, early)).toMatchObject({ status: kept })

  desk.moveClock(1)
  expect(await readReceipt(needs, early)).toBeNull()
  expect(await expireTips(needs)).toBe(25)
  expect(await count('tips')).toBe(1)
  expect(await keyFiles()).toEqual(['2026-04-11'])
  const opened = await openTips(needs, backup)
  expect(opened.filter(({ content }) => content !== null)).toHaveLength(1)

  desk.moveClock(1)
  expect(await expireTips(needs)).toBe(1)
  expect([await count('tips'), await count('rumour_asks')]).toEqual([0, 0])
  expect(await keyFiles()).toEqual([])
  expect(await readReceipt(needs, late)).toBeNull()
  for (const tip of backup) expect(await openOriginal(needs, tip)).toBeNull()
})

test('of a rumour that many asked, only tens stay', async () => {
  const { rumours } = await listRumours(needs.db, {}, { limit: 50 })
  for (const { id, demand, asksGone } of rumours) {
    expect(demand).toBe(0)
    expect(asksGone % 10).toBe(0)
    expect(await countAsks(needs.db, id)).toBe(asksGone)
  }
  expect(rumours.map(({ asksGone }) => asksGone).some((asks) => asks === 20 || asks === 30)).toBe(true)
})

test('a tip that its sender deletes cannot be opened from a backup either, and its neighbours can', async () => {
  const mine = await desk.send('A secret of mine about the bakery')
  const other = await desk.send('Somebody else about the brewery')
  const backup = await allTips()
  expect(await deleteByReceipt(needs, mine)).toBe(true)
  const opened = (await openTips(needs, backup)).map(({ content }) => content?.text ?? null)
  expect(opened.filter((text) => text !== null)).toEqual(['Somebody else about the brewery'])
  await deleteByReceipt(needs, other)
})

test('neither the ids nor the files of the keys tell more of the time than the day', async () => {
  await desk.send('When did I send this')
  const [tip] = await allTips()
  const decoded = [...tip!.id.slice(0, 10)].reduce(
    (time, letter) => time * 32 + '0123456789abcdefghjkmnpqrstvwxyz'.indexOf(letter),
    0,
  )
  expect(new Date(decoded).toISOString()).toMatch(/T00:00:00\.000Z$/)
  const folder = join(desk.dataFolder, 'fading-keys')
  for (const name of await keyFiles()) {
    const { mtime, mode } = await stat(join(folder, name))
    expect(mtime.toISOString()).toBe(`${name}T00:00:00.000Z`)
    expect(mode & 0o077).toBe(0)
    expect((await readFile(join(folder, name))).length % 58).toBe(0)
  }
})

test('grouping that comes after a tip was deleted finds nothing to do', async () => {
  const words = await desk.send('Gone before it is grouped')
  await deleteByReceipt(needs, words)
  await groupTips(needs)
  expect(await readReceipt(needs, words)).toBeNull()
})

/** Tips that say the same become one rumour, in any order; what is only near is shown to the desk; nothing is joined blindly. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { RumourId } from '#domain/ids.ts'
import { openGrouping } from '#flows/group-tips/group-tips.ts'
import { deleteByReceipt } from '#flows/read-receipt/read-receipt.ts'
import { openTips } from '#flows/tip-texts.ts'
import { insertApart } from '#io/database/tips/gathering.ts'
import { listTipsOfRumour } from '#io/database/tips/tips.ts'
import { openTipDesk } from './tip-desk.ts'

const desk = await openTipDesk()
const { needs } = desk
const { db } = needs
const grouping = openGrouping(needs)

interface Row {
  id: RumourId
  demand: number
  tips: number
}

async function rumours(): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select r.id, r.demand, (select count(*)::int from tips where rumour_id = r.id) as tips
    from rumours r order by id`.execute(db)
  return rows
}

/** The rumour of the tip of a receipt. */
async function rumourOf(text: string): Promise<RumourId> {
  for (const { id } of await rumours()) {
    const tips = await openTips(needs, await listTipsOfRumour(db, id, { limit: 1_000 }))
    if (tips.some(({ content }) => content?.text === text)) return id
  }
  throw new Error(`nobody sent in: ${text}`)
}

async function sendAll(texts: string[]): Promise<RumourId[]> {
  for (const text of texts) await desk.send(text)
  await grouping.run()
  const found: RumourId[] = []
  for (const text of texts) found.push(await rumourOf(text))
  return found
}

const flood = 'The water of the river Lume was poisoned by the paper mill on Friday and nobody may drink it'

describe('what becomes one rumour', () => {
  test('a message forwarded with a greeting, a slip of the hand, an emoji, a few words more', async () => {
    const ids = await sendAll([
      flood,
      `FWD: ${flood}!!! 😱😱`,
      'The water of the river Lume was poisened by the paper mil on friday and nobody may drnik it',
      `Please share with everybody. ${flood}`,
      `${flood} so boil it before you cook`,
    ])
    expect(new Set(ids).size).toBe(1)
  })

  test('the same page, however it is linked to', async () => {
    const page = 'https://news.example/2026/01/the-mill'
    const ids = await sendAll([
      `${page}?utm_source=chat`,
      `Is this true? https://www.news.example/2026/01/the-mill/`,
    ])
    expect(new Set(ids).size).toBe(1)
  })

  test('the same claim in other words', async () => {
    const ids = await sendAll([
      'Mayor Okonkwo sold the old harbour of Port Selwyn to a casino company for one dollar',
      'Is it true that the mayor Okonkwo has sold the old Port Selwyn harbour for one dollar to a casino company??',
    ])
    expect(new Set(ids).size).toBe(1)
  })
})

describe('what stays apart', () => {
  test.each([
    [
      'another number',
      'The fire in the Talbot tower killed 12 people on Monday night',
      'The fire in the Talbot tower killed 45 people on Monday night',
    ],
    [
      'another name',
      'President Arlen was arrested at the border with a suitcase of gold',
      'President Bresson was arrested at the border with a suitcase of gold',
    ],
    [
      'a "not"',
      'The new flu vaccine of Corvax does contain mercury and lead',
      'The new flu vaccine of Corvax does not contain mercury and lead',
    ],
    ['names changed round', 'Norland attacked Sudland at night', 'Sudland attacked Norland at night'],
    [
      'the same topic',
      'The Verano bridge was closed because a crack was found in its pillar',
      'A ferry hit the Verano bridge and the captain had been drinking',
    ],
    [
      'the front page of one site',
      'They say that goats can vote now https://news.example/',
      'A comet will hit the lake in June https://news.example',
    ],
  ])('%s', async (_what, one, other) => {
    const [first, second] = await sendAll([one, other])
    expect(first).not.toBe(second)
  })

  test('and is shown to the desk with why, sealed, where it is near', async () => {
    const ids = [
      await rumourOf('The fire in the Talbot tower killed 45 people on Monday night'),
      await rumourOf('The fire in the Talbot tower killed 12 people on Monday night'),
    ]
    const tips = await Promise.all(ids.map((id) => listTipsOfRumour(db, id, { limit: 1 })))
    // Ids of one day are in no order: either of the two may be compared first.
    const sealed = tips.flat().find(({ grouping: came }) => came === 'maybe')!
    expect(ids).toContain(sealed.maybeOf)
    expect(sealed.maybeOf).not.toBe(sealed.rumourId)
    expect(Buffer.from(sealed.why!).toString('latin1')).not.toMatch(/numbers-differ|Talbot/)
    const [tip] = await openTips(needs, [sealed])
    const differs = tip!.why.find(({ kind }) => kind === 'numbers-differ')
    expect(differs?.terms.toSorted()).toEqual(['12', '45'])
  })

  test('two rumours that a person held apart', async () => {
    const one = 'The lighthouse of Cape Mora will be sold to a film studio in autumn'
    const other = 'The lighthouse of Cape Mora will be sold to a film studio this autumn'
    const [first] = await sendAll([one])
    await desk.send(other)
    await db.transaction().execute(async (tx) => insertApart(tx, first!, await rumourOf(other)))
    await grouping.run()
    expect(await rumourOf(other)).not.toBe(first)
  })
})

test('a joined tip counts as an ask of its rumour, in another wording', async () => {
  const id = await rumourOf(flood)
  expect((await rumours()).find((row) => row.id === id)).toMatchObject({ tips: 5, demand: 5 })
})

test('a wording that a rumour has already joins it at once, also while that waits to be compared', async () => {
  const text = 'A whale was seen in the canal of Bruck'
  await desk.send(text)
  await desk.send(`${text}!`)
  const id = await rumourOf(text)
  const tips = await listTipsOfRumour(db, id, { limit: 9 })
  expect(tips.map((tip) => tip.grouping).sort()).toEqual(['pending', 'same'])
  await grouping.run()
})

test('a rumour that somebody has in hand is not moved from under them, only shown where it may belong', async () => {
  const one = 'The tram of line nine ran through the market without brakes today'
  const other = 'Today the tram of line nine ran through the market without any brakes'
  const [first] = await sendAll([one])
  await desk.send(other)
  const worded = await rumourOf(other)
  await db.updateTable('rumours').set({ wording: 'A tram had no brakes' }).where('id', '=', worded).execute()
  await grouping.run()
  expect(await rumourOf(other)).toBe(worded)
  const [tip] = await listTipsOfRumour(db, worded, { limit: 1 })
  expect(tip).toMatchObject({ grouping: 'maybe', maybeOf: first })
})

test('what a sender deleted is not compared with any more', async () => {
  const text = 'The statue of the queen was seen to weep oil at noon'
  const words = await desk.send(text)
  await grouping.run()
  await deleteByReceipt(needs, words)
  const again = 'Statue of the queen was seen to weep oil at noon again'
  await sendAll([again])
  const [tip] = await listTipsOfRumour(db, await rumourOf(again), { limit: 1 })
  expect(tip).toMatchObject({ grouping: 'new', maybeOf: null })
})

test('nothing of a tip is written to the data folder by grouping', async () => {
  const files = await readdir(desk.dataFolder, { recursive: true, withFileTypes: true })
  for (const file of files.filter((one) => one.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name))
    expect(bytes.toString('latin1')).not.toMatch(/poisoned|Talbot|lighthouse/)
  }
})

test('counts kept beside the asks are what the asks add up to', async () => {
  const { rows } = await sql<{ wrong: number }>`
    select (select count(*) from (
        (select rumour_id, day, sum(asks)::int as asks, count(*)::int as wordings from rumour_asks group by rumour_id, day)
        except select rumour_id, day, asks, wordings from rumour_days) d)
      + (select count(*) from (
        (select rumour_id, lang, count(*)::int as tips from tips where lang is not null group by rumour_id, lang)
        except select rumour_id, lang, tips from rumour_langs) l)
      + (select count(*) from rumour_days where asks <= 0) + (select count(*) from rumour_langs where tips <= 0)
      as wrong`.execute(db)
  expect(Number(rows[0]!.wrong)).toBe(0)
})

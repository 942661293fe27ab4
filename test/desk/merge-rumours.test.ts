/** Rumours put together, taken apart and held apart by people: everything follows, everything can be taken back. */
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { RumourId } from '#domain/ids.ts'
import { openGrouping } from '#flows/group-tips/group-tips.ts'
import { findTipByReceipt, readReceipt } from '#flows/read-receipt/read-receipt.ts'
import { openTips } from '#flows/tip-texts.ts'
import { dropCase } from '#flows/work-case/plan-case.ts'
import { takeCase } from '#flows/work-case/take-case.ts'
import { holdApart, mergeRumours, unmergeRumour } from '#flows/work-inbox/merge-rumours.ts'
import { openOriginal } from '#flows/work-inbox/open-original.ts'
import { splitRumour } from '#flows/work-inbox/split-rumour.ts'
import { wordRumour } from '#flows/work-inbox/word-rumour.ts'
import { listRumourEvents } from '#io/database/tips/rumour-events.ts'
import { countAsks, getRumour } from '#io/database/tips/rumours.ts'
import { listSuggestions, listTipsOfRumour } from '#io/database/tips/tips.ts'
import { openTipDesk } from '../flows/tip-desk.ts'
import { openNewsrooms } from './newsrooms.ts'

const desk = await openTipDesk()
const { db } = desk.needs
const room = await openNewsrooms(db)
const { ana, lead, reader, rival, rivalLead, operator } = room
const needs = { ...desk.needs }
const grouping = openGrouping(needs)
const code = (name: string) => expect.objectContaining({ code: name })

const towns = [
  'Arvel',
  'Bodmin',
  'Cresco',
  'Dunmore',
  'Estrada',
  'Farrow',
  'Gildas',
  'Hornsey',
  'Ilford',
  'Jedburgh',
  'Kells',
  'Lorne',
  'Morven',
  'Nairn',
  'Oban',
  'Perth',
]
let used = 0

/** Two rumours that nobody would join by machine; the first was asked in two wordings. */
async function two() {
  const [one, other] = [towns[used++ % towns.length]!, towns[(used + 5) % towns.length]!]
  const receipts = [
    await desk.send(`The well of ${one} ${used} is full of mercury since the spring`),
    await desk.send(`Since the spring the well of ${one} ${used} is full of mercury, they say`),
    await desk.send(`Somebody in ${other} poured quicksilver down the fountain beside the town hall`),
  ]
  await grouping.run()
  const ids = await Promise.all(receipts.map(rumourOf))
  expect(ids[0]).toBe(ids[1])
  expect(ids[0]).not.toBe(ids[2])
  return { receipts, from: ids[0]!, into: ids[2]! }
}

async function rumourOf(receipt: string): Promise<RumourId> {
  return (await findTipByReceipt(needs, receipt))!.rumourId
}

const state = async (id: RumourId) => {
  const { demand, asksGone, mergedInto, wording } = await getRumour(db, id)
  return { demand, asksGone, mergedInto, wording, asks: await countAsks(db, id) }
}

describe('merging', () => {
  test('carries tips, asks, demand and receipts along, and taking it back restores them', async () => {
    const { receipts, from, into } = await two()
    await db.updateTable('rumours').set({ asks_gone: 30 }).where('id', '=', from).execute()
    const before = [await state(from), await state(into)]
    await mergeRumours(needs, ana, { rumourId: from, into })
    expect(await state(into)).toMatchObject({ demand: 3, asksGone: 30, asks: 33 })
    expect(await state(from)).toMatchObject({ demand: 0, asks: 0, mergedInto: into })
    expect(await Promise.all(receipts.map(rumourOf))).toEqual([into, into, into])
    const caseId = await takeCase(needs, ana, { rumourId: into, claim: 'A well is poisoned' })
    expect((await readReceipt(needs, receipts[0]!))?.status.state).toBe('in-work')
    await dropCase(needs, ana, { caseId, reason: 'Nothing to it.' })
    await unmergeRumour(needs, rival, { rumourId: from })
    expect([await state(from), await state(into)]).toEqual(before)
    expect(await Promise.all(receipts.map(rumourOf))).toEqual([from, from, into])
    const homes = await db.selectFrom('tips').select('homes').where('rumour_id', '=', from).execute()
    expect(homes.every((row) => row.homes.length === 0)).toBe(true)
  })

  test('over two steps is taken back step by step', async () => {
    const { from, into } = await two()
    const { into: last } = await two()
    const before = [await state(from), await state(into), await state(last)]
    await mergeRumours(needs, ana, { rumourId: from, into })
    await mergeRumours(needs, ana, { rumourId: into, into: last })
    await expect(unmergeRumour(needs, ana, { rumourId: from })).rejects.toEqual(code('conflict'))
    await unmergeRumour(needs, ana, { rumourId: into })
    await unmergeRumour(needs, ana, { rumourId: from })
    expect([await state(from), await state(into), await state(last)]).toEqual(before)
    await expect(unmergeRumour(needs, ana, { rumourId: from })).rejects.toEqual(code('conflict'))
  })

  test('a tip that came since in a wording of the merged rumour goes back with it', async () => {
    const { from, into } = await two()
    const [first] = await openTips(needs, await listTipsOfRumour(db, from, { limit: 1 }))
    await mergeRumours(needs, ana, { rumourId: from, into })
    const late = await desk.send(first!.content!.text)
    expect(await rumourOf(late)).toBe(into)
    await unmergeRumour(needs, ana, { rumourId: from })
    expect(await rumourOf(late)).toBe(from)
    expect(await state(from)).toMatchObject({ asks: 3, demand: 2 })
  })

  test('a case and a wording go along, and come back', async () => {
    const { from, into } = await two()
    const caseId = await takeCase(needs, rival, { rumourId: from, claim: 'A well is poisoned' })
    await wordRumour(needs, ana, { rumourId: from, wording: 'A well holds mercury', was: '' })
    const onRumour = async () =>
      (await db.selectFrom('cases').select('rumour_id').where('id', '=', caseId).executeTakeFirstOrThrow())
        .rumour_id
    await mergeRumours(needs, ana, { rumourId: from, into })
    expect([await onRumour(), (await state(into)).wording]).toEqual([into, 'A well holds mercury'])
    await unmergeRumour(needs, ana, { rumourId: from })
    expect([await onRumour(), (await state(into)).wording]).toEqual([from, null])
  })

  test('is refused while one organisation has a case on both, whichever it is, and says no more of it', async () => {
    const { from, into } = await two()
    for (const rumourId of [from, into]) await takeCase(needs, rival, { rumourId, claim: 'A secret wording' })
    await expect(mergeRumours(needs, ana, { rumourId: from, into })).rejects.toThrow(
      'Another organisation has a case on each of the two; merge them once one of those is dropped.',
    )
    await expect(mergeRumours(needs, rival, { rumourId: from, into })).rejects.toThrow(
      'Your organisation has',
    )
  })

  test('is for leads and checkers of any organisation, of two open rumours that are there', async () => {
    const { from, into } = await two()
    for (const actor of [reader, operator]) {
      await expect(async () => mergeRumours(needs, actor, { rumourId: from, into })).rejects.toEqual(
        code('forbidden'),
      )
    }
    await expect(async () => mergeRumours(needs, ana, { rumourId: from, into: from })).rejects.toEqual(
      code('invalid'),
    )
    const nothing = '0'.repeat(26)
    await expect(mergeRumours(needs, ana, { rumourId: from, into: nothing })).rejects.toEqual(
      code('not_found'),
    )
    await expect(mergeRumours(needs, ana, { rumourId: "'", into })).rejects.toEqual(code('not_found'))
    await db.updateTable('rumours').set({ state: 'answered' }).where('id', '=', into).execute()
    await expect(mergeRumours(needs, ana, { rumourId: from, into })).rejects.toThrow(/same review instead/)
  })

  test('by two people at once, both ways round, happens once', async () => {
    const { from, into } = await two()
    const both = await Promise.allSettled([
      mergeRumours(needs, ana, { rumourId: from, into }),
      mergeRumours(needs, rival, { rumourId: into, into: from }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const merged = [await state(from), await state(into)].filter(({ mergedInto }) => mergedInto !== null)
    expect(merged).toHaveLength(1)
    expect(Math.max((await state(from)).asks, (await state(into)).asks)).toBe(3)
  })
})

describe('splitting', () => {
  test('makes a rumour of the chosen tips and of those worded like them, which does not rejoin by itself', async () => {
    const { receipts, from } = await two()
    const again = await desk.send((await textsOf(from))[0]!)
    const chosen = (await listTipsOfRumour(db, from, { limit: 1 })).map(({ id }) => id)
    const made = await splitRumour(needs, ana, { rumourId: from, tipIds: chosen })
    expect(await state(made)).toMatchObject({ asks: 2, demand: 1 })
    expect(await state(from)).toMatchObject({ asks: 1, demand: 1 })
    expect(await rumourOf(again)).toBe(made)
    await grouping.run()
    await grouping.run()
    expect(new Set(await Promise.all(receipts.slice(0, 2).map(rumourOf)))).toEqual(new Set([from, made]))
    const moved = await listTipsOfRumour(db, made, { limit: 9 })
    expect(moved.map((tip) => tip.grouping)).toEqual(['moved', 'moved'])
  })

  test('of none, of all, of another rumour’s tips is refused, and so is a reader', async () => {
    const { from, into } = await two()
    const all = (await listTipsOfRumour(db, from, { limit: 9 })).map(({ id }) => id)
    const foreign = (await listTipsOfRumour(db, into, { limit: 9 })).map(({ id }) => id)
    for (const tipIds of [[], all, foreign, ['x']]) {
      await expect(splitRumour(needs, ana, { rumourId: from, tipIds })).rejects.toEqual(code('invalid'))
    }
    await expect(async () => splitRumour(needs, reader, { rumourId: from, tipIds: all })).rejects.toEqual(
      code('forbidden'),
    )
  })
})

async function textsOf(id: RumourId): Promise<string[]> {
  const tips = await openTips(needs, await listTipsOfRumour(db, id, { limit: 9 }))
  return tips.map(({ content }) => content!.text)
}

test('“not the same” is remembered: the suggestion is gone and does not come back', async () => {
  const texts = [
    'The fire in the Talbot tower killed 12 people at night',
    'The fire in the Talbot tower killed 45 people at night',
  ]
  const receipts = [await desk.send(texts[0]!), await desk.send(texts[1]!)]
  await grouping.run()
  const [one, other] = (await Promise.all(receipts.map(rumourOf))) as [RumourId, RumourId]
  expect((await listSuggestions(db, one, 5)).map((found) => found.other)).toEqual([other])
  expect((await listSuggestions(db, other, 5)).map((found) => found.other)).toEqual([one])
  await holdApart(needs, ana, { rumourId: one, other })
  await grouping.run()
  expect(await listSuggestions(db, one, 5)).toEqual([])
  expect(await listSuggestions(db, other, 5)).toEqual([])
})

test('an original is opened by a lead with a reason, which is written down first; others read that it was, not why', async () => {
  const receipt = await desk.send('Call me at +34 612 345 678, the well is poisoned')
  const id = await rumourOf(receipt)
  const [tip] = await listTipsOfRumour(db, id, { limit: 1 })
  const asked = {
    rumourId: id,
    tipId: tip!.id,
    reason: 'The number may be of the mill, and is part of the claim.',
  }
  expect((await textsOf(id))[0]).not.toContain('612')
  expect(await openOriginal(needs, lead, asked)).toMatchObject({
    text: expect.stringContaining('+34 612 345 678'),
  })
  for (const actor of [ana, reader, operator]) {
    await expect(openOriginal(needs, actor, asked)).rejects.toEqual(code('forbidden'))
  }
  await expect(openOriginal(needs, lead, { ...asked, reason: 'because' })).rejects.toEqual(code('invalid'))
  await expect(openOriginal(needs, lead, { ...asked, rumourId: '0'.repeat(26) })).rejects.toEqual(
    code('not_found'),
  )
  const seen = (actor: typeof lead) => listRumourEvents(db, id, actor.organisationId, 9)
  expect(await seen(lead)).toMatchObject([{ kind: 'opened', personId: lead.personId, reason: asked.reason }])
  expect(await seen(rivalLead)).toMatchObject([{ kind: 'opened', personId: null, reason: null }])
})

test('who merged and split what stands on both rumours', async () => {
  const { from, into } = await two()
  await mergeRumours(needs, ana, { rumourId: from, into })
  needs.clock.at = new Date(needs.clock.at.getTime() + 1_000)
  await unmergeRumour(needs, rival, { rumourId: from })
  for (const [id, other] of [
    [from, into],
    [into, from],
  ] as const) {
    expect(await listRumourEvents(db, id, ana.organisationId, 9)).toMatchObject([
      { kind: 'split', personId: null, other },
      { kind: 'merged', personId: ana.personId, other },
    ])
  }
})

test('after all this, counts are what the asks add up to', async () => {
  const { rows } = await sql<{ wrong: string }>`
    select (select count(*) from (
        select rumour_id, day, wording, count(*)::int as asks from tips group by rumour_id, day, wording
        except select rumour_id, day, wording, asks from rumour_asks) t)
      + (select count(*) from (
        select rumour_id, day, sum(asks)::int as asks, count(*)::int as wordings from rumour_asks group by rumour_id, day
        except select rumour_id, day, asks, wordings from rumour_days) d) as wrong`.execute(db)
  expect(Number(rows[0]!.wrong)).toBe(0)
})

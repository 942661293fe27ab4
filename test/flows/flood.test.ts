/** One message sent in hundreds of shapes within a minute: one rumour for the desk, in nobody's way. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { RumourId } from '#domain/ids.ts'
import { drawAsked } from '#flows/draw-asked/draw-asked.ts'
import { openGrouping } from '#flows/group-tips/group-tips.ts'
import { listAsked } from '#io/database/tips/asked.ts'
import { insertApart } from '#io/database/tips/gathering.ts'
import { listRumours } from '#io/database/tips/rumours.ts'
import { openTipDesk } from './tip-desk.ts'

const desk = await openTipDesk()
const { needs } = desk
const { db } = needs

const claims = [
  'A bakery in Gildas sold bread with sawdust to many schools',
  'The hospital of Hornsey turns away everybody without an electricity bill',
  'Goats were found living inside the second pillar of the Verano bridge',
]
const flood = 'The dairy of Port Selwyn poured poison into its milk and nobody in the ministry will say so'
const shapes = [
  (at: number) => `${flood} ${at}`,
  (at: number) => `(${at}) ${flood}`,
  (at: number) => flood.replace('ministry', `mini${'abcdefghij'[at % 10]}stry`) + '!'.repeat(at % 5),
  (at: number) => `${'abcdefghij'[at % 10]!.repeat(2 + (at % 7))} ${flood.toLowerCase()}`,
]

async function desksOrder(): Promise<RumourId[]> {
  const { rumours } = await listRumours(db, { state: 'open' }, { limit: 100 })
  return rumours.map(({ id }) => id)
}

async function askedOrder(): Promise<string[]> {
  return (await listAsked(db, {}, { limit: 100 })).asked.map(({ wording }) => wording)
}

async function wordAll(): Promise<void> {
  await sql`update rumours set wording = 'Approved ' || id where wording is null`.execute(db)
  await drawAsked(needs)
}

test('it is one rumour, others keep their order, and it is not first by volume', async () => {
  const grouping = openGrouping(needs)
  for (const [at, claim] of claims.entries()) {
    for (let day = 0; day < 3; day++) {
      for (let wording = 0; wording <= 4 + at; wording++)
        await desk.send(`${claim} ${'so they say '.repeat(wording)}`)
      desk.moveClock(1)
    }
  }
  await grouping.run()
  await wordAll()
  const known = await desksOrder()
  expect(known).toHaveLength(claims.length)
  const asked = await askedOrder()

  for (let at = 0; at < 160; at++) {
    await desk.send(shapes[at % shapes.length]!(at))
    if (at === 60) await grouping.run()
  }
  await grouping.run()
  const after = await desksOrder()
  expect(after).toHaveLength(claims.length + 1)
  expect(after.filter((id) => known.includes(id))).toEqual(known)
  expect(known).not.toContain(after.at(-1))
  await wordAll()
  const shown = await askedOrder()
  expect(shown.filter((wording) => asked.includes(wording))).toEqual(asked)
  expect(asked).not.toContain(shown.at(-1))
  const { rows } = await sql<{ decision: string; maybe: number; n: number }>`
    select decision, count(maybe_of)::int as maybe, count(*)::int as n from tips
    where rumour_id <> all(${known}::text[]) group by decision`.execute(db)
  const others = rows.filter(({ decision }) => decision !== 'same')
  // The very first may still be new; nothing is left as a guess.
  expect(others.every(({ decision, n }) => decision === 'new' && n === 1)).toBe(true)
  expect(rows.every(({ maybe }) => maybe === 0)).toBe(true)
}, 60_000)

test('what people hold apart from it stays apart, though it comes to be seen as the same', async () => {
  const other = 'The tram of line nine ran through the market of Arvel without any brakes this morning'
  for (let at = 0; at < 3; at++) await desk.send(`${other} ${at}`)
  const grouping = openGrouping(needs)
  await grouping.run()
  const { rows } = await sql<{ tip: string; id: RumourId }>`
    select t.id as tip, r.id from rumours r join tips t on t.rumour_id = r.id where r.wording is null`.execute(
    db,
  )
  const [one, two] = rows as [{ tip: string; id: RumourId }, { tip: string; id: RumourId }]
  await db.transaction().execute((tx) => insertApart(tx, one.id, two.id))
  for (let at = 3; at < 30; at++) await desk.send(`${other} ${at}`)
  await grouping.run()
  const { rows: homes } = await sql<{ id: RumourId }>`
    select distinct rumour_id as id from tips where id in (${one.tip}, ${two.tip})`.execute(db)
  expect(homes).toHaveLength(2)
  const { rows: left } = await sql<{ tips: number }>`
    select count(*)::int as tips from tips t join rumours r on r.id = t.rumour_id
    where r.wording is null group by rumour_id order by tips desc`.execute(db)
  expect(left[0]!.tips).toBeGreaterThanOrEqual(28)
}, 60_000)

/** Promise 4: rising means asked. What rises is what people sent in, counted by wordings and days, and told in coarse steps. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { drawAsked } from '#flows/draw-asked/draw-asked.ts'
import { listAsked } from '#io/database/tips/asked.ts'
import { updateWording } from '#io/database/tips/rumours.ts'
import { openTestSite } from '../api/open-test-site.ts'
import { record, wall } from '../api/records.ts'
import { sourceFiles } from '../house/source-files.ts'

const site = openTestSite(wall)

const send = async (text: string) => {
  const { status } = await site.post('/api/v1/tips', { text, clientId: randomUUID() })
  expect(status).toBe(201)
}

async function demands(): Promise<number[]> {
  const { rows } = await sql<{ demand: number }>`select demand from rumours order by demand desc, id`.execute(
    site.site.needs.db,
  )
  return rows.map(({ demand }) => demand)
}

const well = 'The town well glows green at night'

test('asking raises nothing, and neither does what publishers publish', async () => {
  for (let times = 0; times < 12; times++) await site.post('/api/v1/answers', { text: well })
  await site.add(
    Array.from({ length: 12 }, (_, at) =>
      record({ claim: `${well}, says lantern ${at}`, url: `https://facts.example/well-${at}` }),
    ),
  )
  expect(await demands()).toEqual([])
})

test('sending in raises a rumour, and repeating the same words does not', async () => {
  const told = 'The bakery on the corner sells bread baked in the year 1912'
  await send(told)
  expect(await demands()).toEqual([1])
  for (let times = 0; times < 12; times++) await send(told)
  expect(await demands()).toEqual([1])
})

test('only what a person worded is listed as asked, and how often in tens', async () => {
  const { needs } = site.site
  const asked = async () => {
    await drawAsked(needs)
    return (await listAsked(needs.db, {}, { limit: 10 })).asked
  }
  expect(await asked()).toEqual([])
  const rumour = await needs.db.selectFrom('rumours').select('id').executeTakeFirstOrThrow()
  await needs.db.transaction().execute((tx) => updateWording(tx, rumour.id, 'The bakery sells bread of 1912'))
  const [listed] = await asked()
  expect(listed).toMatchObject({ wording: 'The bakery sells bread of 1912', asks: 10 })
})

test('asks are counted where tips come in, are joined or leave, and nowhere else', () => {
  const counting = sourceFiles('src/flows', 'src/api', 'src/web', 'src/worker', 'src/cli')
    .filter(({ text }) => /\bcountAsk\(/.test(text))
    .map(({ path }) => path)
  expect(counting).toContain('src/flows/receive-tip/receive-tip.ts')
  expect(counting.filter((path) => !/(receive|group|expire|read-receipt|inbox|sort)/.test(path))).toEqual([])
})

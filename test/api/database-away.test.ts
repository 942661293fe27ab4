import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openSite, type Site } from '#cli/site/open-site.ts'
import { readConfig } from '#config.ts'
import { openDatabaseAt } from '#io/database/open.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import { openJournal } from '#io/journal.ts'
import { freshPlace } from '../fresh-database.ts'
import { type DatabaseLine, openDatabaseLine } from './database-line.ts'
import { wall } from './records.ts'

const journal: string[] = []
let line: DatabaseLine
let site: Site
const cleanings: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  const { place, drop } = await freshPlace()
  cleanings.unshift(drop)
  line = await openDatabaseLine(place)
  cleanings.unshift(line.close)
  const dataFolder = await mkdtemp(join(tmpdir(), 'assay-away-'))
  cleanings.unshift(() => rm(dataFolder, { recursive: true, force: true }))
  site = await openSite(readConfig({ ASSAY_DATA: dataFolder, PORT: '0' }), {
    database: await openDatabaseAt(line.place),
    journal: openJournal('debug', (entry) => journal.push(entry)),
    pages: (_request, response) => response.end('a page'),
  })
  cleanings.unshift(() => site.close())
  const { db, clock, ids } = site.needs
  await db.transaction().execute((tx) => upsertClaimReviews(tx, wall, { now: clock.now(), ids }))
  await vi.waitFor(() => expect(site.needs.engine.size).toBe(wall.length), 20_000)
})

afterAll(async () => {
  for (const clean of cleanings) await clean()
})

const answers = () => fetch(`${site.url}/api/v1/answers?q=goldfish+have+a+memory+of+only+three+seconds`)

test('while the database is away every read says 503 and when to come back; then all is well by itself', async () => {
  expect((await answers()).status).toBe(200)

  await line.cut()
  for (const path of ['/api/v1/claim-reviews', '/v1alpha1/claims:search?query=goldfish', '/healthz']) {
    const response = await fetch(`${site.url}${path}`)
    expect(response.status).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  const response = await answers()
  expect(response.status).toBe(503)
  expect(JSON.parse(await response.text())).toMatchObject({ code: 'unavailable' })

  await line.mend()
  await vi.waitFor(async () => expect((await answers()).status).toBe(200), 20_000)
  const health = await fetch(`${site.url}/healthz`)
  expect(JSON.parse(await health.text())).toMatchObject({ status: 'ok', database: 'ok' })
  expect(journal.filter((entry) => JSON.parse(entry).level === 'error')).toEqual([])
})

test('what was committed while the index could not follow is found once it can', async () => {
  await line.cut()
  await vi.waitFor(() => expect(journal.join()).toContain('index cannot follow the database'), 20_000)
  await line.mend()
  const { db, clock, ids, engine } = site.needs
  const late = { ...wall[2]!, url: 'https://facts.example/late', claim: 'Toads give you warts.' }
  await vi.waitFor(
    () => db.transaction().execute((tx) => upsertClaimReviews(tx, [late], { now: clock.now(), ids })),
    20_000,
  )
  await vi.waitFor(() => expect(engine.size).toBe(wall.length + 1), 20_000)
})

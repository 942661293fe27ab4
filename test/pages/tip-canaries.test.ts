/**
 * Promise 6 on disk: what 20 senders wrote, what their browsers said, and where those are pushed to is nowhere in the data
 * folder, dump, journal or metrics. To run it alone: `npm test -- test/pages/tip-canaries.test.ts`.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openSite, type Site } from '#cli/site/open-site.ts'
import { loadPages } from '#cli/site/pages.ts'
import { readConfig } from '#config.ts'
import { sendNotices } from '#flows/send-notices/send-notices.ts'
import { upsertFeed } from '#io/database/feeds.ts'
import { openJournal } from '#io/journal.ts'
import { openBrowser, openPushService } from '../flows/push-stand-in.ts'
import { answerNewestRumour } from './answer-rumour.ts'

const canary = 'kanarienvogel'
/** Stands in a table on purpose: the search must find what is there. */
const control = 'kontrollvogel'
const sender = '203.0.113.77'

const service = await openPushService()
const journal: string[] = []
let folder = ''
let site: Site | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-canary-'))
  const config = readConfig({ PORT: '0', ASSAY_DATA: folder, ASSAY_ALLOW_PRIVATE_HOSTS: '127.0.0.1' })
  site = await openSite(config, {
    journal: openJournal('debug', (line) => journal.push(line)),
    pages: await loadPages(),
    withWorker: true,
  })
  await site.caughtUp
})
afterAll(async () => {
  await site?.close()
  await rm(folder, { recursive: true, force: true })
})

function headersOf(at: number): Record<string, string> {
  return {
    'User-Agent': `${canary}-agent-${at}`,
    Referer: `https://${canary}-referrer.example/${at}`,
    Cookie: `id=${canary}-cookie-${at}`,
    'X-Forwarded-For': sender,
    'X-Real-IP': sender,
    'Accept-Language': `en;q=0.9, x-${canary}`,
    From: `${canary}@mail.example`,
    Authorization: `Bearer ${canary}`,
  }
}

/** Over the API and over the form, in turn. */
async function send(at: number): Promise<void> {
  const { url } = site!
  const clientId = `${canary}-${randomUUID()}`
  const text = `${canary}text${at} says that the fountain number ${at * 7} of ${canary} runs with vinegar`
  const link = `https://${canary}-link.example/${at}?token=${canary}`
  const fields = {
    clientId,
    text,
    doubt: `${canary}doubt`,
    unanswered: 'yes',
    platform: `${canary}group`,
    link,
  }
  const body =
    at % 2 === 0
      ? JSON.stringify({ ...fields, links: [link], seen: { platform: `${canary}group` }, unanswered: true })
      : new URLSearchParams(fields)
  const type = at % 2 === 0 ? { 'Content-Type': 'application/json' } : {}
  const path = at % 2 === 0 ? '/api/v1/tips' : '/tips/new'
  const response = await fetch(url + path, { method: 'POST', body, headers: { ...headersOf(at), ...type } })
  expect(response.status).toBeLessThan(300)
  const sent = await response.text()
  if (at % 2 === 0) await comeBack((JSON.parse(sent) as { receipt: string }).receipt, at)
}

/** Asks for pushes, reads the status and the private feed. */
async function comeBack(receipt: string, at: number): Promise<void> {
  const post = (path: string, body: unknown) =>
    fetch(`${site!.url}/api/v1/tips/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { ...headersOf(at), 'Content-Type': 'application/json' },
    })
  const subscription = openBrowser().subscriptionAt(`${service.url}/${canary}/${at}`)
  expect((await post('push', { receipt, subscription })).status).toBe(204)
  const status = (await (await post('status', { receipt })).json()) as { feeds: { atom: string } }
  const feed = await fetch(status.feeds.atom, { headers: headersOf(at) })
  expect(feed.status).toBe(200)
  tokens.push(new URL(status.feeds.atom).pathname.slice('/told/'.length, -'.atom'.length), receipt)
}

/** Ends of private feed addresses and receipts: nothing that opens a tip may lie about either. */
const tokens: string[] = []

async function dump(): Promise<string[]> {
  const { db } = site!.needs
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(db)
  const rows = []
  for (const { name } of tables.rows) {
    const found = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(db)
    rows.push(...found.rows.map(({ row }) => row))
  }
  return rows
}

async function files(): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found = entries.filter((entry) => entry.isFile())
  // The server may take a file away while it is looked at.
  return Promise.all(
    found.map((file) => readFile(join(file.parentPath, file.name)).catch(() => Buffer.alloc(0))),
  )
}

/** As written, and as bytes in the other spellings that dumps and logs use. */
function spellings(word: string): string[] {
  const bytes = Buffer.from(word)
  return [
    word,
    word.toUpperCase(),
    bytes.toString('hex'),
    bytes.toString('base64').slice(0, 12),
    Buffer.from(word, 'utf16le').toString('latin1'),
  ]
}

function findIn(places: Buffer[], word: string): number {
  return places.filter((place) => spellings(word).some((one) => place.includes(one, 0, 'latin1'))).length
}

test('of 20 tips and their browsers, nothing can be read anywhere', async () => {
  const { db, ids, clock } = site!.needs
  await db
    .transaction()
    .execute((tx) =>
      upsertFeed(
        tx,
        { url: `https://${control}.example/feed`, format: 'feed', publisherId: null },
        { now: clock.now(), ids },
      ),
    )
  for (let at = 0; at < 20; at++) await send(at)
  await vi.waitFor(async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from tips where decision <> 'pending'`.execute(db)
    if (rows[0]!.n < 20) throw new Error('not grouped yet')
  }, 30_000)
  await answerNewestRumour(site!.needs, 'answered', { claim: 'The fountains run with water' })
  await sendNotices(site!.needs)
  await vi.waitFor(() => expect(service.taken.length).toBeGreaterThan(0), 30_000)
  const words = [
    canary,
    'asked',
    `asked?words=${canary}`,
    `latest.atom?words=${canary}`,
    `asked/${canary}.atom`,
  ]
  for (const path of words) await fetch(`${site!.url}/${path}`, { headers: headersOf(0) })
  await sql`checkpoint`.execute(db)

  const metrics = await (await fetch(`${site!.url}/metrics`)).text()
  const rows = await dump()
  const places = [...(await files()), ...[...journal, metrics, ...rows].map((text) => Buffer.from(text))]
  expect(findIn(places, control)).toBeGreaterThan(2)
  expect(findIn(places, canary)).toBe(0)
  expect(findIn(places, sender)).toBe(0)
  expect(tokens.filter((token) => findIn(places, token) > 0)).toEqual([])
  expect(
    service.taken.every(
      ({ body, headers }) => findIn([body, Buffer.from(JSON.stringify(headers))], canary) === 0,
    ),
  ).toBe(true)
  expect(rows.length).toBeGreaterThan(20)
})

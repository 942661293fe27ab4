/**
 * One rumour sent in by thousands within a minute: `node bench/tips/flood.ts [--tips 5000] [--seconds 60]`. A real `assay
 * serve` on an embedded database of its own groups them beside forty rumours of the days before, while people ask, read what
 * is asked, and open the desk's inbox over HTTP. First every one is taken in by the flow; then as many of another place come
 * over HTTP in the same time, and as many again at once, and are shed as the product sheds. Prints one JSON object; exit 1
 * when the first flood is more than one rumour, or moved another.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { openNeeds } from '#cli/open-needs.ts'
import { readConfig } from '#config.ts'
import type { RumourId } from '#domain/ids.ts'
import { drawAsked } from '#flows/draw-asked/draw-asked.ts'
import { percentile } from '#flows/evaluate/metrics.ts'
import { openGrouping } from '#flows/group-tips/group-tips.ts'
import { type ReceiveNeeds, receiveTip } from '#flows/receive-tip/receive-tip.ts'
import { createTipGate, gateLimits } from '#flows/tip-gate.ts'
import { readInbox } from '#flows/work-inbox/read-inbox.ts'
import { wordRumour } from '#flows/work-inbox/word-rumour.ts'
import { listAsked } from '#io/database/tips/asked.ts'
import { openJournal } from '#io/journal.ts'
import { createEngine } from '#matching/create-engine.ts'
import { endOf, type Serving, serve } from '../../test/cli/processes.ts'
import { cookieOf, fillDesk } from '../../test/desk/fill-desk.ts'
import { flooded, nearEqual, otherClaims, wordingsOf } from './near-equal.ts'

const { values } = parseArgs({
  options: {
    tips: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '60' },
  },
})
const tipCount = Number(values.tips)
const seconds = Number(values.seconds)
const otherCount = 40
const dayMs = 24 * 60 * 60 * 1000
/** Reading before and after, for comparison. */
const quietMs = 10_000

const dataFolder = await mkdtemp(join(tmpdir(), 'assay-flood-'))
const settings = { ASSAY_DATA: dataFolder, PORT: '0', ASSAY_JOURNAL: 'warn' }
const opened = await openNeeds(readConfig(settings), { journal: openJournal('error') })
const { needs } = opened
const { db } = needs
const { people } = await fillDesk(needs)
const lead = people.northLead
const agent = new Agent({ keepAlive: true, maxSockets: 1_000 })

interface Reply {
  status: number
  retryAfter: string | undefined
  body: string
}

function ask(
  url: string,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  headers = {},
): Promise<Reply> {
  return new Promise((resolve) => {
    const json = body === undefined ? {} : { 'Content-Type': 'application/json' }
    const sent = request(url + path, { method, agent, headers: { ...json, ...headers } }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        text += piece
      })
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], body: text })
      })
    })
    sent.on('error', () => {
      // A kept connection that the server has closed meanwhile: the request never came to it.
      if (sent.reusedSocket) resolve(ask(url, method, path, body, headers))
      else resolve({ status: 0, retryAfter: undefined, body: '' })
    })
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** Forty rumours, each asked in some wordings on some of the last days; most with words that the public sees. */
async function addOthers(): Promise<RumourId[]> {
  const engine = createEngine()
  const grouping = openGrouping(needs)
  for (const [at, claim] of otherClaims(otherCount).entries()) {
    const days = 1 + (at % 9)
    for (const [on, text] of wordingsOf(claim, days * (1 + (at % 3))).entries()) {
      const now = () => new Date(Date.now() - (1 + (on % days)) * dayMs)
      await receive({ ...needs, engine, clock: { now } }, text)
    }
    await grouping.run()
  }
  const { rows } = await sql<{ id: RumourId }>`select id from rumours order by id`.execute(db)
  if (rows.length !== otherCount) throw new Error(`${otherCount} claims made ${rows.length} rumours`)
  for (const [at, { id }] of rows.entries()) {
    if (at % 4 !== 0)
      await wordRumour(needs, lead.actor, { rumourId: id, wording: `Approved claim ${at}`, was: '' })
  }
  await drawAsked(needs)
  return rows.map(({ id }) => id)
}

async function inboxOrder(): Promise<RumourId[]> {
  const order: RumourId[] = []
  const filter = { order: 'demand', work: 'nobody', lang: null, since: null } as const
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await readInbox(needs, lead.actor, filter, { limit: 50, cursor })
    order.push(...items.map(({ id }) => id))
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
  return order
}

async function askedOrder(): Promise<string[]> {
  const { asked } = await listAsked(db, {}, { limit: 100 })
  return asked.map(({ wording }) => wording)
}

/** People who do other things than sending tips, until told to stop. */
function others({
  url,
}: Serving): () => Promise<Record<string, { p50: number; p99: number; n: number; refused: number }>> {
  const kinds = {
    answers: () =>
      ask(url, 'POST', '/api/v1/answers', { text: 'Does lemon juice in hot water cure the flu?' }),
    asked: () => ask(url, 'GET', '/asked'),
    desk: () => ask(url, 'GET', '/desk/inbox', undefined, cookieOf(lead)),
  }
  let stopped = false
  const lanes = Object.entries(kinds).map(async ([name, call]) => {
    const times: number[] = []
    let refused = 0
    while (!stopped) {
      const started = performance.now()
      if ((await call()).status !== 200) refused++
      times.push(performance.now() - started)
      await wait(100)
    }
    const round = (ms: number) => Math.round(ms * 10) / 10
    return [
      name,
      { p50: round(percentile(times, 0.5)), p99: round(percentile(times, 0.99)), n: times.length, refused },
    ] as const
  })
  return async () => {
    stopped = true
    return Object.fromEntries(await Promise.all(lanes))
  }
}

async function quiet(server: Serving) {
  const stop = others(server)
  await wait(quietMs)
  return stop()
}

/** Through the front door, spread over a time; whoever is turned away does not come again. */
async function send({ url }: Serving, texts: string[], overMs: number) {
  const outcomes: Record<string, number> = {}
  const startedAt = performance.now()
  await Promise.all(
    texts.map(async (text, at) => {
      await wait((overMs * at) / texts.length)
      const { status, retryAfter } = await ask(url, 'POST', '/api/v1/tips', { text, clientId: randomUUID() })
      const name = status === 201 ? '201' : `${status} ${retryAfter ? 'with' : 'without'} Retry-After`
      outcomes[name] = (outcomes[name] ?? 0) + 1
    }),
  )
  return { outcomes, seconds: secondsSince(startedAt) }
}

/** By the flow itself, in this process: each is taken in, as many at a time as the gate lets in. */
async function takeIn(texts: string[], overMs: number) {
  const startedAt = performance.now()
  const engine = createEngine()
  const left = [...texts.entries()]
  const lanes = Array.from({ length: gateLimits.placesMax }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [at, text] = next
      await wait(Math.max(0, (overMs * at) / texts.length - (performance.now() - startedAt)))
      await receive({ ...needs, engine }, text)
    }
  })
  await Promise.all(lanes)
  return { tips: texts.length, seconds: secondsSince(startedAt) }
}

function receive(given: ReceiveNeeds, text: string) {
  const content = { text, links: [], lang: 'en', country: null, seen: null, doubt: null }
  const pass = { proof: null, ticket: null }
  const tipGate = createTipGate({ keys: needs.keys, now: given.clock.now })
  return receiveTip({ ...given, tipGate }, { ...content, clientId: randomUUID(), pass, unanswered: true })
}

function secondsSince(startedAt: number): number {
  return Math.round((performance.now() - startedAt) / 100) / 10
}

/** Until every tip was compared. Seconds. */
async function grouped(): Promise<number> {
  const startedAt = performance.now()
  for (;;) {
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from tips where decision = 'pending'`.execute(db)
    if (rows[0]!.n === 0) return secondsSince(startedAt)
    await wait(200)
  }
}

/** Rumours that the tips of today are in, the largest first. */
async function floods(known: RumourId[]): Promise<{ id: RumourId; tips: number; demand: number }[]> {
  const { rows } = await sql<{ id: RumourId; tips: number; demand: number }>`
    select r.id, count(*)::int as tips, r.demand from tips t join rumours r on r.id = t.rumour_id
    where r.id <> all(${known}::text[]) group by r.id order by tips desc`.execute(db)
  return rows
}

const placeOf = <T>(order: T[], one: T) => `${order.indexOf(one) + 1} of ${order.length}`
const isAlike = <T>(one: T[], other: T[]) => JSON.stringify(one) === JSON.stringify(other)

const known = await addOthers()
const server = await serve(['--samples'], settings)
const report: Record<string, unknown> = { tips: tipCount, others: otherCount }
try {
  await quiet(server)
  report.before = await quiet(server)
  const inboxBefore = await inboxOrder()
  const askedBefore = await askedOrder()

  const stop = others(server)
  report.takenIn = await takeIn(nearEqual(flooded, tipCount), seconds * 1000)
  report.groupedAfterSeconds = await grouped()
  report.during = await stop()
  report.after = await quiet(server)

  const made = await floods(known)
  const flood = made[0]!.id
  report.rumours = made.length
  report.sizes = made.slice(0, 10).map(({ tips }) => tips)
  report.demand = made[0]!.demand
  const inboxAfter = await inboxOrder()
  report.inboxOthersUnchanged = isAlike(
    inboxAfter.filter((id) => known.includes(id)),
    inboxBefore,
  )
  report.inboxPlace = placeOf(inboxAfter, flood)
  await wordRumour(needs, lead.actor, { rumourId: flood, wording: 'The flood', was: '' })
  await drawAsked(needs)
  const askedAfter = await askedOrder()
  report.askedOthersUnchanged = isAlike(
    askedAfter.filter((wording) => wording !== 'The flood'),
    askedBefore,
  )
  report.askedPlace = placeOf(askedAfter, 'The flood')

  const before = [...known, ...made.map(({ id }) => id)]
  for (const [name, town, overMs] of [
    ['overHttp', 'Lower Marsh', seconds * 1000],
    ['overHttpAtOnce', 'Kelso', 0],
  ] as const) {
    const end = others(server)
    const sent = await send(server, nearEqual(flooded.replace('Port Selwyn', town), tipCount), overMs)
    const groupedAfterSeconds = await grouped()
    const found = await floods(before)
    report[name] = { ...sent, groupedAfterSeconds, rumours: found.length, others: await end() }
    before.push(...found.map(({ id }) => id))
  }
  report.journal = server
    .remarks()
    .split('\n')
    .filter((line) => /"level":"?(?:warn|error|40|50)/.test(line)).length
  if (made.length !== 1 || !report.inboxOthersUnchanged || !report.askedOthersUnchanged) process.exitCode = 1
} finally {
  server.child.kill('SIGTERM')
  await endOf(server.child)
  await opened.close()
  agent.destroy()
  await rm(dataFolder, { recursive: true, force: true })
}
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)

/**
 * Two `assay serve` on one database and one data folder, and verdicts that are published through both at once, by the
 * desk's own forms. What must hold: one tree, each entry once, no checkpoint that contradicts a later one. And one server
 * alone, asked for one publication after another: how long each takes until the world can read it in the log.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openNeeds } from '#cli/open-needs.ts'
import { readConfig } from '#config.ts'
import type { VerdictId } from '#domain/ids.ts'
import { checkReviews } from '#flows/fsck/check-reviews.ts'
import { fsck } from '#flows/fsck/fsck.ts'
import type { DatabaseNeeds } from '#flows/needs.ts'
import type { Checkpoint } from '#formats/tlog/checkpoint.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { openCheckpoint, verifyLog } from '#formats/tlog/verify-log.ts'
import { openJournal } from '#io/journal.ts'
import { endOf, type Serving, type Settings, serve } from '../cli/processes.ts'
import { cookieOf, type FilledDesk, fillDesk } from '../desk/fill-desk.ts'
import { caseMaker } from '../publish/publish-desk.ts'

export interface PublishedTogether {
  publishes: number
  /** Answers of the two servers by status; 303 is "published". */
  statuses: Record<string, number>
  entries: number
  /** Different checkpoints that were seen while it went on. */
  checkpoints: number
  /** From the first form sent to the last entry out. */
  seconds: number
  problems: string[]
}

/** Behind a loaded machine. */
const patienceMs = 120_000

export function publishThroughTwo(publishes: number, given: Settings = {}): Promise<PublishedTogether> {
  return withServers(2, publishes, given, publishAll)
}

export interface PublishedAlone {
  /** Milliseconds, one a publication, in order: from the form sent to its answer, and to the checkpoint that holds it. */
  answeredMs: number[]
  loggedMs: number[]
  problems: string[]
}

/** One after another through one server, all of it over HTTP. */
export function publishOneByOne(publishes: number): Promise<PublishedAlone> {
  return withServers(1, publishes, {}, async (needs, desk, servers, verdicts) => {
    const [server] = servers
    const done: PublishedAlone = { answeredMs: [], loggedMs: [], problems: [] }
    const seen = new Map<number, Checkpoint>()
    for (const [at, id] of verdicts.entries()) {
      const from = performance.now()
      const status = await publish(desk, server!, id)
      done.answeredMs.push(performance.now() - from)
      if (status !== 303) throw new Error(`publication ${at} was answered with ${status}`)
      while ((await servedSize(server!)) <= at) await wait(1)
      done.loggedMs.push(performance.now() - from)
    }
    done.problems = (await check(needs, servers, seen, publishes)).problems
    return done
  })
}

async function servedSize({ url }: Serving): Promise<number> {
  const note = await (await fetch(`${url}/log/checkpoint`)).text()
  return Number(note.split('\n')[1])
}

async function withServers<T>(
  count: number,
  publishes: number,
  given: Settings,
  work: (needs: DatabaseNeeds, desk: FilledDesk, servers: Serving[], verdicts: VerdictId[]) => Promise<T>,
): Promise<T> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'assay-two-'))
  const settings: Settings = { ASSAY_DATA: dataFolder, PORT: '0', ASSAY_JOURNAL: 'error', ...given }
  const opened = await openNeeds(readConfig(settings), { journal: openJournal('error') })
  const servers: Serving[] = []
  try {
    const desk = await fillDesk(opened.needs)
    const verdicts = await addVerdicts(opened.needs, desk, publishes)
    servers.push(...(await Promise.all(Array.from({ length: count }, () => serve([], settings)))))
    return await work(opened.needs, desk, servers, verdicts)
  } finally {
    for (const { child } of servers) child.kill('SIGTERM')
    await Promise.all(servers.map(({ child }) => endOf(child)))
    await opened.close()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

async function addVerdicts(
  { db, ids }: DatabaseNeeds,
  { people }: FilledDesk,
  count: number,
): Promise<VerdictId[]> {
  const make = caseMaker(db, { ids, author: people.northChecker.actor, approver: people.northLead.actor })
  const verdicts: VerdictId[] = []
  for (let at = 0; at < count; at++) {
    verdicts.push(await make.addVerdict(await make.addCase(), { claim: `Harbour ${at} is closed to boats.` }))
  }
  return verdicts
}

async function publishAll(
  needs: DatabaseNeeds,
  desk: FilledDesk,
  servers: Serving[],
  verdicts: VerdictId[],
): Promise<PublishedTogether> {
  const seen = new Map<number, Checkpoint>()
  const from = performance.now()
  const sent = Promise.all(verdicts.map((id, at) => publish(desk, servers[at % servers.length]!, id)))
  let left = verdicts.length
  while (left > 0 && performance.now() - from < patienceMs) {
    await look(needs, seen)
    left = verdicts.length - (await countOut(needs))
    if (left > 0) await wait(5)
  }
  const seconds = Math.round((performance.now() - from) / 10) / 100
  const statuses: Record<string, number> = {}
  for (const status of await sent) statuses[status] = (statuses[status] ?? 0) + 1
  await look(needs, seen)
  const { entries, problems } = await check(needs, servers, seen, verdicts.length)
  return { publishes: verdicts.length, statuses, entries, checkpoints: seen.size, seconds, problems }
}

/** As the browser sends it. A server that has too much to do says so, and is asked again. */
async function publish({ people }: FilledDesk, { url }: Serving, id: VerdictId): Promise<number> {
  const { northLead } = people
  for (;;) {
    const { status } = await fetch(`${url}/desk/publications/ready/${id}?/publish`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: url, ...cookieOf(northLead) },
      body: new URLSearchParams({ token: northLead.formToken }),
    })
    if (status !== 503) return status
    await wait(200)
  }
}

async function countOut({ db }: DatabaseNeeds): Promise<number> {
  const { count } = await db
    .selectFrom('log_entries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'published')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Keeps the checkpoint that is out now. */
async function look({ log }: DatabaseNeeds, seen: Map<number, Checkpoint>): Promise<void> {
  const bytes = await log.filesOf(1).read('checkpoint')
  if (bytes === null) return
  const opened = openCheckpoint(bytes, [verifierOf(await log.verifierOf(1))!])
  if ('problem' in opened) throw new Error(opened.problem)
  seen.set(opened.checkpoint.size, opened.checkpoint)
}

async function check(
  needs: DatabaseNeeds,
  servers: Serving[],
  seen: Map<number, Checkpoint>,
  wanted: number,
): Promise<{ entries: number; problems: string[] }> {
  const { db, log } = needs
  const earlier = [...seen.values()].map((checkpoint) => ({ name: `size ${checkpoint.size}`, checkpoint }))
  const report = await verifyLog(log.filesOf(1).read, [verifierOf(await log.verifierOf(1))!], earlier)
  const found = [
    ...(report.problem ? [report.problem] : []),
    ...(await fsck(needs, log)).problems,
    ...(await checkReviews(needs)),
  ]
  const problems = found.map(({ path, message }) => `${path}: ${message}`)
  const rows = await db.selectFrom('log_entries').select(['index', 'claim_review_id']).execute()
  const places = new Set(rows.map((row) => row.index))
  const reviews = new Set(rows.map((row) => row.claim_review_id))
  if (
    rows.length !== wanted ||
    places.size !== wanted ||
    reviews.size !== wanted ||
    report.entries !== wanted
  )
    problems.push(
      `${rows.length} rows, ${places.size} places, ${reviews.size} reviews, ${report.entries} entries`,
    )
  const served = await Promise.all(
    servers.map(async ({ url }) => (await fetch(`${url}/log/checkpoint`)).text()),
  )
  if (new Set(served).size !== 1) problems.push('the two servers show different checkpoints')
  return { entries: report.entries, problems }
}

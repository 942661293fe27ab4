/**
 * Kills publishing processes at random points: `node bench/publish/kill.ts --kills 50 --seed 1`. After each death every
 * publication is either not there or wholly there; what is missing is then done, once. Prints one JSON object.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { decideChallenge } from '#flows/publish-review/decide-challenge.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import { confirmRevision } from '#flows/publish-review/revise-review.ts'
import { joinServer } from '#io/database/embedded/server.ts'
import { openDatabaseAt } from '#io/database/open.ts'
import { LogDesk } from '../../test/log/log-desk.ts'
import {
  type Job,
  prepareJobs,
  startPublisher,
  traceOf,
  tracesOf,
  whenNobodyWrites,
} from '../../test/publish/jobs.ts'
import { openPublishDesk } from '../../test/publish/publish-desk.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
})
/** What four jobs take at most on a small machine, in milliseconds. */
const wholeRunMs = 250

const folder = await mkdtemp(join(tmpdir(), 'assay-kill-'))
const server = await joinServer(folder)
const { db, close } = await openDatabaseAt(server.place)
const desk = await openPublishDesk(db)
const log = await LogDesk.open(db)
await log.begin()

const { needs } = desk
async function finish(job: Job): Promise<void> {
  if (job.do === 'publish') await publishVerdict(needs, job.actor, job.id)
  else if (job.do === 'confirm') await confirmRevision(needs, job.actor, job.id)
  else await decideChallenge(needs, job.actor, { id: job.id, outcome: 'upheld', reasons: 'They are right.' })
}

const counts = { kills: 0, jobs: 0, unpublished: 0, published: 0 }
const wrong: string[] = []
let state = Number(values.seed)
while (counts.kills < Number(values.kills)) {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
  const jobs = await prepareJobs(desk, log)
  const child = await startPublisher(server.place, jobs)
  await wait((state / 2_147_483_648) * wholeRunMs)
  const died = new Promise((resolve) => child.once('exit', resolve))
  if (child.exitCode === null) {
    child.kill('SIGKILL')
    await died
  }
  await whenNobodyWrites(db)
  counts.kills++
  for (const job of jobs) {
    const { before, after } = tracesOf(job)
    const trace = await traceOf(db, job)
    counts.jobs++
    if (trace === before) {
      counts.unpublished++
      await finish(job)
    } else if (trace === after) counts.published++
    else wrong.push(`kill ${counts.kills}, ${job.do}: ${trace}`)
    const end = await traceOf(db, job)
    if (end !== after) wrong.push(`kill ${counts.kills}, ${job.do} in the end: ${end}`)
  }
  await log.settle()
}
wrong.push(...(await log.fsckProblems()).map(({ path, message }) => `${path}: ${message}`))
process.stdout.write(`${JSON.stringify({ seed: Number(values.seed), ...counts, wrong })}\n`)
await log.close()
await close()
await server.leave()
await rm(folder, { recursive: true, force: true })
process.exitCode = wrong.length === 0 ? 0 : 1

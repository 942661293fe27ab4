/**
 * A process that publishes what it is told, and may kill itself at one of its statements: `publisher.ts PLACE JOBS AT WHEN`.
 * It says `ready` when it begins. AT 0: it lives, unless somebody else kills it.
 */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { decideChallenge } from '#flows/publish-review/decide-challenge.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import type { PublishNeeds } from '#flows/publish-review/record.ts'
import { confirmRevision } from '#flows/publish-review/revise-review.ts'
import type { Place } from '#io/database/connection/pool.ts'
import { openDatabaseAt } from '#io/database/open.ts'
import type { Job } from './jobs.ts'

const [place, jobs, at, when] = process.argv.slice(2)
const { db, close } = await openDatabaseAt(JSON.parse(place!) as Place)
const now = () => new Date()
const needs = {
  db,
  clock: { now },
  ids: { now, randomBytes },
  config: { publicUrl: 'https://desk.example' },
} as unknown as PublishNeeds

/** Statements are counted from the first one of the first job. */
function dieAtStatement(place: number): void {
  let statements = 0
  const send = pg.Client.prototype.query as (...given: unknown[]) => unknown
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const dies = ++statements === place
    if (dies && when === 'before') process.kill(process.pid, 'SIGKILL')
    const sent = send.apply(this, given)
    // The statement is on its way, and nobody will hear what came of it.
    if (dies) setImmediate(() => process.kill(process.pid, 'SIGKILL'))
    return sent
  } as typeof pg.Client.prototype.query
}

process.stdout.write('ready\n')
if (at !== '0') dieAtStatement(Number(at))
for (const job of JSON.parse(jobs!) as Job[]) {
  switch (job.do) {
    case 'publish':
      await publishVerdict(needs, job.actor, job.id)
      break
    case 'confirm':
      await confirmRevision(needs, job.actor, job.id)
      break
    case 'decide':
      await decideChallenge(needs, job.actor, { id: job.id, outcome: 'upheld', reasons: 'They are right.' })
      break
  }
}
await close()

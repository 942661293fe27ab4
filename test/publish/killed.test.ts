/** A publisher that dies in the middle leaves each thing unpublished or wholly published, and told once. */
import { once } from 'node:events'
import { afterAll, expect, test } from 'vitest'
import { openDatabaseAt } from '#io/database/open.ts'
import { freshPlace } from '../fresh-database.ts'
import { LogDesk } from '../log/log-desk.ts'
import { prepareJobs, startPublisher, traceOf, tracesOf } from './jobs.ts'
import { openPublishDesk } from './publish-desk.ts'

const { place, drop } = await freshPlace()
const { db, close } = await openDatabaseAt(place)
const desk = await openPublishDesk(db)
const log = await LogDesk.open(db)
await log.begin()
afterAll(async () => {
  await log.close()
  await close()
  await drop()
})

/** Each process needs a second to start: every fifth statement here, all of them over four kinds of publication. */
const stride = 5

test.each([
  ['publish', 1],
  ['correction', 2],
  ['withdrawal', 3],
  ['decide', 4],
] as const)(
  'killed at its statements: %s',
  async (kind, first) => {
    const jobs = await prepareJobs(desk, log)
    const job = jobs.find((one) => one.do === kind || ('kind' in one && one.kind === kind))!
    const { before, after } = tracesOf(job)
    const seen: string[] = []
    // One and the same job again and again, until it has gone through; some statements further each time.
    for (let at: number = first; (await traceOf(db, job)) !== after; at += stride) {
      const child = await startPublisher(place, [job], at, at % 2 === 0 ? 'before' : 'after')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      seen.push(await traceOf(db, job))
    }
    expect(seen.filter((one) => one !== before && one !== after)).toEqual([])
    expect(seen.length).toBeGreaterThan(2)
    // Done again, it is refused, and nobody is told twice.
    const again = await startPublisher(place, [job])
    if (again.exitCode === null) await once(again, 'exit')
    expect(again.exitCode).not.toBe(0)
    expect(await traceOf(db, job)).toBe(after)
    await log.settle()
    expect(await log.fsckProblems()).toEqual([])
  },
  240_000,
)

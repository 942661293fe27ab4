/**
 * The worker: takes jobs from the queue in the database and runs the flow that each names. Any number of processes may
 * work on one queue. It survives the database: when that goes away the runner is started again until it is stopped.
 */
import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import {
  Logger as JobJournal,
  parseCronItems,
  type Runner,
  run,
  runMigrations,
  type WorkerEvents,
} from 'graphile-worker'
import { readFeed as readFeedFlow } from '#flows/ingest-feed/read-feed.ts'
import type { DatabaseNeeds, WorkerNeeds } from '#flows/needs.ts'
import type { Channel } from '#io/database/connection/hints.ts'
import type { OpenedDatabase } from '#io/database/open.ts'
import type { Journal } from '#io/journal.ts'
import { keepLogGrowing } from './keep-log-growing.ts'
import {
  cronItemsOf,
  type ReadFeed,
  scheduleDrawing,
  scheduleDueFeeds,
  scheduleGrouping,
  scheduleTelling,
  tasksOf,
} from './tasks.ts'

export interface Worker {
  /** Lets running jobs end, for five seconds; then their signals fire. */
  stop(): Promise<void>
}

/** What tests hand in. */
export interface WorkerOptions {
  readFeed?: ReadFeed
  /** Of one reading. */
  deadlineMs?: number
}

/** Jobs at a time. Feeds wait on the network, so more than the cores, and few enough for a small machine. */
const concurrency = 4
const restartMs = 2_000
/** The queue tells of new jobs at once; this is for jobs whose time comes. */
const pollMs = 2_000
/** Looks for a job that failed in a row, over all places: three polls each. */
const failedLooksMax = 3 * concurrency

export async function startWorker(
  needs: WorkerNeeds,
  database: Pick<OpenedDatabase, 'pool' | 'listen'>,
  { readFeed = readFeedFlow, deadlineMs }: WorkerOptions = {},
): Promise<Worker> {
  const stopping = new AbortController()

  async function start(): Promise<Runner> {
    const looks: WorkerEvents = new EventEmitter()
    const runner = await run({
      pgPool: database.pool,
      taskList: tasksOf(needs, database.pool, readFeed, deadlineMs),
      parsedCronItems: parseCronItems(cronItemsOf(needs)),
      concurrency,
      pollInterval: pollMs,
      noHandleSignals: true,
      events: looks,
      logger,
    })
    stopWhenBlind(runner, looks)
    return runner
  }

  const logger = new JobJournal(() => journalOf(needs.journal))
  // a log that goes out schedules a job: the queue is there before
  await runMigrations({ pgPool: database.pool, logger })
  const log = await keepLogGrowing(needs, database.listen)
  let runner = await start()
  const ended = keepRunning()
  // What was just written is worked on now, not at the next minute. Of a review of our own people are told once the log has it.
  const hints: [Channel, (needs: DatabaseNeeds) => Promise<void>][] = [
    ['feeds', scheduleDueFeeds],
    ['tips', scheduleGrouping],
    ['notices', scheduleTelling],
    ['asked', scheduleDrawing],
  ]
  const deafen = hints.map(([channel, schedule]) =>
    database.listen(channel, () => {
      void schedule(needs).catch((cause) => needs.journal.warn('work not scheduled', { channel, cause }))
    }),
  )

  async function keepRunning(): Promise<void> {
    while (!stopping.signal.aborted) {
      const cause = await runner.promise.catch((error: unknown) => error)
      if (stopping.signal.aborted) return
      needs.journal.warn('worker stopped by itself, starting it again', { cause })
      runner = await restart()
    }
  }

  async function restart(): Promise<Runner> {
    for (;;) {
      await wait(restartMs, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return runner
      try {
        return await start()
      } catch (cause) {
        needs.journal.warn('worker does not start', { cause })
      }
    }
  }

  return {
    async stop() {
      stopping.abort()
      for (const stopListening of deafen) await stopListening()
      await log.stop()
      // It refuses when it has stopped by itself already.
      await runner.stop().catch(() => {})
      await ended
    },
  }
}

/**
 * Ends a runner that only fails to look for jobs, so that it is started again: one whose very first look was cut off
 * keeps that failure for ever (graphile-worker 0.18, taskIdentifiers.js).
 */
function stopWhenBlind(runner: Runner, looks: WorkerEvents): void {
  let failed = 0
  const seen = () => {
    failed = 0
  }
  looks.on('worker:getJob:empty', seen)
  looks.on('job:start', seen)
  looks.on('worker:getJob:error', () => {
    failed++
    // Refuses when it is stopping already.
    if (failed >= failedLooksMax) void runner.stop().catch(() => {})
  })
}

/** The queue's own remarks; its "info" is a line for every job, which is our "debug". */
function journalOf(journal: Journal) {
  return (level: 'error' | 'warning' | 'info' | 'debug', remark: string, facts: Record<string, unknown>) => {
    const cause = facts.error
    if (level === 'error') journal.error('job queue', { remark, cause })
    else if (level === 'warning') journal.warn('job queue', { remark, cause })
    else journal.debug('job queue', { remark })
  }
}

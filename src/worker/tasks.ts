/** Which flow runs when. Tries and waits are the feeds' own state in their table; a job is one try and is not repeated. */
import { type CronItem, makeWorkerUtils, type TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import { isAssayError } from '#domain/errors.ts'
import type { FeedId } from '#domain/ids.ts'
import { archiveDueEvidence } from '#flows/archive-evidence/archive-evidence.ts'
import { drawAsked } from '#flows/draw-asked/draw-asked.ts'
import { embedReviews } from '#flows/embed-reviews/embed-reviews.ts'
import { expireTips } from '#flows/expire-tips/expire-tips.ts'
import { openGrouping } from '#flows/group-tips/group-tips.ts'
import type { DatabaseNeeds, WorkerNeeds } from '#flows/needs.ts'
import { sendNotices } from '#flows/send-notices/send-notices.ts'
import { leaseDueFeeds, recordFeedFailure } from '#io/database/feeds.ts'
import type { Tx } from '#io/database/schema.ts'
import { withDeadline } from './deadline.ts'

/** Reads one feed and records how it went; the flow ingest-feed. */
export type ReadFeed = (
  needs: DatabaseNeeds,
  id: FeedId,
  options: { signal: AbortSignal },
) => Promise<unknown>

export const workerLimits = {
  /** A reading that takes longer gives its place to the next feed; the flow bounds itself to less. */
  deadlineMs: 12 * 60_000,
  /** Longer than the deadline, so that a feed is never read twice at once; a killed worker's feeds wait as long. */
  leaseMs: 15 * 60_000,
  /** Leased at a time; the rest follows within a minute. */
  feedsMax: 200,
} as const

const cronItems: CronItem[] = [
  { task: 'schedule-feeds', match: '* * * * *', options: { maxAttempts: 1, jobKey: 'schedule-feeds' } },
  {
    task: 'group-tips',
    match: '* * * * *',
    options: { maxAttempts: 1, jobKey: 'group-tips', queueName: 'group-tips' },
  },
  {
    task: 'send-notices',
    match: '* * * * *',
    options: { maxAttempts: 1, jobKey: 'send-notices', queueName: 'send-notices' },
  },
  {
    task: 'draw-asked',
    match: '* * * * *',
    options: { maxAttempts: 1, jobKey: 'draw-asked', queueName: 'draw-asked' },
  },
  { task: 'expire-tips', match: '7 0 * * *', options: { maxAttempts: 3, jobKey: 'expire-tips' } },
  {
    task: 'archive-evidence',
    match: '* * * * *',
    options: { maxAttempts: 1, jobKey: 'archive-evidence', queueName: 'archive-evidence' },
  },
  { task: 'remove-dead-jobs', match: '17 3 * * *', options: { maxAttempts: 1, jobKey: 'remove-dead-jobs' } },
]

const embedItem: CronItem = {
  task: 'embed-reviews',
  match: '* * * * *',
  options: { maxAttempts: 1, jobKey: 'embed-reviews', queueName: 'embed-reviews' },
}

export function cronItemsOf({ embedder }: Pick<DatabaseNeeds, 'embedder'>): CronItem[] {
  return embedder === null ? cronItems : [...cronItems, embedItem]
}

export function tasksOf(
  needs: WorkerNeeds,
  pool: pg.Pool,
  readFeed: ReadFeed,
  deadlineMs: number = workerLimits.deadlineMs,
): TaskList {
  const grouping = openGrouping(needs)
  return {
    'schedule-feeds': () => scheduleDueFeeds(needs),
    'read-feed': (payload, { abortSignal }) =>
      readOneFeed(needs, readFeed, feedIdOf(payload), { stop: abortSignal, deadlineMs }),
    'group-tips': async () => void (await grouping.run()),
    'send-notices': (_payload, { abortSignal }) => tell(needs, abortSignal),
    'draw-asked': async () => void (await drawAsked(needs)),
    'expire-tips': async () => void (await expireTips(needs)),
    'archive-evidence': (_payload, { abortSignal }) => archiveEvidence(needs, abortSignal),
    ...embedTaskOf(needs),
    'remove-dead-jobs': () => removeDeadJobs(pool),
  }
}

/** A job for each feed that is due, healthy ones first, so that ill ones wait and not the others. */
export async function scheduleDueFeeds({ db, clock }: Pick<DatabaseNeeds, 'db' | 'clock'>): Promise<void> {
  const { leaseMs, feedsMax } = workerLimits
  await db.transaction().execute(async (tx) => {
    const due = await leaseDueFeeds(tx, { now: clock.now(), leaseMs, limit: feedsMax })
    for (const { id, failures } of due) await addReading(tx, id, failures)
  })
}

/** One job however many tips came: it takes all that wait, and says nothing of any of them. */
export async function scheduleGrouping({ db }: Pick<DatabaseNeeds, 'db'>): Promise<void> {
  await sql`select graphile_worker.add_job('group-tips', queue_name := 'group-tips', job_key := 'group-tips',
    max_attempts := 1)`.execute(db)
}

/** What was approved for the public page is shown with its figures at once. */
export async function scheduleDrawing({ db }: Pick<DatabaseNeeds, 'db'>): Promise<void> {
  await sql`select graphile_worker.add_job('draw-asked', queue_name := 'draw-asked', job_key := 'draw-asked',
    max_attempts := 1)`.execute(db)
}

/** One job for all that waits; it says nothing of what is told, and to whom. */
export async function scheduleTelling({ db }: Pick<DatabaseNeeds, 'db'>): Promise<void> {
  await sql`select graphile_worker.add_job('send-notices', queue_name := 'send-notices', job_key := 'send-notices',
    max_attempts := 1)`.execute(db)
}

/** In the transaction of the lease: either both are there or neither. */
async function addReading(tx: Tx, id: FeedId, priority: number): Promise<void> {
  await sql`select graphile_worker.add_job('read-feed', ${JSON.stringify({ id })}::json,
    job_key := ${`read-feed ${id}`}, max_attempts := 1, priority := ${priority}::integer)`.execute(tx)
}

/** However the reading ends, the feed's own state says so: a flow that throws or hangs is a failed reading too. */
async function readOneFeed(
  needs: DatabaseNeeds,
  readFeed: ReadFeed,
  id: FeedId,
  { stop, deadlineMs }: { stop: AbortSignal; deadlineMs: number },
): Promise<void> {
  const outcome = await withDeadline((signal) => readFeed(needs, id, { signal }), deadlineMs, stop)
  if (outcome.kind === 'done') return
  // The worker is being stopped, or the database is away: the lease ends by itself, and the feed is due again.
  if (stop.aborted) return
  if (outcome.kind === 'failed' && isAssayError(outcome.cause) && outcome.cause.code === 'unavailable') return
  const message =
    outcome.kind === 'late'
      ? `Reading it took longer than ${Math.round(deadlineMs / 1000)} seconds.`
      : 'Reading it failed because of a mistake in Assay; the journal has the cause.'
  if (outcome.kind === 'failed')
    needs.journal.error('feed reading failed', { feed: id, cause: outcome.cause })
  await needs.db.transaction().execute((tx) => recordFeedFailure(tx, id, { now: needs.clock.now(), message }))
}

async function tell(needs: DatabaseNeeds, signal?: AbortSignal): Promise<void> {
  await sendNotices(needs, signal ? { signal } : {})
}

async function archiveEvidence(needs: DatabaseNeeds, signal?: AbortSignal): Promise<void> {
  await archiveDueEvidence(needs, signal ? { signal } : {})
}

/** Only where an embedder is set: a worker beside it that has none leaves such jobs to those that have. */
function embedTaskOf({ embedder, ...needs }: DatabaseNeeds): TaskList {
  if (embedder === null) return {}
  return {
    'embed-reviews': async (_payload, { abortSignal }) =>
      void (await embedReviews({ ...needs, embedder }, abortSignal)),
  }
}

async function removeDeadJobs(pool: pg.Pool): Promise<void> {
  const jobs = await makeWorkerUtils({ pgPool: pool })
  await jobs.cleanup({ tasks: ['DELETE_PERMAFAILED_JOBS', 'GC_JOB_QUEUES'] })
  await jobs.release()
}

function feedIdOf(payload: unknown): FeedId {
  return (payload as { id: FeedId }).id
}

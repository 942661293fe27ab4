/** Feeds: what is read again and again, when next, and how it went. */
import { type Selectable, sql } from 'kysely'
import { AssayError } from '#domain/errors.ts'
import {
  type Feed,
  type FeedFormat,
  feedLimits,
  retryAfterFailures,
  stateAfterFailures,
} from '#domain/feed.ts'
import { type FeedId, type IdSource, newId, type PublisherId } from '#domain/ids.ts'
import { notify } from './connection/hints.ts'
import type { Database, Tables, Tx } from './schema.ts'

/** Registers an address to be read at once and then on schedule; one that is known is taken out of pause. */
export async function upsertFeed(
  tx: Tx,
  feed: { url: string; format: FeedFormat; publisherId?: PublisherId | null },
  { now, ids }: { now: Date; ids: IdSource },
): Promise<Feed> {
  const row = await tx
    .insertInto('feeds')
    .values({
      id: newId<FeedId>(ids),
      publisher_id: feed.publisherId ?? null,
      url: feed.url,
      format: feed.format,
      state: 'ready',
      next_read_at: now,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict.column('url').doUpdateSet((eb) => ({
        format: eb.ref('excluded.format'),
        publisher_id: eb.fn.coalesce('excluded.publisher_id', 'feeds.publisher_id'),
        state: sql`case when feeds.state = 'paused' then 'ready' else feeds.state end`,
        failures: sql<number>`case when feeds.state = 'paused' then 0 else feeds.failures end`,
        next_read_at: sql<Date>`least(feeds.next_read_at, excluded.next_read_at)`,
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  await notify(tx, 'feeds')
  return feedOf(row)
}

export async function findFeed(db: Database, id: FeedId): Promise<Feed | null> {
  const row = await db.selectFrom('feeds').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? feedOf(row) : null
}

/** @throws not_found */
export async function getFeed(db: Database, id: FeedId): Promise<Feed> {
  const feed = await findFeed(db, id)
  if (!feed) throw new AssayError('not_found', 'There is no feed of this id here.')
  return feed
}

/** All of them, or one publisher's, oldest first. */
export async function listFeeds(db: Database, filter: { publisherId?: PublisherId } = {}): Promise<Feed[]> {
  const rows = await db
    .selectFrom('feeds')
    .selectAll()
    .$if(filter.publisherId !== undefined, (q) => q.where('publisher_id', '=', filter.publisherId!))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(feedOf)
}

/** Due feeds, the longest overdue first, each given to one caller only: none is due again before the lease ends. */
export async function leaseDueFeeds(
  tx: Tx,
  { now, leaseMs, limit }: { now: Date; leaseMs: number; limit: number },
): Promise<{ id: FeedId; failures: number }[]> {
  const due = tx
    .selectFrom('feeds')
    .select('id')
    .where('next_read_at', '<=', now)
    .where('state', '<>', 'paused')
    .orderBy('next_read_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
  return tx
    .updateTable('feeds')
    .set({ next_read_at: new Date(now.getTime() + leaseMs) })
    .where('id', 'in', due)
    .returning(['id', 'failures'])
    .execute()
}

/** A good reading, also one that found nothing new. The publisher is learnt from what was read, once. */
export async function recordFeedRead(
  tx: Tx,
  id: FeedId,
  read: { now: Date; etag: string | null; lastModified: string | null; publisherId?: PublisherId | null },
): Promise<void> {
  await tx
    .updateTable('feeds')
    .set((eb) => ({
      state: 'ready',
      etag: read.etag,
      last_modified: read.lastModified,
      failures: 0,
      last_error: null,
      last_read_at: read.now,
      last_good_at: read.now,
      next_read_at: new Date(read.now.getTime() + feedLimits.intervalMs),
      publisher_id: eb.fn.coalesce('publisher_id', eb.val(read.publisherId ?? null)),
    }))
    .where('id', '=', id)
    .execute()
}

/** A reading that failed: waits longer each time, and pauses the feed in the end. Null when the feed is gone. */
export async function recordFeedFailure(
  tx: Tx,
  id: FeedId,
  failure: { now: Date; message: string; retryAfterMs?: number | undefined },
): Promise<Feed | null> {
  const known = await tx
    .selectFrom('feeds')
    .select('failures')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!known) return null
  const failures = known.failures + 1
  const waitMs = retryAfterFailures(failures, failure.retryAfterMs)
  const row = await tx
    .updateTable('feeds')
    .set({
      state: stateAfterFailures(failures),
      failures,
      last_error: failure.message.replaceAll('\0', '').toWellFormed(),
      last_read_at: failure.now,
      next_read_at: new Date(failure.now.getTime() + waitMs),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return feedOf(row)
}

function feedOf(row: Selectable<Tables['feeds']>): Feed {
  return {
    id: row.id,
    publisherId: row.publisher_id,
    url: row.url,
    format: row.format,
    state: row.state,
    etag: row.etag,
    lastModified: row.last_modified,
    failures: row.failures,
    lastError: row.last_error,
    lastReadAt: row.last_read_at?.toISOString() ?? null,
    lastGoodAt: row.last_good_at?.toISOString() ?? null,
    nextReadAt: row.next_read_at.toISOString(),
  }
}

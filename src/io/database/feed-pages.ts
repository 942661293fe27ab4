/** The pages that feeds list: only new and updated ones are read. */
import { sql } from 'kysely'
import { type FeedPage, type FeedPageKind, feedPageLimits } from '#domain/feed.ts'
import type { FeedId } from '#domain/ids.ts'
import type { Database, Tx } from './schema.ts'

/**
 * Takes in what a feed lists now: what is new, or carries another mark than when it was read, waits to be read.
 * A listed sitemap without a mark waits each time: only reading it tells what is new.
 */
export async function upsertFeedPages(
  tx: Tx,
  feedId: FeedId,
  pages: Pick<FeedPage, 'url' | 'kind' | 'mark'>[],
  now: Date,
): Promise<void> {
  const kept = pages.slice(0, feedPageLimits.listedMax)
  const byUrl = new Map(kept.map((page) => [page.url, page]))
  await sql`
    insert into feed_pages (feed_id, url, kind, mark, state, listed_at)
    select ${feedId}, p.url, p.kind, p.mark, 'waiting', ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify([...byUrl.values()])}::jsonb) as p (url text, kind text, mark text)
    where (select count(*) from feed_pages where feed_id = ${feedId}) < ${feedPageLimits.keptMax}
      or exists (select from feed_pages k where k.feed_id = ${feedId} and k.url = p.url)
    on conflict (feed_id, url) do update set
      kind = excluded.kind,
      mark = excluded.mark,
      listed_at = excluded.listed_at,
      state = case when ${hasNews} then 'waiting' else feed_pages.state end,
      failures = case when ${hasNews} then 0 else feed_pages.failures end`.execute(tx)
}

const hasNews = sql.raw(`(feed_pages.mark is distinct from excluded.mark
  or excluded.kind = 'sitemap' and excluded.mark is null)`)

/** Sitemaps: the one read longest ago first. Pages: what failed least first, then what the feed marks as latest. */
export async function listWaitingFeedPages(
  db: Database,
  feedId: FeedId,
  { kind, limit }: { kind: FeedPageKind; limit: number },
): Promise<FeedPage[]> {
  const rows = await db
    .selectFrom('feed_pages')
    .select(['url', 'kind', 'mark', 'etag', 'last_modified'])
    .where('feed_id', '=', feedId)
    .where('state', '=', 'waiting')
    .where('kind', '=', kind)
    .$if(kind === 'sitemap', (q) => q.orderBy('read_at', (order) => order.asc().nullsFirst()))
    .$if(kind === 'page', (q) => q.orderBy('failures').orderBy('mark', (order) => order.desc().nullsLast()))
    .orderBy('url')
    .limit(limit)
    .execute()
  return rows.map(({ last_modified, ...row }) => ({ ...row, lastModified: last_modified }))
}

export async function countWaitingFeedPages(db: Database, feedId: FeedId): Promise<number> {
  const { count } = await db
    .selectFrom('feed_pages')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('feed_id', '=', feedId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return count
}

export async function recordFeedPageRead(
  tx: Tx,
  feedId: FeedId,
  url: string,
  read: { now: Date; etag: string | null; lastModified: string | null },
): Promise<void> {
  await tx
    .updateTable('feed_pages')
    .set({
      state: 'read',
      failures: 0,
      last_error: null,
      etag: read.etag,
      last_modified: read.lastModified,
      read_at: read.now,
    })
    .where('feed_id', '=', feedId)
    .where('url', '=', url)
    .execute()
}

/** Waits for the next reading of the feed, unless it failed too often or `isFinal` says that trying again is no use. */
export async function recordFeedPageFailure(
  tx: Tx,
  feedId: FeedId,
  url: string,
  failure: { message: string; isFinal: boolean },
): Promise<void> {
  await tx
    .updateTable('feed_pages')
    .set((eb) => ({
      failures: eb('failures', '+', 1),
      last_error: failure.message,
      state: failure.isFinal
        ? 'failed'
        : eb
            .case()
            .when('failures', '>=', feedPageLimits.failuresMax - 1)
            .then('failed' as const)
            .else('waiting' as const)
            .end(),
    }))
    .where('feed_id', '=', feedId)
    .where('url', '=', url)
    .execute()
}

/** Forgets pages that the feed no longer lists, so that a feed of years does not keep every page it ever had. */
export async function removeUnlistedFeedPages(tx: Tx, feedId: FeedId, listedBefore: Date): Promise<void> {
  await tx
    .deleteFrom('feed_pages')
    .where('feed_id', '=', feedId)
    .where('listed_at', '<', listedBefore)
    .execute()
}

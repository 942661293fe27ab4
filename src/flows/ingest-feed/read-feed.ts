/** ingest, on schedule: a registered feed → fetched if it changed → its reviews, or the pages that it lists → its health. */
import { AssayError } from '#domain/errors.ts'
import type { Feed } from '#domain/feed.ts'
import type { FeedId, PublisherId } from '#domain/ids.ts'
import type { Needs } from '#flows/needs.ts'
import { removeUnlistedFeedPages, upsertFeedPages } from '#io/database/feed-pages.ts'
import { findFeed, recordFeedFailure, recordFeedRead } from '#io/database/feeds.ts'
import { findPublisher } from '#io/database/publishers.ts'
import { retryAfterMsOf } from '#io/net/response.ts'
import type { Ingested } from './ingest-source.ts'
import { type AddressNeeds, type AddressRead, readAddress } from './read-address.ts'
import { type PagesRead, readFeedPages } from './read-pages.ts'
import type { ListedPage } from './read-source.ts'
import { emptyTally, sortedTally, type Tally } from './tally.ts'

/** `gone`: it was removed meanwhile. `unchanged`: the feed itself; pages that waited may have been read. */
export interface FeedReading {
  state: 'read' | 'unchanged' | 'failed' | 'gone'
  tally: Tally
  pages: PagesRead | null
  /** Why it failed, in a sentence. */
  problem: string | null
}

type FeedNeeds = AddressNeeds & Pick<Needs, 'journal'>

/** One reading ends within a lease: this much for the feed, as much for its pages. */
const fetchLimits = { bytesMax: 2_000_000_000, deadlineMs: 5 * 60_000 }

/** Pages that a feed has not listed for this long are forgotten. */
const unlistedMs = 90 * 24 * 3_600_000

/**
 * Reads a feed and records how it went: when it is read next, or how long it is left alone. Never throws for an ill feed.
 *
 * @throws unavailable when the database is away; the signal's reason
 */
export async function readFeed(
  needs: FeedNeeds,
  feedId: FeedId,
  { signal }: { signal?: AbortSignal } = {},
): Promise<FeedReading> {
  const feed = await findFeed(needs.db, feedId)
  if (!feed) return { state: 'gone', tally: emptyTally(), pages: null, problem: null }
  const publisher = feed.publisherId === null ? null : await findPublisher(needs.db, feed.publisherId)
  const options = { publisher: publisher?.site ?? null, seen: new Set<string>(), signal }
  const read = await readAddress(needs, feed, fetchLimits, { ...options, format: feed.format, feedId })
  const tally = read.ingested?.tally ?? emptyTally()
  const problem = read.problem ?? (read.ingested && problemOf(read.ingested))
  if (problem) return recordFailure(needs, feed, problem, { tally, pages: null })

  await recordListing(needs, feed, read.ingested?.listed ?? null)
  // An unchanged feed may still have pages that the last reading left.
  const hasPages = read.ingested === null || read.ingested.listed !== null
  const pages = hasPages ? await readFeedPages(needs, feedId, { ...options, tally }) : null
  if (pages?.problem && pages.read + pages.unchanged === 0) {
    return recordFailure(needs, feed, pages.problem, { tally, pages })
  }
  return recordSuccess(needs, feed, read, { tally, pages })
}

async function recordListing(
  { db, clock }: FeedNeeds,
  feed: Feed,
  listed: ListedPage[] | null,
): Promise<void> {
  if (listed === null || listed.length === 0) return
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    await upsertFeedPages(tx, feed.id, listed, now)
    // What an index lists through sitemaps is not listed anew while these do not change.
    if (listed.some(({ kind }) => kind === 'sitemap')) return
    await removeUnlistedFeedPages(tx, feed.id, new Date(now.getTime() - unlistedMs))
  })
}

type Account = Pick<FeedReading, 'tally' | 'pages'>

async function recordSuccess(
  { db, clock, journal }: FeedNeeds,
  feed: Feed,
  { kind, ingested, marks }: AddressRead,
  { tally, pages }: Account,
): Promise<FeedReading> {
  const publisherId = ingested?.publisherId ?? onlyOne(pages?.publisherIds)
  await db
    .transaction()
    .execute((tx) => recordFeedRead(tx, feed.id, { now: clock.now(), ...marks, publisherId }))
  const { reasons, ...counts } = tally
  journal.info('feed read', { feed: feed.id, url: feed.url, ...counts, waiting: pages?.waiting ?? 0 })
  return {
    state: kind === 'unchanged' ? 'unchanged' : 'read',
    tally: sortedTally(tally),
    pages,
    problem: null,
  }
}

async function recordFailure(
  { db, clock, journal }: FeedNeeds,
  feed: Feed,
  problem: AssayError,
  account: Account,
): Promise<FeedReading> {
  const retryAfterMs = retryAfterMsOf(problem) ?? undefined
  const failure = { now: clock.now(), message: problem.message, retryAfterMs }
  const after = await db.transaction().execute((tx) => recordFeedFailure(tx, feed.id, failure))
  journal.warn('feed failed', {
    feed: feed.id,
    url: feed.url,
    problem: problem.message,
    nextReadAt: after?.nextReadAt,
  })
  return { ...account, state: 'failed', tally: sortedTally(account.tally), problem: problem.message }
}

/** A page without markup stands where the feed was: an error page, or a site that moved. */
function problemOf({ format, tally }: Ingested): AssayError | null {
  if (format !== 'html' || tally.rows > 0) return null
  return new AssayError(
    'invalid',
    'There is an HTML page without ClaimReview markup where the feed should be.',
  )
}

function onlyOne(ids: ReadonlySet<PublisherId> = new Set()): PublisherId | null {
  const [only = null] = ids
  return ids.size === 1 ? only : null
}

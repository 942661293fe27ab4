/** ingest, for feeds: the pages that a feed lists → a bounded number a reading → each fetched and read by read-address. */
import type { AssayError } from '#domain/errors.ts'
import type { FeedPage } from '#domain/feed.ts'
import type { FeedId, PublisherId } from '#domain/ids.ts'
import {
  countWaitingFeedPages,
  listWaitingFeedPages,
  recordFeedPageFailure,
  recordFeedPageRead,
  upsertFeedPages,
} from '#io/database/feed-pages.ts'
import { type AddressNeeds, type AddressRead, readAddress } from './read-address.ts'
import { addTally, type Tally } from './tally.ts'

/** What became of the pages of one reading. */
export interface PagesRead {
  /** Fetched, with claim reviews or without. */
  read: number
  /** Of these, the ones that carry no markup. */
  without: number
  /** As they were when they were last read. */
  unchanged: number
  failed: number
  /** Left for the next reading. */
  waiting: number
  /** Why the first of the failed ones failed. */
  problem: AssayError | null
  /** Of the reviews that were read. */
  publisherIds: Set<PublisherId>
}

export interface PagesOptions {
  publisher: string | null
  /** Added to. */
  tally: Tally
  /** Identities of this reading, added to. */
  seen: Set<string>
  signal?: AbortSignal | undefined
  onProgress?: ((tally: Tally) => void) | undefined
}

/** What one reading of a feed asks for: at a page a second some three minutes. What is left waits for the next one. */
const limits = {
  pagesMax: 200,
  /** A sitemap index may list hundreds; they take turns, so that the pages get theirs. */
  sitemapsMax: 20,
  readingMaxMs: 5 * 60_000,
  /** A site that fails this often in a row is left alone until the next reading. */
  failuresInRowMax: 5,
} as const

const fetchLimits = {
  page: { bytesMax: 10_000_000, deadlineMs: 30_000 },
  sitemap: { bytesMax: 60_000_000, deadlineMs: 60_000 },
} as const

/**
 * Reads what waits of a feed, sitemaps first, and records what became of each; never throws for what a site does wrong.
 *
 * @throws unavailable when the database is away; the signal's reason
 */
export async function readFeedPages(
  needs: AddressNeeds,
  feedId: FeedId,
  options: PagesOptions,
): Promise<PagesRead> {
  const { db, clock } = needs
  const result = emptyPagesRead()
  const endsAt = clock.now().getTime() + limits.readingMaxMs
  let failuresInRow = 0
  for (const [kind, limit] of [
    ['sitemap', limits.sitemapsMax],
    ['page', limits.pagesMax],
  ] as const) {
    for (const page of await listWaitingFeedPages(db, feedId, { kind, limit })) {
      options.signal?.throwIfAborted()
      if (failuresInRow >= limits.failuresInRowMax || clock.now().getTime() >= endsAt) break
      const read = await readFeedPage(needs, feedId, page, options)
      await recordPage(needs, feedId, page, read)
      count(result, options.tally, read)
      failuresInRow = read.kind === 'failed' && read.problem.code === 'unavailable' ? failuresInRow + 1 : 0
      options.onProgress?.(options.tally)
    }
  }
  result.waiting = await countWaitingFeedPages(db, feedId)
  return result
}

function emptyPagesRead(): PagesRead {
  return { read: 0, without: 0, unchanged: 0, failed: 0, waiting: 0, problem: null, publisherIds: new Set() }
}

function readFeedPage(
  needs: AddressNeeds,
  feedId: FeedId,
  page: FeedPage,
  { publisher, seen, signal }: PagesOptions,
): Promise<AddressRead> {
  return readAddress(needs, page, fetchLimits[page.kind], { format: 'auto', publisher, seen, signal, feedId })
}

async function recordPage(
  { db, clock }: AddressNeeds,
  feedId: FeedId,
  page: FeedPage,
  read: AddressRead,
): Promise<void> {
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    if (read.kind === 'failed') {
      const { message, code } = read.problem
      await recordFeedPageFailure(tx, feedId, page.url, { message, isFinal: code !== 'unavailable' })
      return
    }
    // Only sitemaps lead on: a page that is a feed in truth would have us follow links without end.
    const listed = page.kind === 'sitemap' ? read.ingested?.listed : null
    if (listed) await upsertFeedPages(tx, feedId, listed, now)
    await recordFeedPageRead(tx, feedId, page.url, { now, ...read.marks })
  })
}

function count(result: PagesRead, tally: Tally, read: AddressRead): void {
  if (read.kind === 'unchanged') {
    result.unchanged += 1
    return
  }
  if (read.kind === 'failed') {
    result.failed += 1
    result.problem ??= read.problem
  } else if (read.ingested.listed === null) {
    result.read += 1
    if (read.ingested.tally.rows === 0) result.without += 1
  }
  if (read.ingested === null) return
  addTally(tally, read.ingested.tally)
  if (read.ingested.publisherId !== null) result.publisherIds.add(read.ingested.publisherId)
}

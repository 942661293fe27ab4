/** ingest, by hand: a file, bytes that are handed in, or an address, which is also registered to be read on schedule. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AssayError } from '#domain/errors.ts'
import type { Feed, FeedFormat } from '#domain/feed.ts'
import { upsertFeedPages } from '#io/database/feed-pages.ts'
import { recordFeedRead, upsertFeed } from '#io/database/feeds.ts'
import type { WritingNeeds } from './batches.ts'
import { type Ingested, ingestSource } from './ingest-source.ts'
import { type AddressNeeds, type Marks, readAddress } from './read-address.ts'
import { type PagesRead, readFeedPages } from './read-pages.ts'
import type { Source } from './read-source.ts'
import type { SourceFormat } from './recognise.ts'
import { emptyTally, sortedTally, type Tally } from './tally.ts'

/** What one source gave, and what is wrong with it. */
export interface IngestReport {
  source: string
  /** Null when it could not be told. */
  format: SourceFormat | null
  tally: Tally
  /** Why nothing, or not everything, could be read. What was read counts all the same. */
  problem: AssayError | null
  /** From now on read on schedule; null for files and single pages. */
  feed: Feed | null
  /** Of a feed or a sitemap; null for sources that carry the reviews themselves. */
  pages: PagesRead | null
}

export interface IngestRequest {
  format: FeedFormat
  /** Host to assume where a record names no publisher; null: none. */
  publisher: string | null
  signal?: AbortSignal
  onProgress?: (tally: Tally) => void
}

/** @throws unavailable when the database is away; the signal's reason */
export async function ingestFile(
  needs: WritingNeeds,
  path: string,
  request: IngestRequest,
): Promise<IngestReport> {
  const problem = await problemOfFile(path)
  if (problem) return { ...emptyReport(path), problem }
  return { ...(await ingestBytes(needs, basename(path), createReadStream(path), request)), source: path }
}

/** Bytes of any format but a feed; `name` is what their refusals are kept under. Throws as `ingestFile` does. */
export async function ingestBytes(
  needs: WritingNeeds,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  request: IngestRequest,
): Promise<IngestReport> {
  const source: Source = { name, url: null, contentType: null, bytes }
  const ingested = await ingestSource(needs, source, request)
  const { format, tally } = ingested
  return { ...emptyReport(name), format, tally: sortedTally(tally), problem: problemOf(ingested, 'file') }
}

/** A download by hand may take its time. */
const fetchLimits = { bytesMax: 4_000_000_000, deadlineMs: 2 * 3_600_000 }

/** Reads an address and registers it as a feed, unless it is a single page or could not be read. Throws as `ingestFile` does. */
export async function ingestUrl(
  needs: AddressNeeds,
  url: string,
  request: IngestRequest,
): Promise<IngestReport> {
  const seen = new Set<string>()
  const read = await readAddress(needs, { url, etag: null, lastModified: null }, fetchLimits, {
    ...request,
    seen,
  })
  const { ingested } = read
  const tally = ingested?.tally ?? emptyTally()
  const report = { ...emptyReport(url), format: ingested?.format ?? null, tally: sortedTally(tally) }
  const problem = read.problem ?? (ingested && problemOf(ingested, 'address'))
  if (problem || ingested === null || ingested.format === 'html') return { ...report, problem }
  const feed = await registerFeed(needs, url, request.format, ingested, read.marks)
  if (ingested.listed === null) return { ...report, feed }
  const pages = await readFeedPages(needs, feed.id, { ...request, tally, seen })
  return { ...report, tally: sortedTally(tally), feed, pages }
}

function emptyReport(source: string): IngestReport {
  return { source, format: null, tally: emptyTally(), problem: null, feed: null, pages: null }
}

/** Registered, listed and recorded as read in one step: a worker beside us does not read it at the same time. */
async function registerFeed(
  { db, clock, ids }: AddressNeeds,
  url: string,
  format: FeedFormat,
  { publisherId, listed }: Ingested,
  marks: Marks,
): Promise<Feed> {
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    const feed = await upsertFeed(tx, { url, format, publisherId }, { now, ids })
    if (listed) await upsertFeedPages(tx, feed.id, listed, now)
    await recordFeedRead(tx, feed.id, { now, ...marks, publisherId })
    return feed
  })
}

/** What whoever gave the source should hear: a source without a single review was hardly meant. */
function problemOf(ingested: Ingested, from: 'file' | 'address'): AssayError | null {
  const { problem, listed, tally, format } = ingested
  if (problem) return problem
  if (listed && from === 'file') {
    return new AssayError(
      'invalid',
      'It is a feed, which only names pages; give its address, so that they can be fetched.',
    )
  }
  if (listed?.length === 0) return new AssayError('invalid', 'It is a feed that names no page.')
  if (listed || tally.rows > 0) return null
  const what = format === 'html' ? 'The page carries no ClaimReview markup' : 'It holds no claim review'
  return new AssayError('invalid', `${what}; give an address or a file that does.`)
}

async function problemOfFile(path: string): Promise<AssayError | null> {
  try {
    const found = await stat(path)
    if (found.isFile() || found.isFIFO() || found.isCharacterDevice()) return null
    return new AssayError('invalid', 'It is a folder; give the files in it.')
  } catch (error) {
    const isMissing =
      error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code))
    if (isMissing) return new AssayError('not_found', 'There is no such file; check the path.')
    return new AssayError('forbidden', 'It cannot be opened; check who may read it.', { cause: error })
  }
}

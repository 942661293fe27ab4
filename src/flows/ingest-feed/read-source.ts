/**
 * ingest, middle step: bytes → what they are → parsed → the intake. Feeds and sitemaps carry no reviews themselves:
 * what they list is handed back, and its pages are read next (read-pages.ts).
 */
import type { Refusal, ReviewsRead } from '#domain/claim-review.ts'
import { AssayError } from '#domain/errors.ts'
import { type FeedFormat, type FeedPage, feedPageLimits } from '#domain/feed.ts'
import { parseClaimReviews } from '#formats/claimreview/parse-claim-reviews.ts'
import { parseFeed } from '#formats/feeds/parse-feed.ts'
import { decodeText } from '#formats/html/decode-text.ts'
import { parseReviewRow } from '#formats/review-rows/parse-review-row.ts'
import { collected, limited } from '#io/net/decode.ts'
import type { Intake } from './intake.ts'
import { type Line, linesOf } from './lines.ts'
import { recognise, type SourceFormat } from './recognise.ts'
import { unpack } from './unpack.ts'

export interface Source {
  /** Address or file name: what is refused is kept under it. */
  name: string
  /** Where it was fetched; null for a file. */
  url: string | null
  contentType: string | null
  bytes: AsyncIterable<Uint8Array>
}

export interface ReadingOptions {
  format: FeedFormat
  /** Host to assume where a record names no publisher; null: none. */
  publisher: string | null
  signal?: AbortSignal | undefined
  /** Called now and then while rows are read. */
  onProgress?: (() => void) | undefined
}

export interface SourceRead {
  format: SourceFormat
  /** What a feed or sitemap lists; null for a source of reviews. */
  listed: ListedPage[] | null
}

export type ListedPage = Pick<FeedPage, 'url' | 'kind' | 'mark'>

/** A document is held whole; rows are not. Unpacked. */
const documentBytesMax = 64_000_000

/**
 * Reads a source into the intake, which the caller ends: also after an error everything before it counts.
 *
 * @throws invalid or too_large, in a sentence; what the source and the database throw; the signal's reason
 */
export async function readSource(
  source: Source,
  intake: Intake,
  options: ReadingOptions,
): Promise<SourceRead> {
  const { beginning, bytes } = await unpack(source.bytes)
  const format = recognise({ ...source, beginning }, options.format)
  if (format === 'jsonl') {
    await readRows(bytes, intake, options)
    return { format, listed: null }
  }
  const text = decodeText(await collected(limited(bytes, documentBytesMax)), source.contentType)
  options.signal?.throwIfAborted()
  if (format === 'feed' || format === 'sitemap') {
    return { format, listed: listedIn(text, source.url ?? '') }
  }
  const kind = format === 'html' ? 'html' : 'json'
  await intake.add(parseClaimReviews(text, { kind, pageUrl: source.url, publisher: options.publisher }))
  return { format, listed: null }
}

/** Rows between two looks at the signal and two reports of progress. */
const rowsBetween = 500

async function readRows(bytes: AsyncIterable<Uint8Array>, intake: Intake, options: ReadingOptions) {
  let count = 0
  for await (const line of linesOf(bytes)) {
    await intake.add(readRow(line, options.publisher))
    if (++count % rowsBetween > 0) continue
    options.signal?.throwIfAborted()
    options.onProgress?.()
  }
}

function readRow(line: Line, publisher: string | null): ReviewsRead {
  if (line.text === null) {
    const refusal = { path: '$', message: 'the line is too long to be a claim review', excerpt: line.excerpt }
    return { records: [], refusals: [onLine(line, refusal)], notes: [] }
  }
  const read = parseReviewRow(line.text, { publisher })
  return {
    records: read.records,
    refusals: read.refusals.map((refusal) => onLine(line, refusal)),
    notes: read.notes.map((note) => onLine(line, note)),
  }
}

function onLine(line: Line, refusal: Refusal): Refusal {
  return { ...refusal, path: `line ${line.number}: ${refusal.path}` }
}

/** @throws invalid */
function listedIn(text: string, url: string): ListedPage[] {
  const parsed = parseFeed(text, url)
  if (!parsed.ok) {
    const [problem] = parsed.problems
    throw new AssayError(
      'invalid',
      `It cannot be read as a feed or sitemap: ${problem?.message ?? 'it is damaged'}.`,
    )
  }
  const kind = parsed.value.kind === 'sitemap-index' ? 'sitemap' : 'page'
  return parsed.value.entries
    .filter((entry) => entry.url !== url && entry.url.length <= feedPageLimits.urlMax)
    .map((entry) => ({ url: entry.url, kind, mark: entry.updatedAt }))
}

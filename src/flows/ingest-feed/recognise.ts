/** ingest, first step: what a source is, told by how it begins; what it cannot be is said in one sentence. */
import { AssayError } from '#domain/errors.ts'
import type { FeedFormat } from '#domain/feed.ts'
import { detectFormat } from '#formats/detect-format.ts'
import { decodeText } from '#formats/html/decode-text.ts'

/** What a source turned out to be; `html` is a page that may carry ClaimReview markup. */
export type SourceFormat = Exclude<FeedFormat, 'auto'> | 'html'

export interface Beginning {
  name: string
  contentType: string | null
  beginning: Uint8Array
}

const formatsRead =
  'a page or JSON-LD with ClaimReview, a schema.org DataFeed, RSS, Atom, JSON Feed, a sitemap, or JSON Lines'

/**
 * The format to read a source as: the wanted one where the source can be that, or else what it looks like.
 *
 * @throws invalid, in a sentence that says what it is instead
 */
export function recognise(source: Beginning, wanted: FeedFormat): SourceFormat {
  if (source.beginning.length === 0) throw new AssayError('invalid', 'It is empty; there is nothing to read.')
  const text = decodeText(source.beginning, source.contentType)
  const looks = detectFormat(text, source)
  if (text.includes('\0')) {
    throw new AssayError('invalid', `It is no text but a binary file; give ${formatsRead}.`)
  }
  if (looks === 'html') return pageOr(wanted)
  if (wanted !== 'auto') return wanted
  if (looks === null)
    throw new AssayError('invalid', `It is in no format that is read here; give ${formatsRead}.`)
  return looks
}

/** An HTML page is read for its markup, but it is no feed, whatever was wanted. */
function pageOr(wanted: FeedFormat): SourceFormat {
  if (wanted === 'auto' || wanted === 'claimreview') return 'html'
  throw new AssayError(
    'invalid',
    `It is an HTML page, not ${whats[wanted]}; give the address of that itself.`,
  )
}

const whats = {
  datafeed: 'a DataFeed',
  feed: 'a feed',
  sitemap: 'a sitemap',
  jsonl: 'JSON Lines',
} as const

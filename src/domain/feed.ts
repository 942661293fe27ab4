/** A place that claim reviews come from again and again: a feed, a sitemap or a page, re-read on schedule. */
import type { FeedId, PublisherId } from './ids.ts'

/** What is fetched there; `auto` is told by its first bytes at each reading. */
export const feedFormats = ['auto', 'claimreview', 'datafeed', 'feed', 'sitemap', 'jsonl'] as const
export type FeedFormat = (typeof feedFormats)[number]

/** `ready`: the last reading was good, or none was made yet. `failing`: tried again later. `paused`: given up. */
export const feedStates = ['ready', 'failing', 'paused'] as const
export type FeedState = (typeof feedStates)[number]

export interface Feed {
  id: FeedId
  publisherId: PublisherId | null
  url: string
  format: FeedFormat
  state: FeedState
  etag: string | null
  lastModified: string | null
  /** Readings that failed since the last good one. */
  failures: number
  /** One clear sentence; null after a good reading. */
  lastError: string | null
  lastReadAt: string | null
  lastGoodAt: string | null
  nextReadAt: string
}

/** What a feed lists: pages that may carry markup, or, as a sitemap index does, sitemaps that list pages. */
export type FeedPageKind = 'page' | 'sitemap'
/** `waiting`: new or updated since it was read. `failed`: given up until the feed says that it changed. */
export type FeedPageState = 'waiting' | 'read' | 'failed'

export interface FeedPage {
  url: string
  kind: FeedPageKind
  /** The feed's own mark of the latest change, as written there; null when it gives none. */
  mark: string | null
  etag: string | null
  lastModified: string | null
}

export const feedPageLimits = {
  /** A page that fails this often is given up until the feed marks it as changed. */
  failuresMax: 5,
  /** UTF-16 code units; a feed's longer addresses are not asked for. */
  urlMax: 2_000,
  /** Of one listing: what the sitemaps protocol allows; later entries are not read. */
  listedMax: 50_000,
  /** Of one feed with all its sitemaps: once there are more, new ones are not taken in. */
  keptMax: 500_000,
} as const

/** Good feeds are read every 30 minutes, ill ones ever less often, up to a day; after 60 failures (two months) no more. */
export const feedLimits = {
  intervalMs: 30 * 60_000,
  retryMs: 5 * 60_000,
  retryMaxMs: 24 * 3_600_000,
  failuresMax: 60,
} as const

/** Wait before the next try after the given number of failures in a row, 1 or more; `askedMs` is a Retry-After, obeyed up to a day. */
export function retryAfterFailures(failures: number, askedMs = 0): number {
  const backOff = feedLimits.retryMs * 2 ** Math.min(failures - 1, 20)
  return Math.min(Math.max(backOff, askedMs), feedLimits.retryMaxMs)
}

export function stateAfterFailures(failures: number): FeedState {
  return failures >= feedLimits.failuresMax ? 'paused' : 'failing'
}

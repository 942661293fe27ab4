/**
 * Feeds and sitemaps → the pages that they list, where markup may be found.
 * Sources: RSS 2.0 and 1.0, RFC 4287 (Atom), JSON Feed 1.1, sitemaps.org protocol 0.9 with the news extension.
 */
import { parseFeed as parseAnyFeed } from 'feedsmith'
import type { Parsed } from '#domain/errors.ts'
import { webAddress } from '#formats/urls/web-address.ts'
import { parseSitemap } from './parse-sitemap.ts'
import { problemOfXml } from './xml-guard.ts'

export interface FeedListing {
  /** What the entries are: pages, or with an index sitemaps that list pages. */
  kind: 'feed' | 'sitemap' | 'sitemap-index'
  /** In the source's order, each address once. */
  entries: FeedEntry[]
}

export interface FeedEntry {
  url: string
  /** The source's own mark of the latest change, as written there; null when it gives none. */
  updatedAt: string | null
}

/** What the sitemaps protocol allows in one file; later entries are not read. */
export const entriesMax = 50_000

/** UTF-16 code units of a mark: a date, in whatever form. */
const markMax = 100

/** Reads any of them, told apart by how they begin. `baseUrl` resolves relative addresses; it may be empty for a file. */
export function parseFeed(text: string, baseUrl: string): Parsed<FeedListing> {
  const trimmed = text.replace(/^\uFEFF/, '').trimStart()
  if (/^(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b/i.test(trimmed)) return refused(htmlMessage)
  if (trimmed.startsWith('<')) {
    const problem = problemOfXml(trimmed)
    if (problem !== null) return { ok: false, problems: [problem] }
    if (
      /^(<\?[\s\S]*?\?>|<!--[\s\S]*?-->|\s)*<(\w+:)?(urlset|sitemapindex)\b/.test(trimmed.slice(0, 20_000))
    ) {
      const sitemap = parseSitemap(trimmed)
      return sitemap.ok ? listing(sitemap.value.kind, sitemap.value.entries, baseUrl) : sitemap
    }
  }
  try {
    return listing('feed', entriesOf(parseAnyFeed(trimmed)), baseUrl)
  } catch {
    return refused('it is no RSS, Atom or JSON Feed and no sitemap')
  }
}

const htmlMessage = 'it is an HTML page: give the address of the feed itself'

function refused(message: string): Parsed<never> {
  return { ok: false, problems: [{ path: '$', message }] }
}

interface RawEntry {
  url: string | undefined
  updatedAt: unknown
}

function entriesOf(parsed: ReturnType<typeof parseAnyFeed>): RawEntry[] {
  switch (parsed.format) {
    case 'rss':
      return (parsed.feed.items ?? []).map((item) => ({
        url: item.link ?? (item.guid?.isPermaLink === false ? undefined : item.guid?.value),
        updatedAt: item.dc?.dates?.[0] ?? item.pubDate,
      }))
    case 'atom':
      return (parsed.feed.entries ?? []).map((entry) => ({
        url: (
          entry.links?.find((link) => link.rel === undefined || link.rel === 'alternate') ?? entry.links?.[0]
        )?.href,
        updatedAt: entry.updated ?? entry.published,
      }))
    case 'json':
      return (parsed.feed.items ?? []).map((item) => ({
        url: item.url ?? item.id,
        updatedAt: item.date_modified ?? item.date_published,
      }))
    case 'rdf':
      return (parsed.feed.items ?? []).map((item) => ({
        url: item.link ?? item.rdf?.about,
        updatedAt: item.dc?.dates?.[0],
      }))
  }
}

function listing(kind: FeedListing['kind'], raw: RawEntry[], baseUrl: string): Parsed<FeedListing> {
  const entries = new Map<string, FeedEntry>()
  const base = webAddress(baseUrl, null)
  for (const { url, updatedAt } of raw) {
    if (entries.size >= entriesMax) break
    const address = url === undefined ? null : webAddress(url, base)
    // a sitemap that lists itself would be read for ever
    if (address === null || address === base || entries.has(address)) continue
    entries.set(address, {
      url: address,
      updatedAt: typeof updatedAt === 'string' ? updatedAt.trim().slice(0, markMax) || null : null,
    })
  }
  return { ok: true, value: { kind, entries: [...entries.values()] } }
}

/** Sitemaps and sitemap indexes. Source: sitemaps.org protocol 0.9; news and image extensions are passed over. */
import { XMLParser } from 'fast-xml-parser'
import type { Parsed } from '#domain/errors.ts'

interface SitemapEntry {
  url: string | undefined
  updatedAt: string | undefined
}

/** `text` has passed problemOfXml: entities other than XML's own five are never expanded. */
export function parseSitemap(
  text: string,
): Parsed<{ kind: 'sitemap' | 'sitemap-index'; entries: SitemapEntry[] }> {
  const parser = new XMLParser({
    ignoreAttributes: true,
    removeNSPrefix: true,
    parseTagValue: false,
    processEntities: true,
    htmlEntities: false,
    isArray: (name) => name === 'url' || name === 'sitemap',
  })
  let root: unknown
  try {
    root = parser.parse(text, true)
  } catch (error) {
    const where = error instanceof Error ? error.message.slice(0, 120) : 'somewhere'
    return { ok: false, problems: [{ path: '$', message: `its XML is damaged (${where})` }] }
  }
  const index = listIn(root, 'sitemapindex', 'sitemap')
  const urls = index ?? listIn(root, 'urlset', 'url')
  if (urls === null)
    return { ok: false, problems: [{ path: '$', message: 'it has neither a urlset nor a sitemapindex' }] }
  return { ok: true, value: { kind: index ? 'sitemap-index' : 'sitemap', entries: urls.map(entryOf) } }
}

function listIn(root: unknown, outer: string, inner: string): unknown[] | null {
  if (!isRecord(root) || !(outer in root)) return null
  const list = isRecord(root[outer]) ? root[outer][inner] : []
  return Array.isArray(list) ? list : []
}

function entryOf(entry: unknown): SitemapEntry {
  if (!isRecord(entry)) return { url: undefined, updatedAt: undefined }
  const news = isRecord(entry.news) ? textOf(entry.news.publication_date) : undefined
  return { url: textOf(entry.loc), updatedAt: textOf(entry.lastmod) ?? news }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

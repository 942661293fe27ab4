/** Our own reviews as feeds for readers' programs. Sources: RFC 4287 (Atom), JSON Feed 1.1. */

export interface FeedFrame {
  title: string
  /** The site's public address. */
  publicUrl: string
  /** ISO 8601, UTC. */
  updatedAt: string
}

export interface FeedEntry {
  url: string
  title: string
  summary: string
  lang: string | null
  organisation: string
  publishedAt: string
  updatedAt: string
}

export function formatAtom(
  { title, publicUrl, updatedAt }: FeedFrame,
  entries: readonly FeedEntry[],
): string {
  const items = entries.map(
    (entry) => `  <entry${entry.lang === null ? '' : ` xml:lang="${escapeXml(entry.lang)}"`}>
    <id>${escapeXml(entry.url)}</id>
    <title>${escapeXml(entry.title)}</title>
    <link rel="alternate" type="text/html" href="${escapeXml(entry.url)}"/>
    <link rel="alternate" type="application/ld+json" href="${escapeXml(entry.url)}.json"/>
    <published>${entry.publishedAt}</published>
    <updated>${entry.updatedAt}</updated>
    <author><name>${escapeXml(entry.organisation)}</name></author>
    <summary>${escapeXml(entry.summary)}</summary>
  </entry>
`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${escapeXml(publicUrl)}/</id>
  <title>${escapeXml(title)}</title>
  <link rel="self" type="application/atom+xml" href="${escapeXml(publicUrl)}/feed.atom"/>
  <link rel="alternate" type="text/html" href="${escapeXml(publicUrl)}/"/>
  <updated>${updatedAt}</updated>
${items.join('')}</feed>
`
}

export function formatJsonFeed({ title, publicUrl }: FeedFrame, entries: readonly FeedEntry[]): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: `${publicUrl}/`,
    feed_url: `${publicUrl}/feed.json`,
    items: entries.map((entry) => ({
      id: entry.url,
      url: entry.url,
      title: entry.title,
      content_text: entry.summary,
      date_published: entry.publishedAt,
      date_modified: entry.updatedAt,
      authors: [{ name: entry.organisation }],
      ...(entry.lang === null ? {} : { language: entry.lang }),
    })),
  })
}

/** Source: https://www.sitemaps.org/protocol.html */
export function formatSitemap(pages: readonly { url: string; updatedAt: string | null }[]): string {
  const urls = pages.map(
    ({ url, updatedAt }) =>
      `  <url><loc>${escapeXml(url)}</loc>${updatedAt === null ? '' : `<lastmod>${updatedAt}</lastmod>`}</url>\n`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('')}</urlset>
`
}

/** Text and attributes; what XML 1.0 cannot hold at all is left out. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[<>&"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

/** Reviews and news of a tip as feeds for readers' programs. Sources: RFC 4287 (Atom), JSON Feed 1.1. */

export interface FeedFrame {
  /** An address, the same for ever. */
  id: string
  title: string
  /** Where this very document is. */
  selfUrl: string
  /** The page that goes with it. */
  homeUrl: string
  /** ISO 8601, UTC. */
  updatedAt: string
}

export interface FeedEntry {
  /** An address, the same for ever: programs show an entry of a new one as news. */
  id: string
  url: string
  /** The same as ClaimReview markup; null where there is none. */
  markupUrl: string | null
  title: string
  summary: string
  lang: string | null
  organisation: string
  publishedAt: string
  updatedAt: string
}

export function formatAtom(
  { id, title, selfUrl, homeUrl, updatedAt }: FeedFrame,
  entries: readonly FeedEntry[],
): string {
  const items = entries.map(
    (entry) => `  <entry${entry.lang === null ? '' : ` xml:lang="${escapeXml(entry.lang)}"`}>
    <id>${escapeXml(entry.id)}</id>
    <title>${escapeXml(entry.title)}</title>
    <link rel="alternate" type="text/html" href="${escapeXml(entry.url)}"/>${markupLink(entry)}
    <published>${entry.publishedAt}</published>
    <updated>${entry.updatedAt}</updated>
    <author><name>${escapeXml(entry.organisation)}</name></author>
    <summary>${escapeXml(entry.summary)}</summary>
  </entry>
`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${escapeXml(id)}</id>
  <title>${escapeXml(title)}</title>
  <link rel="self" type="application/atom+xml" href="${escapeXml(selfUrl)}"/>
  <link rel="alternate" type="text/html" href="${escapeXml(homeUrl)}"/>
  <updated>${updatedAt}</updated>
${items.join('')}</feed>
`
}

function markupLink({ markupUrl }: FeedEntry): string {
  if (markupUrl === null) return ''
  return `\n    <link rel="alternate" type="application/ld+json" href="${escapeXml(markupUrl)}"/>`
}

export function formatJsonFeed(
  { title, selfUrl, homeUrl }: FeedFrame,
  entries: readonly FeedEntry[],
): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: homeUrl,
    feed_url: selfUrl,
    items: entries.map((entry) => ({
      id: entry.id,
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

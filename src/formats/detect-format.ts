/** ingest, first look: what a source is, by how it begins; its name and content type only settle what that leaves open. */

export type DetectedFormat = 'html' | 'claimreview' | 'datafeed' | 'feed' | 'sitemap' | 'jsonl'

/** Null when it is nothing that is read here. `beginning` may be cut anywhere; a few kilobytes are enough. */
export function detectFormat(
  beginning: string,
  { name, contentType }: { name: string | null; contentType: string | null },
): DetectedFormat | null {
  const text = beginning.replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('<')) return markupOf(text)
  if (!/^[[{]/.test(text)) return null
  const lines = text.split('\n', 2)
  if (/\.(jsonl|ndjson)(\.gz)?$/i.test(name ?? '') || /ndjson|jsonl|json-seq/i.test(contentType ?? ''))
    return 'jsonl'
  if (isWhole(lines[0]!) && lines[1]?.trimStart().startsWith('{')) return 'jsonl'
  if (/"version"\s*:\s*"https?:\\?\/\\?\/(www\.)?jsonfeed\.org/.test(text)) return 'feed'
  return /"@type"\s*:\s*\[?\s*"(https?:\/\/schema\.org\/)?DataFeed"/.test(text) ||
    /"dataFeedElement"\s*:/.test(text)
    ? 'datafeed'
    : 'claimreview'
}

/** The first element decides; comments, declarations and instructions before it do not. */
function markupOf(text: string): DetectedFormat | null {
  const name = /<([a-z][\w.:-]*)/i
    .exec(text.replaceAll(/<!--[\s\S]{0,10000}?(-->|$)/g, ''))?.[1]
    ?.toLowerCase()
  if (name === undefined) return /^<!doctype\s+html/i.test(text) ? 'html' : null
  const local = name.includes(':') ? name.slice(name.indexOf(':') + 1) : name
  if (local === 'urlset' || local === 'sitemapindex') return 'sitemap'
  if ((local === 'rss' && name === 'rss') || local === 'feed' || name === 'rdf:rdf') return 'feed'
  return /^<\?xml/i.test(text) && local !== 'html' ? null : 'html'
}

function isWhole(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object'
  } catch {
    return false
  }
}

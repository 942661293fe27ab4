/**
 * What makes two records one review, and what makes one review changed. Stored rows hang on these bytes: a change here
 * makes every review of the next reading a new one, so test/database/review-identity.test.ts pins them.
 */
import { hash } from 'node:crypto'
import type { ReviewRecord } from '#domain/claim-review.ts'
import { canonicalUrl } from '#matching/text/links.ts'

/** A host in the form that publishers are known by: lower case, without `www.`. */
export function siteOf(host: string): string {
  return host
    .trim()
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\./, '')
}

/** Site and key of the publisher: its site, else the host of the review's page, else its name. */
export function publisherOf({ publisher, url }: Pick<ReviewRecord, 'publisher' | 'url'>): {
  key: string
  site: string | null
  name: string
} {
  const host = publisher.site ?? (url === null ? null : (URL.parse(url)?.hostname ?? null))
  const site = host === null || host.trim() === '' ? null : siteOf(host)
  const name = publisher.name?.trim() || site || 'Unknown publisher'
  return { key: site ?? `name:${name.toLowerCase()}`, site, name }
}

/** Publisher, page (or the source's own id) and claim: one review, however often and in whatever order it is read. */
export function identityOf(record: ReviewRecord): Buffer {
  const page =
    record.url === null ? ['id', record.sourceId ?? ''] : ['url', canonicalUrl(record.url) ?? record.url]
  return sha256([publisherOf(record).key, ...page, normalisedClaim(record.claim)])
}

/** Changes when anything in the record changes. Empty fields do not count, so that a field added later changes nothing. */
export function contentOf(record: ReviewRecord): Buffer {
  return sha256(withoutEmpty(record))
}

/** Case, width, punctuation and spacing do not make another claim. */
function normalisedClaim(claim: string): string {
  const words = claim
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{S}]+/gu, ' ')
    .trim()
  return words === '' ? claim.trim() : words
}

/** The same, with keys in order and without nulls and empty lists, at every depth. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .filter(([, held]) => held !== null && !(Array.isArray(held) && held.length === 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, held]) => [name, withoutEmpty(held)])
}

function sha256(value: unknown): Buffer {
  return hash('sha256', JSON.stringify(value), 'buffer')
}

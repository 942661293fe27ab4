/** Whether a client has a document already. Source: RFC 9110, sections 8.8.3 and 13.1.2. */
import { createHash } from 'node:crypto'

/** A strong validator of these very bytes. */
export function etagOf(body: string | Uint8Array): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}

/** @param ifNoneMatch the header, as it came */
export function isKnown(etag: string, ifNoneMatch: string | null | undefined): boolean {
  if (!ifNoneMatch) return false
  const known = ifNoneMatch.split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*')
}

/** ingest, from the web: an address → fetched unless unchanged → ingest-source. For feeds, sitemaps and pages alike. */
import { AssayError, isAssayError } from '#domain/errors.ts'
import type { Needs } from '#flows/needs.ts'
import { type Ingested, type IngestOptions, ingestSource } from './ingest-source.ts'

export type AddressNeeds = Pick<Needs, 'db' | 'fetcher' | 'clock' | 'ids'>

/** What a site said of a page's state, to ask later whether it changed. */
export interface Marks {
  etag: string | null
  lastModified: string | null
}

/** `failed`: fetching, or reading what was fetched; what was read before counts. `marks` are the ones to ask with next. */
export type AddressRead =
  | { kind: 'unchanged'; ingested: null; problem: null; marks: Marks }
  | { kind: 'failed'; ingested: Ingested | null; problem: AssayError; marks: Marks }
  | { kind: 'read'; ingested: Ingested; problem: null; marks: Marks }

export interface FetchLimits {
  bytesMax: number
  deadlineMs: number
}

const accept =
  'application/ld+json, application/feed+json, application/rss+xml, application/atom+xml, application/xml, text/html, */*;q=0.5'

/** Never throws for what a site does wrong. @throws unavailable when the database is away; the signal's reason */
export async function readAddress(
  needs: AddressNeeds,
  { url, etag, lastModified }: { url: string } & Marks,
  limits: FetchLimits,
  options: IngestOptions,
): Promise<AddressRead> {
  const marks = { etag, lastModified }
  const signal = options.signal ? { signal: options.signal } : {}
  const opened = await needs.fetcher
    .openPage(url, { ...limits, ...marks, ...signal, accept })
    .catch(expectedProblem)
  if (opened instanceof AssayError) return { kind: 'failed', ingested: null, problem: opened, marks }
  if (opened.kind === 'unchanged') return { kind: 'unchanged', ingested: null, problem: null, marks }
  const { finalUrl, contentType, body } = opened
  const source = { name: url, url: finalUrl, contentType, bytes: body }
  const ingested = await ingestSource(needs, source, options)
  const { problem } = ingested
  if (problem) return { kind: 'failed', ingested, problem, marks }
  return {
    kind: 'read',
    ingested,
    problem: null,
    marks: { etag: opened.etag, lastModified: opened.lastModified },
  }
}

function expectedProblem(error: unknown): AssayError {
  if (isAssayError(error)) return error
  throw error
}

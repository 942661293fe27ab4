/** fetch, the answer: a response becomes a page, a redirect, "unchanged", or the error that says what a person can do. */
import type { Dispatcher } from 'undici'
import { AssayError, isAssayError } from '#domain/errors.ts'
import { codingsOf, decoded, limited } from './decode.ts'

export type Response = Dispatcher.ResponseData

export interface PageFacts {
  kind: 'ok'
  /** After redirects. */
  finalUrl: string
  contentType: string | null
  etag: string | null
  lastModified: string | null
}

export interface OpenedPage extends PageFacts {
  /** Plain bytes, to be read once. @throws too_large, invalid, unavailable */
  body: AsyncIterable<Uint8Array>
}

export type Unchanged = { kind: 'unchanged' }

/** Where a response sends us on to, as an absolute address that nobody has checked; null when it does not. */
export function redirectOf(response: Response, url: URL): string | null {
  const location = headerOf(response, 'location')
  if (![301, 302, 303, 307, 308].includes(response.statusCode) || location === null) return null
  return URL.parse(location, url.href)?.href ?? location
}

/** @throws forbidden, not_found, unavailable by the status; invalid for a compression that was not asked for */
export function pageOf(
  response: Response,
  url: URL,
  bytesMax: number,
  wasConditional: boolean,
): OpenedPage | Unchanged {
  try {
    if (response.statusCode === 200 || response.statusCode === 203) return openedOf(response, url, bytesMax)
    if (response.statusCode !== 304 || !wasConditional) throw errorOfStatus(response, url)
    response.body.destroy()
    return { kind: 'unchanged' }
  } catch (error) {
    response.body.destroy()
    throw error
  }
}

function openedOf(response: Response, url: URL, bytesMax: number): OpenedPage {
  return {
    kind: 'ok',
    finalUrl: url.href,
    contentType: contentTypeOf(response),
    etag: headerOf(response, 'etag'),
    lastModified: headerOf(response, 'last-modified'),
    body: limited(bodyOf(response, url), bytesMax),
  }
}

/** The plain bytes of a response, without a limit. @throws invalid */
export function bodyOf(response: Response, url: URL): AsyncIterable<Uint8Array> {
  const [coding] = codingsOf(headerOf(response, 'content-encoding') ?? '')
  const bytes = received(response, url)
  return coding ? decoded(bytes, coding) : bytes
}

async function* received(response: Response, url: URL): AsyncGenerator<Uint8Array> {
  try {
    yield* response.body
  } catch (error) {
    throw errorOfConnection(error, url)
  }
}

/** As sent, in lower case, with parameters. */
export function contentTypeOf(response: Response): string | null {
  return headerOf(response, 'content-type')?.toLowerCase() ?? null
}

function headerOf(response: Response, name: string): string | null {
  const value = response.headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

function errorOfStatus(response: Response, url: URL): AssayError {
  const status = response.statusCode
  const cause = { status, retryAfterSeconds: Number(headerOf(response, 'retry-after') ?? Number.NaN) }
  if (status === 404 || status === 410) {
    return new AssayError('not_found', `${url.host} has no such page (${status}); check the address.`, {
      cause,
    })
  }
  if (status === 401 || status === 402 || status === 403 || status === 451) {
    return new AssayError('forbidden', `${url.host} does not hand this page to programs (${status}).`, {
      cause,
    })
  }
  return new AssayError(
    'unavailable',
    `${url.host} answered ${status} instead of the page; try again later.`,
    { cause },
  )
}

/** How long a failing site asked to be left alone (Retry-After in seconds); null when it did not say. */
export function retryAfterMsOf(error: unknown): number | null {
  const cause: unknown = error instanceof Error ? error.cause : null
  if (typeof cause !== 'object' || cause === null || !('retryAfterSeconds' in cause)) return null
  const seconds = Number(cause.retryAfterSeconds)
  return seconds >= 0 && seconds < Number.POSITIVE_INFINITY ? seconds * 1_000 : null
}

/** What went wrong below HTTP, said once; what is said already is passed on. */
export function errorOfConnection(error: unknown, url: URL): unknown {
  const isOurs = isAssayError(error) || (error instanceof Error && error.name === 'AbortError')
  if (isOurs) return error
  return new AssayError('unavailable', `The connection to ${url.host} broke off; try again later.`, {
    cause: error,
  })
}

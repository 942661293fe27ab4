/**
 * The one guarded way out: every address that Assay fetches goes through here.
 * turn of the host → robots.txt → checked connection → response → redirects, each checked again → decoded, limited bytes.
 * No cookie, no referrer, no proxy of the environment.
 */
import { AssayError } from '#domain/errors.ts'
import { type FetchClock, machineClock, unlessAborted } from './clock.ts'
import { collected, limited } from './decode.ts'
import {
  agentName,
  createExchange,
  type Exchange,
  type ExchangeParts,
  type ExchangeSettings,
} from './exchange.ts'
import { bodyOf, contentTypeOf, type OpenedPage, type PageFacts, pageOf, type Unchanged } from './response.ts'
import { createRobotsMemory } from './robots.ts'
import { createTurns } from './turns.ts'
import { type Manners, startVisit } from './visit.ts'

interface Limits {
  /** Of the body after decoding. */
  bytesMax: number
  /** For everything from the host's turn to the last byte: robots.txt, redirects, a slow body. */
  deadlineMs: number
  signal?: AbortSignal
}

export interface PageRequest extends Limits {
  /** Media types wanted, as in an Accept header. */
  accept?: string
  /** What an earlier answer carried: an unchanged page is not sent again. */
  etag?: string | null
  lastModified?: string | null
}

export interface FetchedPage extends PageFacts {
  bytes: Uint8Array
}

export interface PostRequest extends Limits {
  body: string | Uint8Array
  contentType: string
  headers?: Record<string, string>
}

export interface PostAnswer {
  status: number
  contentType: string | null
  bytes: Uint8Array
}

export interface Fetcher {
  /**
   * A page, whole.
   *
   * @throws forbidden (an address that is not fetched, robots.txt, the site refuses), not_found (the site has none),
   * unavailable (unreachable, failing or too slow), invalid (not decodable), too_large; the signal's reason
   */
  fetchPage(url: string, request: PageRequest): Promise<FetchedPage | Unchanged>
  /** The same with the body as a stream, for what is too large to hold. The host's turn lasts until it ends. */
  openPage(url: string, request: PageRequest): Promise<OpenedPage | Unchanged>
  /**
   * Sends a body to one address: checked as every other, no redirect followed, any status handed back.
   *
   * @throws forbidden (an address that is not fetched), unavailable, invalid, too_large; the signal's reason
   */
  post(url: string, request: PostRequest): Promise<PostAnswer>
  /** Ends every connection. */
  close(): Promise<void>
}

/** What can be handed in instead of the usual. */
export interface FetcherParts extends ExchangeParts {
  /** Between two requests to one host. */
  gapMs: number
}

/** One request a second to a host is what crawlers of good manners keep to. */
const politeGapMs = 1_000

export function createFetcher(settings: ExchangeSettings, parts: Partial<FetcherParts> = {}): Fetcher {
  const { clock = machineClock, gapMs = politeGapMs } = parts
  const exchange = createExchange(settings, parts)
  const turns = createTurns(clock, gapMs)
  const robots = createRobotsMemory(clock, agentName)
  const open = (url: string, request: PageRequest) =>
    openPage({ exchange, turns, robots }, clock, url, request)
  return {
    openPage: open,
    async fetchPage(url, request) {
      const opened = await open(url, request)
      if (opened.kind === 'unchanged') return opened
      const { body, ...facts } = opened
      return { ...facts, bytes: await collected(body) }
    },
    post: (url, request) => post(exchange, clock, url, request),
    close: () => exchange.close(),
  }
}

async function openPage(
  manners: Manners,
  clock: FetchClock,
  address: string,
  request: PageRequest,
): Promise<OpenedPage | Unchanged> {
  const start = manners.exchange.check(address)
  const visit = await startVisit(manners, start, request.signal)
  const deadline = startDeadline(clock, request, visit.host)
  const end = () => {
    deadline.callOff()
    visit.end()
  }
  const { signal } = deadline
  try {
    const ask = { method: 'GET' as const, headers: headersOf(request), signal }
    const arrive = (url: URL) => visit.arrive(url, signal)
    const { response, url } = await unlessAborted(manners.exchange.follow(start, ask, arrive), signal)
    const page = pageOf(response, url, request.bytesMax, Boolean(request.etag || request.lastModified))
    if (page.kind === 'unchanged') {
      end()
      return page
    }
    signal.addEventListener('abort', end, { once: true })
    return { ...page, body: endedWith(page.body, end, signal) }
  } catch (error) {
    end()
    throw error
  }
}

async function post(
  exchange: Exchange,
  clock: FetchClock,
  address: string,
  request: PostRequest,
): Promise<PostAnswer> {
  const url = exchange.check(address)
  const { signal, callOff } = startDeadline(clock, request, () => url.host)
  try {
    const headers = { ...request.headers, 'content-type': request.contentType }
    const response = await exchange.ask(url, { method: 'POST', headers, body: request.body, signal })
    const bytes = await collected(limited(bodyOf(response, url), request.bytesMax))
    return { status: response.statusCode, contentType: contentTypeOf(response), bytes }
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  } finally {
    callOff()
  }
}

function headersOf({ accept, etag, lastModified }: PageRequest): Record<string, string> {
  return {
    accept: accept ?? '*/*',
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
  }
}

/** Aborts at the deadline, in words, or when the caller's own signal does. */
function startDeadline(clock: FetchClock, { deadlineMs, signal }: Limits, hostNow: () => string) {
  const deadline = new AbortController()
  const callOff = clock.after(deadlineMs, () => {
    const seconds = Math.ceil(deadlineMs / 1_000)
    deadline.abort(
      new AssayError('unavailable', `${hostNow()} took longer than ${seconds} s; try again later.`),
    )
  })
  return { signal: signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal, callOff }
}

/** The body, with `end` called when it ends, fails or is left, or when the signal gives up waiting for a reader. */
async function* endedWith(
  body: AsyncIterable<Uint8Array>,
  end: () => void,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  } finally {
    signal.removeEventListener('abort', end)
    end()
  }
}

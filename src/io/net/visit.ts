/** fetch, good manners: one page's way from host to host, each in its turn and as its robots.txt allows. */
import { AssayError } from '#domain/errors.ts'
import type { Exchange } from './exchange.ts'
import { bodyOf } from './response.ts'
import { beginningOf, type RobotsMemory } from './robots.ts'
import { hostOf } from './target.ts'
import type { Turn, Turns } from './turns.ts'

/** Holds the turn of one host at a time, so that two pages that redirect to each other's hosts cannot lock each other. */
export interface Visit {
  host(): string
  /** @throws forbidden by robots.txt, unavailable; the signal's reason */
  arrive(url: URL, signal: AbortSignal): Promise<void>
  /** Ending it again does nothing. */
  end(): void
}

export interface Manners {
  exchange: Exchange
  turns: Turns
  robots: RobotsMemory
}

/** Waits for the first host's turn. */
export async function startVisit(manners: Manners, start: URL, signal?: AbortSignal): Promise<Visit> {
  const { exchange, turns, robots } = manners
  let host = hostOf(start.hostname)
  let turn: Turn = await turns.take(host, signal)
  let gapMs = 0

  async function move(to: string, signal: AbortSignal) {
    turn.end(gapMs)
    turn = await turns.take(to, signal)
    host = to
    gapMs = 0
  }

  return {
    host: () => host,
    async arrive(url, signal) {
      const to = hostOf(url.hostname)
      if (to !== host) await move(to, signal)
      const rules = await robots.rulesFor(url, (place) => askRobots(exchange, place, signal))
      gapMs = rules.gapMs
      if (rules.allows(url)) return
      throw new AssayError('forbidden', `The robots.txt of ${url.host} asks programs not to fetch this page.`)
    },
    end: () => turn.end(gapMs),
  }
}

/** In the turn of the page that needs it; where it redirects to is checked as everywhere. */
async function askRobots(exchange: Exchange, place: URL, signal: AbortSignal) {
  const ask = { method: 'GET' as const, headers: { accept: 'text/plain, */*;q=0.5' }, signal }
  const { response, url } = await exchange.follow(place, ask, async () => {})
  try {
    if (response.statusCode === 200) return { status: 200, text: await beginningOf(bodyOf(response, url)) }
    // Read to its end, if that is near: the connection then serves the page itself.
    await response.body.dump({ limit: unreadBytesMax, signal })
    return { status: response.statusCode, text: '' }
  } finally {
    response.body.destroy()
  }
}

const unreadBytesMax = 16 * 1024

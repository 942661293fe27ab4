/** What a site asks of programs (robots.txt), remembered for a while. Source: RFC 9309. */
import robots, { type Robot } from 'robots-parser'
import { AssayError } from '#domain/errors.ts'
import type { FetchClock } from './clock.ts'

export interface RobotsRules {
  /** Whether a program of our name may fetch the address. */
  allows(url: URL): boolean
  /** The gap that the site asks for between requests; 0 when it asks for none. */
  gapMs: number
}

/** Asks for a robots.txt: its status and the beginning of its text; rejects when the site cannot be reached. */
export type AskRobots = (url: URL) => Promise<{ status: number; text: string }>

export interface RobotsMemory {
  /** @throws unavailable when the site's robots.txt says by its failing that everyone should wait; what `ask` throws */
  rulesFor(url: URL, ask: AskRobots): Promise<RobotsRules>
}

/** The RFC asks for at least 500 KiB; what stands behind it is not read. */
const robotsBytesMax = 500 * 1024
const rememberedMax = 1_000
const rememberedMs = 60 * 60 * 1_000
/** A failing robots.txt is asked again sooner. */
const failureRememberedMs = 5 * 60 * 1_000
/** Sites that ask for more are asked at this gap. */
const gapMaxMs = 30_000

/** The package's types speak of a default export that its CommonJS module does not have. */
const robotsParser = robots as unknown as (url: string, robotstxt: string) => Robot

type Remembered = { until: number; rules: RobotsRules | null }

export function createRobotsMemory(clock: FetchClock, agentName: string): RobotsMemory {
  const remembered = new Map<string, Remembered>()

  async function learn(url: URL, ask: AskRobots): Promise<Remembered> {
    const place = new URL('/robots.txt', url)
    const { status, text } = await ask(place)
    const rules = rulesOf(place, status, text, agentName)
    return { rules, until: clock.now() + (rules ? rememberedMs : failureRememberedMs) }
  }

  return {
    async rulesFor(url, ask) {
      let known = remembered.get(url.origin)
      if (!known || known.until <= clock.now()) {
        known = await learn(url, ask)
        remembered.delete(url.origin)
        const [oldest] = remembered.keys()
        if (remembered.size >= rememberedMax && oldest !== undefined) remembered.delete(oldest)
        remembered.set(url.origin, known)
      }
      if (known.rules) return known.rules
      throw new AssayError('unavailable', `${url.host} cannot hand out its robots.txt now; try again later.`)
    },
  }
}

/** Null: wait. Refusing or not having the file allows everything; a site in trouble, or too busy, is left alone. */
function rulesOf(place: URL, status: number, text: string, agentName: string): RobotsRules | null {
  if (status >= 500 || status === 429) return null
  if (status < 200 || status >= 300) return { allows: () => true, gapMs: 0 }
  const rules = robotsParser(place.href, text)
  const gapSeconds = rules.getCrawlDelay(agentName) ?? 0
  return {
    allows: (url) => rules.isAllowed(url.href, agentName) !== false,
    gapMs: Number.isFinite(gapSeconds) ? Math.min(Math.max(gapSeconds, 0) * 1_000, gapMaxMs) : 0,
  }
}

/** As much of a robots.txt as is read. */
export async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk.subarray(0, robotsBytesMax - size))
    size += chunk.length
    if (size >= robotsBytesMax) break
  }
  return Buffer.concat(chunks).toString('utf8')
}

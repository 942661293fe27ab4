/** A site of this machine for tests of fetching, and a clock that nobody waits for. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FetchClock } from '#io/net/clock.ts'
import { createFetcher, type FetcherParts } from '#io/net/fetcher.ts'

export interface Site {
  /** Without a closing slash. */
  url: string
  port: number
  /** What was asked for, in order: path and headers. */
  asked: IncomingMessage[]
  close(): Promise<void>
}

/** Answers by path; `/robots.txt` is missing unless it is among the pages. */
export async function openSite(
  pages: Record<string, (response: ServerResponse, request: IncomingMessage) => void>,
): Promise<Site> {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    const page = pages[request.url ?? '/']
    if (page) page(response, request)
    else response.writeHead(404).end('nothing here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Jumps to the end of every wait as soon as it starts; a deadline, of a minute or more, thus never comes. */
export function jumpingClock(): FetchClock & { waits: number[] } {
  let now = 0
  const waits: number[] = []
  return {
    waits,
    now: () => now,
    after(delayMs, run) {
      if (delayMs >= 60_000) return () => {}
      waits.push(delayMs)
      const at = now + delayMs
      const timer = setImmediate(() => {
        now = Math.max(now, at)
        run()
      })
      return () => clearImmediate(timer)
    },
  }
}

/** Time stands still until it is moved. */
export function handClock(): FetchClock & { move(ms: number): void } {
  let now = 0
  let timers: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    after(delayMs, run) {
      const timer = { at: now + delayMs, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    move(ms) {
      now += ms
      const due = timers.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
      timers = timers.filter(({ at }) => at > now)
      for (const { run } of due) run()
    },
  }
}

/** A fetcher that may ask this machine's sites, without gaps. */
export function localFetcher(parts: Partial<FetcherParts> = {}, allowedPrivateHosts = ['127.0.0.1']) {
  return createFetcher({ publicUrl: 'https://assay.example', allowedPrivateHosts }, { gapMs: 0, ...parts })
}

/** One HTTP server out of its parts: API by path, pages for the rest, both on the same needs; and the worker beside it. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { createApi, isApiPath } from '#api/app.ts'
import type { Config } from '#config.ts'
import { keepIndexCurrent } from '#flows/keep-index-current/keep-index-current.ts'
import type { DatabaseNeeds, Needs } from '#flows/needs.ts'
import { type Journal, openJournal } from '#io/journal.ts'
import { startWorker } from '#worker/start-worker.ts'
import { type NeedsParts, openNeeds } from '../open-needs.ts'
import { setSecurityHeaders } from './headers.ts'
import { listen } from './listen.ts'
import type { PagesHandler } from './pages.ts'

export interface Site {
  /** Where to open it: the settings' public address, or the true port when that was left to the system. */
  url: string
  needs: Needs
  /** Resolves when the index holds every review for the first time. */
  caughtUp: Promise<void>
  /** Serves whom it has, then closes the database. */
  close(): Promise<void>
}

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown

/**
 * Requests in the works at once; beyond it, waiting would only make everybody's answer late. Tips and receipts have places
 * of their own, more of them because most only wait: a flood of either takes none from who reads and asks.
 */
const requestsMax = { reading: 256, tips: 1_024 } as const

function laneOf(path: string): keyof typeof requestsMax {
  return /^\/(api\/v1\/tips|tips|told)(\/|$)/.test(path) ? 'tips' : 'reading'
}

export interface SiteParts extends NeedsParts {
  pages: PagesHandler
  /** Read the feeds in this process too. */
  withWorker?: boolean
  /** What must be done before the index is read. */
  prepare?: (needs: DatabaseNeeds) => Promise<void>
}

/** What is sent while the site starts waits this long for it, in milliseconds: whoever wrote it has nothing to send again. */
const startWaitMs = 20_000

/** Listens first, so that a taken port is told at once, and answers 503 to who reads until the rest is there. */
export async function openSite(
  settings: Config,
  { pages, withWorker = false, prepare, journal = openJournal(settings.journalLevel), ...parts }: SiteParts,
): Promise<Site> {
  let answer: Answer | null = null
  const started = Promise.withResolvers<void>()
  const open = { reading: 0, tips: 0 }
  const listening = await listen(settings, (request, response) => {
    const path = pathOf(request)
    const lane = laneOf(path)
    open[lane]++
    response.once('close', () => open[lane]--)
    setSecurityHeaders(response, settings, { shared: isApiPath(path), desk: /^\/desk(\/|$)/.test(path) })
    if (open[lane] > requestsMax[lane]) busy(request, response)
    else if (answer) void attempt(answer, request, response, journal)
    else if (isReading(request)) starting(request, response)
    else {
      void Promise.race([started.promise, wait(startWaitMs, undefined, { ref: false })]).then(() =>
        attempt(answer ?? starting, request, response, journal),
      )
    }
  })
  const config = withPort(settings, listening.port)
  const closing: (() => Promise<void>)[] = [listening.close]
  const close = async () => {
    for (const step of closing.splice(0)) await step()
  }
  try {
    const opened = await openNeeds(config, { journal, ...parts })
    closing.push(opened.close)
    await prepare?.(opened.needs)
    const live = await keepIndexCurrent(opened.needs, opened.database.listen)
    closing.splice(1, 0, live.stop)
    const needs: Needs = { ...opened.needs, engine: live.engine, index: live.state }
    if (withWorker) closing.splice(1, 0, (await startWorker(needs, opened.database)).stop)
    answer = answerWith(needs, pages)
    started.resolve()
    return { url: config.publicUrl, needs, caughtUp: live.caughtUp, close }
  } catch (error) {
    started.resolve()
    await close()
    throw error
  }
}

function answerWith(needs: Needs, pages: PagesHandler): Answer {
  const { app, document } = createApi(needs)
  const api = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  const assay = { needs, openapi: document }
  return (request, response) =>
    isApiPath(pathOf(request))
      ? api(request, response)
      : pages(Object.assign(request, { assay }), response, () => starting(request, response))
}

/** What a part of the site throws is our mistake: this request fails, the others go on. */
async function attempt(
  answer: Answer,
  request: IncomingMessage,
  response: ServerResponse,
  journal: Journal,
): Promise<void> {
  try {
    await answer(request, response)
  } catch (error) {
    journal.error('request failed', { cause: error })
    if (response.headersSent) response.destroy()
    else refuse(response, 500, 'Something broke on our side and has been noted. Try again in a moment.')
  }
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0]!
}

/** With PORT=0 the system chooses, and only then the address is known. */
function withPort(config: Config, port: number): Config {
  if (config.port !== 0) return config
  return { ...config, port, publicUrl: config.publicUrl.replace(/:0$/, `:${port}`) }
}

function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** A page that came back by itself would do so without what was written: loaded by hand, the browser sends it again. */
const sendAgain = 'Load this page again in a few seconds, and what you wrote is sent once more.'

function starting(request: IncomingMessage, response: ServerResponse): void {
  const next = isReading(request) ? 'This page comes back by itself.' : sendAgain
  comeAgain(request, response, { sentence: `Assay is starting. ${next}`, seconds: 2 })
}

function busy(request: IncomingMessage, response: ServerResponse): void {
  const next = isReading(request) ? 'Try again in a few seconds.' : sendAgain
  comeAgain(request, response, { sentence: `Too many people ask at this moment. ${next}`, seconds: 3 })
}

function comeAgain(
  request: IncomingMessage,
  response: ServerResponse,
  { sentence, seconds }: { sentence: string; seconds: number },
): void {
  const byItself = isReading(request) ? { Refresh: seconds } : {}
  refuse(response, 503, sentence, { 'Retry-After': seconds, ...byItself })
}

function refuse(
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    Connection: 'close',
    ...headers,
  })
  response.end(`${sentence}\n`)
}

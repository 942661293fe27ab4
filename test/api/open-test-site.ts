/** A real server on a port of its own, on a database of its own, with reviews in it; closed after the test file. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, vi } from 'vitest'
import { openSite, type Site } from '#cli/site/open-site.ts'
import { readConfig } from '#config.ts'
import type { ReviewRecord } from '#domain/claim-review.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import { openJournal } from '#io/journal.ts'
import { freshDatabase } from '../fresh-database.ts'

export interface TestSite {
  /** Once the test file's own set-up is over. */
  readonly url: string
  readonly site: Site
  readonly dataFolder: string
  /** Every line that the journal got, at its most talkative. */
  readonly journal: string[]
  fetch(path: string, init?: RequestInit): Promise<Response>
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>
  json<T>(path: string, init?: RequestInit): Promise<T>
  /** Writes as another process would, and waits until the server finds it. */
  add(records: ReviewRecord[]): Promise<void>
}

/** Call at the top of a test file. `settings`: beyond the usual ones. */
export function openTestSite(records: ReviewRecord[] = [], settings: Record<string, string> = {}): TestSite {
  const journal: string[] = []
  let site: Site | undefined
  let dataFolder = ''
  const open = () => {
    if (!site) throw new Error('The site is opened in beforeAll.')
    return site
  }
  const opening = freshDatabase()
  opening.catch(() => {})

  beforeAll(async () => {
    const database = await opening
    dataFolder = await mkdtemp(join(tmpdir(), 'assay-api-'))
    const config = readConfig({ ...settings, ASSAY_DATA: dataFolder, PORT: '0' })
    site = await openSite(config, {
      database,
      journal: openJournal('debug', (line) => journal.push(line)),
      pages: (_request, response) => response.end('a page'),
    })
    await site.caughtUp
    await self.add(records)
  })
  afterAll(async () => {
    await site?.close()
    await rm(dataFolder, { recursive: true, force: true })
  })

  const self: TestSite = {
    get url() {
      return open().url
    },
    get site() {
      return open()
    },
    get dataFolder() {
      return dataFolder
    },
    journal,
    fetch: (path, init) => fetch(`${open().url}${path}`, init),
    post: (path, body, init = {}) =>
      self.fetch(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...init,
        headers: { 'Content-Type': 'application/json', ...init.headers },
      }),
    json: async (path, init) => JSON.parse(await (await self.fetch(path, init)).text()),
    add: async (added) => {
      const { db, ids, engine, clock } = open().needs
      const size = engine.size
      const done = await db
        .transaction()
        .execute((tx) => upsertClaimReviews(tx, added, { now: clock.now(), ids }))
      await vi.waitFor(() => {
        if (engine.size < size + done.added) throw new Error('not found yet')
      }, 20_000)
    },
  }
  return self
}

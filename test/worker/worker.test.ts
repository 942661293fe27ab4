/** The worker on a real queue; the readings themselves are stood in for, the flow has its own tests. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { openNeeds } from '#cli/open-needs.ts'
import { readConfig } from '#config.ts'
import { AssayError } from '#domain/errors.ts'
import type { FeedId } from '#domain/ids.ts'
import { findFeed, recordFeedRead, upsertFeed } from '#io/database/feeds.ts'
import { openJournal } from '#io/journal.ts'
import { startWorker, type WorkerOptions } from '#worker/start-worker.ts'
import { written } from '../database/review-record.ts'
import { freshDatabase } from '../fresh-database.ts'

const database = await freshDatabase()
const { db } = database
const lines: string[] = []
const dataFolder = mkdtempSync(join(tmpdir(), 'assay-worker-'))
const journal = openJournal('info', (line) => void lines.push(line))
const { needs } = await openNeeds(readConfig({ ASSAY_DATA: dataFolder }), { database, journal })

afterAll(async () => {
  await needs.fetcher.close()
  rmSync(dataFolder, { recursive: true })
})

test('a feed is read as soon as it is registered', async () => {
  const read: FeedId[] = []
  await working({ readFeed: async (_needs, id) => read.push(id) }, async () => {
    const id = await register('https://prompt.example/feed')
    await vi.waitFor(() => expect(read).toContain(id), { timeout: 20_000 })
  })
})

test('feeds that hang do not keep the others from being read', async () => {
  const ill = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => register(`https://ill.example/${n}`)))
  const well = await Promise.all([1, 2, 3].map((n) => register(`https://well.example/${n}`)))
  const readFeed: WorkerOptions['readFeed'] = (_needs, id) =>
    ill.includes(id) ? new Promise(() => {}) : recordGood(id)
  await working({ readFeed, deadlineMs: 300 }, async () => {
    await vi.waitFor(async () => expect(await lastGood(well)).not.toContain(null), { timeout: 30_000 })
    await vi.waitFor(async () => expect(await statesOf(ill)).toEqual(ill.map(() => 'failing')), {
      timeout: 30_000,
    })
  })
  expect((await findFeed(db, ill[0]!))?.lastError).toMatch(/took longer/)
})

test('a reading that breaks is kept as a failure of that feed, with its cause in the journal', async () => {
  const id = await register('https://broken.example/feed')
  const readFeed = async (_needs: unknown, feed: FeedId) => {
    if (feed === id) throw new Error('a slip of ours')
  }
  await working({ readFeed }, async () => {
    await vi.waitFor(async () => expect(await statesOf([id])).toEqual(['failing']), { timeout: 20_000 })
  })
  expect((await findFeed(db, id))?.failures).toBe(1)
  expect(lines.join('')).toContain('a slip of ours')
})

test('a reading that meets a database that is away is no failure of the feed', async () => {
  const id = await register('https://later.example/feed')
  let tries = 0
  const readFeed = async (_needs: unknown, feed: FeedId) => {
    if (feed !== id) return
    tries++
    throw new AssayError('unavailable', 'The database is not reachable.')
  }
  await working({ readFeed }, async () => {
    await vi.waitFor(() => expect(tries).toBe(1), { timeout: 20_000 })
  })
  expect(await findFeed(db, id)).toMatchObject({ state: 'ready', failures: 0 })
})

test('the worker goes on when its connections to the database were cut', async () => {
  const read: FeedId[] = []
  await working({ readFeed: async (_needs, id) => read.push(id) }, async () => {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(db)
    await vi.waitFor(
      async () => {
        const id = await register('https://again.example/feed')
        await vi.waitFor(() => expect(read).toContain(id), { timeout: 5_000 })
      },
      { timeout: 50_000 },
    )
  })
})

test('the worker goes on when its very first look into the queue was cut off', async () => {
  let cuts = 0
  /** A connection of the pool, whose first look into the queue is cut off. */
  const connect = (...wanted: unknown[]) =>
    wanted.length > 0 ? Reflect.apply(database.pool.connect, database.pool, wanted) : connectCut()
  const connectCut = async () => {
    const client = await database.pool.connect()
    const query = (...args: Parameters<typeof client.query>) => {
      const look = /^.{2}text.{3}insert into \S+_private_tasks/.test(JSON.stringify(args[0]))
      if (cuts > 0 || !look) return client.query(...args)
      cuts++
      return Promise.reject(Object.assign(new Error('terminating connection'), { code: '57P01' }))
    }
    return new Proxy(client, {
      get(target, name) {
        if (name === 'query') return query
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }
  const read: FeedId[] = []
  const query = database.pool.query.bind(database.pool)
  const pool = Object.create(database.pool, { connect: { value: connect }, query: { value: query } })
  await working(
    { readFeed: async (_needs, id) => read.push(id) },
    async () => {
      const id = await register('https://first.example/feed')
      await vi.waitFor(() => expect(read).toContain(id), { timeout: 40_000 })
    },
    pool,
  )
  expect(cuts).toBe(1)
})

async function working(
  options: WorkerOptions,
  work: () => Promise<void>,
  pool = database.pool,
): Promise<void> {
  const worker = await startWorker(needs, { pool, listen: database.listen }, options)
  try {
    await work()
  } finally {
    await worker.stop()
  }
}

async function register(url: string): Promise<FeedId> {
  const { id } = await db.transaction().execute((tx) => upsertFeed(tx, { url, format: 'auto' }, written()))
  return id
}

function recordGood(id: FeedId): Promise<void> {
  const read = { now: new Date(), etag: null, lastModified: null }
  return db.transaction().execute((tx) => recordFeedRead(tx, id, read))
}

async function lastGood(feeds: FeedId[]) {
  return Promise.all(feeds.map(async (id) => (await findFeed(db, id))?.lastGoodAt))
}

async function statesOf(feeds: FeedId[]) {
  return Promise.all(feeds.map(async (id) => (await findFeed(db, id))?.state))
}

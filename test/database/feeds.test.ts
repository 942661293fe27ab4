/** Feeds and refusals in their tables. */
import { expect, test } from 'vitest'
import { feedLimits } from '#domain/feed.ts'
import {
  findFeed,
  getFeed,
  leaseDueFeeds,
  listFeeds,
  recordFeedFailure,
  recordFeedRead,
  upsertFeed,
} from '#io/database/feeds.ts'
import { upsertPublishers } from '#io/database/publishers.ts'
import { countRefusals, listRefusals, replaceRefusals } from '#io/database/refusals.ts'
import { freshDatabase } from '../fresh-database.ts'
import { written } from './review-record.ts'

const { db } = await freshDatabase()
const noon = new Date('2024-05-01T12:00:00Z')
const minutes = (count: number) => new Date(noon.getTime() + count * 60_000)

function register(url: string, now = noon) {
  return db.transaction().execute((tx) => upsertFeed(tx, { url, format: 'auto' }, written(now)))
}

function lease(now: Date, limit = 10) {
  const leased = db.transaction().execute((tx) => leaseDueFeeds(tx, { now, leaseMs: 60_000, limit }))
  return leased.then((feeds) => feeds.map((feed) => feed.id))
}

test('a due feed is given to one caller only, until its lease ends', async () => {
  const { id } = await register('https://lease.example/feed')
  const taken = await Promise.all([lease(minutes(0)), lease(minutes(0)), lease(minutes(0))])
  expect(taken.flat()).toEqual([id])
  expect(await lease(minutes(0.9))).toEqual([])
  expect(await lease(minutes(1))).toEqual([id])
})

test('a failing feed waits ever longer, up to a day, and is given up in the end', async () => {
  const { id } = await register('https://failing.example/feed')
  const waits: number[] = []
  for (let failures = 1; failures <= feedLimits.failuresMax; failures++) {
    const feed = await db
      .transaction()
      .execute((tx) => recordFeedFailure(tx, id, { now: noon, message: 'It answers 500.' }))
    waits.push((Date.parse(feed!.nextReadAt) - noon.getTime()) / 60_000)
    expect(feed?.state).toBe(failures < feedLimits.failuresMax ? 'failing' : 'paused')
  }
  expect(waits.slice(0, 4)).toEqual([5, 10, 20, 40])
  expect(waits.at(-1)).toBe(24 * 60)
  expect(await lease(minutes(100_000), 100)).not.toContain(id)
  expect(await getFeed(db, id)).toMatchObject({ lastError: 'It answers 500.', lastGoodAt: null })
})

test('a feed that asks for more patience gets it, and one that asks for a year gets a day', async () => {
  const { id } = await register('https://patience.example/feed')
  const wait = async (retryAfterMs: number) => {
    const failure = { now: noon, message: 'It answers 429.', retryAfterMs }
    const feed = await db.transaction().execute((tx) => recordFeedFailure(tx, id, failure))
    return Date.parse(feed!.nextReadAt) - noon.getTime()
  }
  expect(await wait(3_600_000)).toBe(3_600_000)
  expect(await wait(365 * 24 * 3_600_000)).toBe(feedLimits.retryMaxMs)
})

test('a good reading ends the failures, and registering again ends a pause', async () => {
  const { id } = await register('https://better.example/feed')
  await db.transaction().execute((tx) => recordFeedFailure(tx, id, { now: noon, message: 'It answers 500.' }))
  const read = { now: minutes(5), etag: '"a"', lastModified: null }
  await db.transaction().execute((tx) => recordFeedRead(tx, id, read))
  expect(await findFeed(db, id)).toMatchObject({ state: 'ready', failures: 0, lastError: null, etag: '"a"' })
  await db.updateTable('feeds').set({ state: 'paused', failures: 60 }).where('id', '=', id).execute()
  expect(await register('https://better.example/feed', minutes(6))).toMatchObject({
    id,
    state: 'ready',
    failures: 0,
  })
  expect((await listFeeds(db)).filter((feed) => feed.id === id)).toHaveLength(1)
})

test('a failure of a feed that was removed meanwhile is nothing', async () => {
  const { id } = await register('https://gone.example/feed')
  await db.deleteFrom('feeds').where('id', '=', id).execute()
  const failed = db.transaction().execute((tx) => recordFeedFailure(tx, id, { now: noon, message: 'late' }))
  expect(await failed).toBeNull()
})

test('refusals of a source are what is wrong with it now: new ones come, mended ones go, the rest keep their date', async () => {
  const publishers = await db
    .transaction()
    .execute((tx) => upsertPublishers(tx, [{ key: 'a.example', site: 'a.example', name: 'A' }], written()))
  const publisherId = publishers.get('a.example')!
  const source = 'https://a.example/page'
  const found = (messages: string[]) =>
    messages.map((message) => ({ path: '$.url', message, excerpt: 'x\0'.repeat(1_000) }))
  const say = (messages: string[], now: Date, notes: string[] = []) =>
    db
      .transaction()
      .execute((tx) =>
        replaceRefusals(tx, source, { refusals: found(messages), notes: found(notes) }, { now, publisherId }),
      )
  await say(['one', 'two', 'two'], minutes(0))
  await say(['two', 'three'], minutes(1), ['unclear', 'two'])
  const kept = await listRefusals(db, publisherId, 'refused', 10)
  expect(kept.map(({ message, seenAt }) => [message, seenAt])).toEqual([
    ['three', minutes(1).toISOString()],
    ['two', minutes(0).toISOString()],
  ])
  expect(kept[0]!.excerpt.length).toBeLessThanOrEqual(500)
  const notes = await listRefusals(db, publisherId, 'note', 10)
  expect(notes.map(({ message }) => message)).toEqual(['unclear'])
  await say([], minutes(2), ['two'])
  expect(await countRefusals(db, publisherId, 'refused')).toBe(0)
  expect(await countRefusals(db, publisherId, 'note')).toBe(1)
})

/** Whose rumour is put together with another is told of what answers it once, and of what was on its way to them before. */
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { readConfig } from '#config.ts'
import { type ClaimReviewId, type NoticeId, newId, type RumourId } from '#domain/ids.ts'
import { setPush } from '#flows/read-receipt/push-news.ts'
import { findTipByReceipt, readReceipt } from '#flows/read-receipt/read-receipt.ts'
import { sendNotices } from '#flows/send-notices/send-notices.ts'
import { mergeRumours, unmergeRumour } from '#flows/work-inbox/merge-rumours.ts'
import { splitRumour } from '#flows/work-inbox/split-rumour.ts'
import { listRumoursTold } from '#io/database/publications/publications.ts'
import { getAsked } from '#io/database/tips/asked.ts'
import { createFetcher } from '#io/net/fetcher.ts'
import { openNewsrooms } from '../desk/newsrooms.ts'
import { openBrowser, openPushService } from './push-stand-in.ts'
import { openTipDesk } from './tip-desk.ts'

const desk = await openTipDesk()
const service = await openPushService()
const config = {
  ...readConfig({ ASSAY_URL: 'https://assay.example' }),
  allowedPrivateHosts: ['127.0.0.1'],
}
const needs = { ...desk.needs, config, fetcher: createFetcher(config) }
const { db } = needs
const { ana } = await openNewsrooms(db)
await sql`insert into logs values (1, 'assay.example/log')`.execute(db)
afterAll(() => needs.fetcher.close())
beforeEach(async () => {
  service.clear()
  await sql`truncate tips, rumours, notices cascade`.execute(db)
})

/** A tip whose sender asked to be told, alone in its rumour. */
async function waiting(text: string): Promise<{ words: string; rumour: RumourId; pushes(): number }> {
  const words = await desk.send(text)
  const path = `/wake/${encodeURIComponent(text)}`
  await setPush(needs, words, openBrowser().subscriptionAt(service.url + path))
  const tip = await findTipByReceipt(needs, words)
  return {
    words,
    rumour: tip!.rumourId,
    pushes: () => service.taken.filter((push) => push.path === path).length,
  }
}

async function notice(
  rumour: RumourId,
  kind: 'answered' | 'corrected' | 'withdrawn',
  {
    review = newId<ClaimReviewId>(needs.ids),
    leaf = null,
  }: { review?: ClaimReviewId; leaf?: Buffer | null } = {},
): Promise<ClaimReviewId> {
  needs.clock.at = new Date(needs.clock.at.getTime() + 60_000)
  await sql`insert into notices (id, rumour_id, claim_review_id, kind, leaf_hash, state, created_at)
    values (${newId<NoticeId>(needs.ids)}, ${rumour}, ${review}, ${kind}, ${leaf}, 'pending', ${needs.clock.now()})`.execute(
    db,
  )
  return review
}

/** An entry on its way into the log. */
async function entry(review: ClaimReviewId): Promise<Buffer> {
  const leaf = Buffer.from(needs.ids.randomBytes(32))
  await sql`insert into log_entries (leaf_hash, bytes, kind, claim_review_id, state, pending_at)
    values (${leaf}, ${Buffer.from('{}')}, 'verdict', ${review}, 'pending', ${needs.clock.now()})`.execute(db)
  return leaf
}

let place = 0
async function publish(leaf: Buffer): Promise<void> {
  await sql`update log_entries set state = 'published', log = 1, index = ${place++}, published_at = now()
    where leaf_hash = ${leaf}`.execute(db)
}

const merge = (rumour: RumourId, into: RumourId) => mergeRumours(needs, ana, { rumourId: rumour, into })
const kindsOf = async (words: string) =>
  (await readReceipt(needs, words))!.status.answers.map(({ kind }) => kind)

test('the answer of the rumour that they came into, once each, and again when it is corrected', async () => {
  const one = await waiting('The mill grinds glass')
  const other = await waiting('The paper mill grinds bottles')
  await merge(one.rumour, other.rumour)
  const review = await notice(other.rumour, 'answered')
  await sendNotices(needs)
  await sendNotices(needs)
  expect([one.pushes(), other.pushes()]).toEqual([1, 1])
  expect(await kindsOf(one.words)).toEqual(['answered'])
  const leaf = await entry(review)
  await publish(leaf)
  await notice(other.rumour, 'corrected', { review, leaf })
  await sendNotices(needs)
  expect([one.pushes(), other.pushes()]).toEqual([2, 2])
  expect(await readReceipt(needs, one.words)).toMatchObject({ status: { state: 'corrected' } })
  expect(await listRumoursTold(db, review)).toEqual([other.rumour])
})

test('what was on its way to them before the merge, once it is out, and nobody else', async () => {
  const one = await waiting('The well is dry')
  const other = await waiting('The well of the village has no water')
  const review = newId<ClaimReviewId>(needs.ids)
  const leaf = await entry(review)
  await notice(one.rumour, 'withdrawn', { review, leaf })
  await merge(one.rumour, other.rumour)
  await sendNotices(needs)
  expect([one.pushes(), other.pushes()]).toEqual([0, 0])
  await publish(leaf)
  await sendNotices(needs)
  await sendNotices(needs)
  expect([one.pushes(), other.pushes()]).toEqual([1, 0])
  expect([await kindsOf(one.words), await kindsOf(other.words)]).toEqual([['withdrawn'], []])
})

test('not what the other rumour was told before they came, nor anything twice', async () => {
  const one = await waiting('The tower leans')
  const other = await waiting('The tower of the church leans to the left')
  await notice(one.rumour, 'answered')
  await notice(other.rumour, 'answered')
  await sendNotices(needs)
  await merge(one.rumour, other.rumour)
  await sendNotices(needs)
  expect([one.pushes(), other.pushes()]).toEqual([1, 1])
  await unmergeRumour(needs, ana, { rumourId: one.rumour })
  await sendNotices(needs)
  expect([one.pushes(), other.pushes()]).toEqual([1, 1])
})

test('the answer after merges of merges; the old public addresses lead to where they went', async () => {
  const [one, two, three] = [
    await waiting('The ferry sinks'),
    await waiting('The ferry went down'),
    await waiting('The ferry is under water'),
  ] as const
  for (const { rumour } of [one, two, three]) {
    await sql`update rumours set wording = ${`Words of ${rumour}`} where id = ${rumour}`.execute(db)
  }
  const review = await notice(one.rumour, 'withdrawn')
  await merge(one.rumour, two.rumour)
  await merge(two.rumour, three.rumour)
  expect(await listRumoursTold(db, review)).toEqual([three.rumour])
  const { rows } = await sql<{
    id: string
  }>`select public_id as id from rumours where id = ${one.rumour}`.execute(db)
  expect((await getAsked(db, rows[0]!.id)).rumourId).toBe(three.rumour)
  await notice(three.rumour, 'answered')
  await sendNotices(needs)
  expect([one.pushes(), two.pushes(), three.pushes()]).toEqual([2, 1, 1])
  expect(await readReceipt(needs, one.words)).toMatchObject({ status: { state: 'answered' } })
})

test('after a split, of the answer to their own rumour and no longer of the other', async () => {
  const one = await waiting('The dam cracks')
  const other = await waiting('The dam of the lake has a crack')
  await merge(one.rumour, other.rumour)
  const review = newId<ClaimReviewId>(needs.ids)
  const leaf = await entry(review)
  await notice(other.rumour, 'answered', { review, leaf })
  await sendNotices(needs)
  const tip = await findTipByReceipt(needs, one.words)
  const made = await splitRumour(needs, ana, { rumourId: other.rumour, tipIds: [tip!.id] })
  await publish(leaf)
  await sendNotices(needs)
  expect([one.pushes(), other.pushes()]).toEqual([0, 1])
  await notice(made, 'answered')
  await sendNotices(needs)
  expect([one.pushes(), other.pushes()]).toEqual([1, 1])
})

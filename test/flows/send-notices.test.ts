/** Whoever asked to be told by push is told once of each answer and change, and nobody else learns anything of it. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '#config.ts'
import { type ClaimReviewId, type NoticeId, newId, type RumourId } from '#domain/ids.ts'
import { expireTips } from '#flows/expire-tips/expire-tips.ts'
import { pushKeys } from '#flows/push-keys.ts'
import { setPush } from '#flows/read-receipt/push-news.ts'
import { deleteByReceipt, readReceipt } from '#flows/read-receipt/read-receipt.ts'
import { sendNotices, tellingLimits } from '#flows/send-notices/send-notices.ts'
import { openPush } from '#flows/tip-texts.ts'
import type { DueTelling } from '#io/database/tips/push-tellings.ts'
import { openJournal } from '#io/journal.ts'
import { createFetcher } from '#io/net/fetcher.ts'
import { openBrowser, openPushService, vapidOf } from './push-stand-in.ts'
import { openTipDesk } from './tip-desk.ts'

const desk = await openTipDesk()
const service = await openPushService()
const browser = openBrowser()
const config = {
  ...readConfig({ ASSAY_URL: 'https://assay.example' }),
  allowedPrivateHosts: ['127.0.0.1'],
}
const lines: string[] = []
const needs = {
  ...desk.needs,
  config,
  fetcher: createFetcher(config),
  journal: openJournal('debug', (line) => void lines.push(line)),
}
const { db } = needs
afterAll(() => needs.fetcher.close())
beforeEach(async () => {
  service.clear()
  service.answer = 201
  lines.length = 0
  await sql`truncate tips, rumours, notices cascade`.execute(db)
})

const secretPath = '/wake/c4n4ryendpoint'
const subscription = () => browser.subscriptionAt(service.url + secretPath)

/** A tip whose sender asked to be told. */
async function waiting(text: string): Promise<string> {
  const words = await desk.send(text)
  expect(await setPush(needs, words, subscription())).toBe(true)
  return words
}

async function onlyRumour(): Promise<RumourId> {
  const { rows } = await sql<{ id: RumourId }>`select id from rumours`.execute(db)
  return rows[0]!.id
}

async function notice(kind: 'answered' | 'corrected'): Promise<void> {
  const review = newId<ClaimReviewId>(needs.ids)
  await sql`insert into notices (id, rumour_id, claim_review_id, kind, leaf_hash, state, created_at)
    values (${newId<NoticeId>(needs.ids)}, ${await onlyRumour()}, ${review}, ${kind}, null, 'pending', ${needs.clock.now()})`.execute(
    db,
  )
}

async function states(): Promise<string[]> {
  const { rows } = await sql<{ state: string }>`select state from push_tellings order by state`.execute(db)
  return rows.map(({ state }) => state)
}

function waitMs(ms: number): void {
  needs.clock.at = new Date(needs.clock.at.getTime() + ms)
}

describe('a telling', () => {
  test('says that there is news and nothing more, readable by that browser alone, signed by this site', async () => {
    await waiting('The mill grinds glass')
    await notice('answered')
    expect(await sendNotices(needs)).toBe(1)
    const [push] = service.taken
    expect(push!.path).toBe(secretPath)
    expect(browser.open(push!)).toBe('there is news')
    expect(() => openBrowser().open(push!)).toThrow()
    const { audience, subject, key } = vapidOf(push!)
    expect([audience, subject, key]).toEqual([
      service.url,
      'https://assay.example/',
      pushKeys(needs).publicKey,
    ])
    expect(JSON.stringify(push!.headers)).not.toMatch(/mill|cookie|referer/i)
  })

  test('is delivered once, however often it is looked for, and by however many at once', async () => {
    await waiting('The well is dry')
    await notice('answered')
    await Promise.all([sendNotices(needs), sendNotices(needs), sendNotices(needs)])
    await sendNotices(needs)
    expect(service.taken).toHaveLength(1)
    await notice('corrected')
    await sendNotices(needs)
    await sendNotices(needs)
    expect(service.taken).toHaveLength(2)
    expect(await states()).toEqual(['sent', 'sent'])
  })

  test('that fails is tried again, later each time, and once it got through never again', async () => {
    await waiting('The bridge hums')
    await notice('answered')
    service.answer = 503
    await sendNotices(needs)
    await sendNotices(needs)
    expect(service.taken).toHaveLength(1)
    for (const ms of tellingLimits.waitsMs.slice(0, 2)) {
      waitMs(ms - 1)
      await sendNotices(needs)
      waitMs(1)
      await sendNotices(needs)
    }
    expect(service.taken).toHaveLength(3)
    service.answer = 201
    waitMs(tellingLimits.waitsMs[2]!)
    expect(await sendNotices(needs)).toBe(1)
    waitMs(7 * 24 * 3_600_000)
    await sendNotices(needs)
    expect(service.taken).toHaveLength(4)
  })

  test('that is sent again because of a kill takes the place of the first, and of no other', async () => {
    await waiting('The clock stands')
    await notice('answered')
    await sendNotices(needs)
    // As the kill leaves it: handed over, leased and not marked.
    await sql`update push_tellings set state = 'pending', due_at = ${needs.clock.now()}`.execute(db)
    waitMs(tellingLimits.leaseMs)
    await sendNotices(needs)
    await notice('corrected')
    await sendNotices(needs)
    const [first, again, next] = service.taken.map(({ headers }) => headers.topic)
    expect(first).toMatch(/^[\w-]{1,32}$/)
    expect([again === first, next === first]).toEqual([true, false])
  })

  test('is given up in the end, with a line in the journal that names nobody', async () => {
    await waiting('The tower leans')
    await notice('answered')
    service.answer = 500
    for (const ms of [0, ...tellingLimits.waitsMs, ...tellingLimits.waitsMs]) {
      waitMs(ms)
      await sendNotices(needs)
    }
    expect(service.taken).toHaveLength(1 + tellingLimits.waitsMs.length)
    expect(await states()).toEqual(['given-up'])
    const told = lines.filter((line) => line.includes('push given up'))
    expect(told).toHaveLength(1)
    expect(JSON.parse(told[0]!)).toMatchObject({ tries: 7, reason: 'status 500' })
    expect(lines.join('\n')).not.toMatch(/canary|c4n4ry|127\.0\.0\.1|tower/)
  })

  test('to a browser that has left ends its subscription', async () => {
    const words = await waiting('The ferry sinks')
    await notice('answered')
    service.answer = 410
    await sendNotices(needs)
    expect((await readReceipt(needs, words))!.push).toBe(false)
    expect(await states()).toEqual([])
    await notice('corrected')
    await sendNotices(needs)
    expect(service.taken).toHaveLength(1)
  })

  test('is only of what came after: what could be read when pushes were asked for is not told', async () => {
    const words = await desk.send('The lamp is a disco ball')
    await notice('answered')
    await setPush(needs, words, subscription())
    await sendNotices(needs)
    expect(service.taken).toHaveLength(0)
    await notice('corrected')
    await sendNotices(needs)
    expect(service.taken).toHaveLength(1)
  })

  test('to an address that has come to lead inside is not sent', async () => {
    await waiting('The dam cracks')
    await notice('answered')
    const guarded = createFetcher({ ...config, allowedPrivateHosts: [] })
    await sendNotices({ ...needs, fetcher: guarded })
    await guarded.close()
    expect([service.taken.length, await states()]).toEqual([0, ['given-up']])
  })
})

describe('a subscription', () => {
  test('can be taken back, and is gone with the tip and with its expiry, from a backup too', async () => {
    const words = await waiting('The church bell is made of cheese')
    await notice('answered')
    expect(await setPush(needs, words, null)).toBe(true)
    await sendNotices(needs)
    expect(service.taken).toHaveLength(0)

    await setPush(needs, words, subscription())
    await notice('corrected')
    service.answer = 503
    await sendNotices(needs)
    await deleteByReceipt(needs, words)
    expect(await states()).toEqual([])

    await waiting('The church bell is made of butter')
    const { rows: backup } = await sql<DueTelling>`select id as "tipId", push, wrapped_key as "wrappedKey",
      to_char(expires_on, 'YYYY-MM-DD') as "expiresOn" from tips`.execute(db)
    expect(await openPush(needs, backup[0]!)).toMatchObject({ endpoint: service.url + secretPath })
    desk.moveClock(91)
    await sendNotices(needs)
    await expireTips(needs)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from tips`.execute(db)
    expect([rows[0]!.n, await states(), service.taken.length]).toEqual([0, [], 1])
    expect(await openPush(needs, backup[0]!)).toBeNull()
  })

  test('lies in the table sealed, and as long as every other', async () => {
    await waiting('One')
    const words = await desk.send('Two')
    await setPush(needs, words, browser.subscriptionAt(`${service.url}/${'x'.repeat(800)}`))
    const { rows } = await sql<{ push: Buffer }>`select push from tips`.execute(db)
    expect(new Set(rows.map(({ push }) => push.length)).size).toBe(1)
    expect(rows.some(({ push }) => push.includes('127.0.0.1') || push.includes('wake'))).toBe(false)
  })

  test('for words that are no receipt is refused as an unknown one is', async () => {
    expect(await setPush(needs, 'no receipt at all', subscription())).toBe(false)
    expect(await setPush(needs, `abandon ${randomUUID()}`, null)).toBe(false)
  })

  const good = browser.subscriptionAt('https://push.example.com/x')
  test.each([
    ['plain http', { ...good, endpoint: 'http://push.example.com/x' }],
    ['another scheme', { ...good, endpoint: 'file:///etc/passwd' }],
    ['no address', { ...good, endpoint: 'push me' }],
    ['a password', { ...good, endpoint: 'https://me:secret@push.example.com/x' }],
    ['an inner address', { ...good, endpoint: 'https://10.0.0.1/x' }],
    ['the metadata service', { ...good, endpoint: 'https://169.254.169.254/latest' }],
    ['an inner address in disguise', { ...good, endpoint: 'https://①②⑦.⓪.⓪.①/' }],
    ['an IPv6 form of one', { ...good, endpoint: 'https://[::ffff:10.0.0.1]/x' }],
    ['an inner name', { ...good, endpoint: 'https://printer.local/x' }],
    ['a port of something else', { ...good, endpoint: 'https://push.example.com:5432/x' }],
    ['too long an address', { ...good, endpoint: `https://push.example.com/${'x'.repeat(1_000)}` }],
    [
      'a key that is no point',
      { ...good, keys: { ...good.keys, p256dh: Buffer.alloc(65, 4).toString('base64url') } },
    ],
    ['a short key', { ...good, keys: { ...good.keys, p256dh: 'BAAA' } }],
    ['a short secret', { ...good, keys: { ...good.keys, auth: 'AAAA' } }],
  ])('that is malformed is refused, and nothing is kept: %s', async (_name, given) => {
    const words = await desk.send('Malformed')
    await expect(setPush(needs, words, given)).rejects.toMatchObject({ code: 'invalid' })
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from tips where push is not null`.execute(db)
    expect(rows[0]!.n).toBe(0)
  })
})

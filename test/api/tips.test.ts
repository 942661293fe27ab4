/** Sending in, coming back and deleting, at the edge where programs come in. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { groupTips } from '#flows/group-tips/group-tips.ts'
import { openTips } from '#flows/tip-texts.ts'
import { listRumours } from '#io/database/tips/rumours.ts'
import { listTipsOfRumour } from '#io/database/tips/tips.ts'
import { openTestSite } from './open-test-site.ts'
import { wall } from './records.ts'

const site = openTestSite(wall)

interface Problem {
  code: string
  detail: string
}

async function send(text: string, more: Record<string, unknown> = {}) {
  const response = await site.post('/api/v1/tips', { text, clientId: randomUUID(), ...more })
  return { status: response.status, body: (await response.json()) as { receipt: string } & Problem }
}

async function status(receipt: string) {
  const response = await site.post('/api/v1/tips/status', { receipt })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> & Problem }
}

const remove = (receipt: string) => site.post('/api/v1/tips/delete', { receipt })

async function count(table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(table)}`.execute(
    site.site.needs.db,
  )
  return rows[0]!.n
}

describe('a tip', () => {
  test('gives a receipt of ten words that shows what became of it, until it is deleted', async () => {
    const { status: code, body } = await send('The town well is said to glow green at night since Tuesday')
    expect(code).toBe(201)
    expect(body.receipt.split(' ')).toHaveLength(10)
    const today = new Date().toISOString().slice(0, 10)
    expect((await status(body.receipt)).body).toMatchObject({ state: 'received', day: today, others: 0 })
    await groupTips(site.site.needs)
    expect((await status(body.receipt)).body.state).toBe('grouped')
    expect((await remove(body.receipt)).status).toBe(204)
    expect((await status(body.receipt)).status).toBe(404)
    expect((await remove(body.receipt)).status).toBe(404)
    expect([await count('tips'), await count('rumours'), await count('rumour_asks')]).toEqual([0, 0, 0])
  })

  test('is stored without the phone number it came with, and sealed', async () => {
    const text = 'Free grain at the harbour tomorrow, call +44 20 7946 0958 or mail grain@harbour.example'
    const { body } = await send(text)
    const { rumours } = await listRumours(site.site.needs.db, {}, { limit: 10 })
    const sealed = await listTipsOfRumour(site.site.needs.db, rumours[0]!.id, { limit: 10 })
    const [tip] = await openTips(site.site.needs, sealed)
    expect(tip!.content!.text).toBe('Free grain at the harbour tomorrow, call [phone] or mail [email]')
    expect(Buffer.from(sealed[0]!.redacted).toString('latin1')).not.toContain('harbour')
    await remove(body.receipt)
  })

  test('sent again with its clientId is the same tip and shows the same receipt', async () => {
    const clientId = randomUUID()
    const first = await send('The bakery puts chalk into its flour', { clientId })
    const again = await send('The bakery puts chalk into its flour', { clientId })
    expect(again.body.receipt).toBe(first.body.receipt)
    expect(await count('tips')).toBe(1)
    const both = await Promise.all(
      [1, 2, 3].map(() => send('Two at once are one', { clientId: `${clientId}x` })),
    )
    expect(new Set(both.map(({ body }) => body.receipt)).size).toBe(1)
    expect(await count('tips')).toBe(2)
    await remove(first.body.receipt)
    await remove(both[0]!.body.receipt)
  })

  test('with the clientId of another message is refused and learns no receipt', async () => {
    const clientId = randomUUID()
    const first = await send('The bridge was painted with salt', { clientId })
    const forged = await send('Something else altogether', { clientId })
    expect([forged.status, forged.body.code, forged.body.receipt]).toEqual([409, 'conflict', undefined])
    await remove(first.body.receipt)
  })

  test('that is answered already is answered on the spot and not kept, unless the sender has seen that', async () => {
    const message = 'The Great Wall of China is visible from the Moon with the naked eye'
    const answered = await site.post('/api/v1/tips', { text: message, clientId: randomUUID() })
    expect(answered.status).toBe(200)
    expect(await answered.json()).toMatchObject({ answer: { decision: 'answered' } })
    expect(await count('tips')).toBe(0)
    const kept = await send(message, { unanswered: true })
    expect(kept.status).toBe(201)
    await remove(kept.body.receipt)
  })

  test('of the same wording joins the same rumour, whoever calls whom in it', async () => {
    const one = await send('The lake was drained, CALL +33 1 99 00 12 34!')
    const two = await send('the lake was drained call  +33 1 99 00 56 78')
    expect(await count('rumours')).toBe(1)
    const { rumours } = await listRumours(site.site.needs.db, { state: 'open' }, { limit: 10 })
    expect(rumours[0]).toMatchObject({ demand: 1, wording: null })
    await remove(one.body.receipt)
    await remove(two.body.receipt)
  })
})

describe('what cannot be a tip gets one sentence and leaves nothing', () => {
  test.each([
    ['empty', { text: '  ' }, 400],
    ['binary', { text: 'PNG\u0000\u0001\u0002' }, 400],
    ['too long', { text: 'x'.repeat(20_001) }, 413],
    ['too many links', { text: 'x', links: Array(11).fill('https://x.example') }, 413],
    ['a link of another kind', { text: 'x', links: ['javascript:alert(1)'] }, 400],
    ['a clientId that can be guessed', { text: 'x', clientId: '1111111111111111111111111111' }, 400],
    ['a clientId that is short', { text: 'x', clientId: 'abcdefgh' }, 400],
    ['a country that is none', { text: 'x', country: 'Atlantis' }, 400],
    ['a day that is none', { text: 'x', seen: { day: '2024-99-99' } }, 400],
    ['no text', { text: 5 }, 400],
  ])('%s', async (_name, body, code) => {
    const found = await send('x', body)
    expect(found.status).toBe(code)
    expect(found.body.detail).toMatch(/^[^\n]{10,200}\.$/)
    expect(await count('tips')).toBe(0)
  })
})

test('unknown, malformed, mistyped and endless receipts all get the same answer', async () => {
  const bodies = [
    'abandon ability able about above absent absorb abstract absurd abuse',
    'nonsense',
    '',
    '1 2 3',
    'zoo '.repeat(10_000),
    '龍'.repeat(10),
  ]
  const found = await Promise.all(
    bodies.map(async (receipt) => {
      const response = await site.post('/api/v1/tips/status', { receipt })
      return `${response.status} ${await response.text()}`
    }),
  )
  expect(new Set(found).size).toBe(1)
  expect(found[0]).toMatch(/^404 /)
})

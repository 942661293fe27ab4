/** A server with a remote embedder: what people ask is compared by meaning too, and nothing else goes out. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Answer } from '#domain/message.ts'
import { embedReviews } from '#flows/embed-reviews/embed-reviews.ts'
import { openTestSite } from '../api/open-test-site.ts'
import { bread, foreignWords, others } from './reviews-to-embed.ts'
import { openVectorServer, sendMeanings } from './vector-server.ts'

const server = await openVectorServer()
afterAll(() => server.close())
const key = 'a-key-that-nobody-may-read'
const site = openTestSite([bread, ...others], {
  ASSAY_EMBEDDER: 'remote',
  ASSAY_EMBEDDER_URL: server.url,
  ASSAY_EMBEDDER_MODEL: 'tiny',
  ASSAY_EMBEDDER_KEY: key,
  ASSAY_EMBEDDER_MESSAGES: 'yes',
  ASSAY_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
})
const size = others.length + 1

beforeAll(async () => {
  const { needs } = site.site
  await embedReviews({ ...needs, embedder: needs.embedder! })
  await vi.waitFor(async () => expect(await metric('assay_vectors_held')).toBe(size), 20_000)
})

beforeEach(() => {
  server.answer = sendMeanings
  server.asked.length = 0
})

const ask = async (text: string) => (await site.post('/api/v1/answers', { text })).json() as Promise<Answer>

async function metric(name: string): Promise<number> {
  const page = await (await site.fetch('/metrics')).text()
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(page)?.[1])
}

test('a review in other words is related, and the why says that it means something similar', async () => {
  const answer = await ask(foreignWords)
  expect(answer.decision).toBe('related')
  expect(answer.matches.map(({ claimReview }) => claimReview.url)).toEqual([bread.url])
  expect(answer.matches[0]!.why).toContainEqual({ kind: 'meaning', terms: [] })
})

test('what words answer is answered as ever, and what is near to nothing is met with silence', async () => {
  const answer = await ask(bread.claim)
  expect(answer.decision).toBe('answered')
  expect(answer.matches[0]!.why).not.toContainEqual({ kind: 'meaning', terms: [] })
  expect((await ask('Zwölf Kühe grasen')).decision).toBe('none')
})

test('the operator sees how many vectors there are, and nothing is ill without them', async () => {
  expect(await metric('assay_vectors_missing')).toBe(0)
  const late = { ...bread, url: 'https://facts.example/late', claim: 'Moon dust cures colds.' }
  await site.add([late])
  await vi.waitFor(async () => expect(await metric('assay_vectors_missing')).toBe(1), 20_000)
  expect(await site.json('/healthz')).toMatchObject({ status: 'ok', index: { ready: true } })
})

test('of a message its words go out, with personal data masked and without addresses', async () => {
  await ask(`${foreignWords} Call +44 20 7946 0958 or jo@harbour.example, see https://chat.example/?me=7`)
  const sent = JSON.stringify(server.asked.map(({ texts }) => texts))
  expect(sent).toContain('Gefriertruhe')
  expect(sent).toContain('[phone]')
  expect(sent).not.toMatch(/7946|harbour|chat\.example/)
})

test('nothing of who asks goes out', async () => {
  await site.post(
    '/api/v1/answers',
    { text: foreignWords },
    { headers: { 'User-Agent': 'Teller/1', Referer: 'https://r.example' } },
  )
  const { headers } = server.asked[0]!
  expect(JSON.stringify(headers)).not.toMatch(/Teller|r\.example|cookie|forwarded/i)
})

test('a tip never goes out, whether it is answered or kept', async () => {
  const send = (text: string) => site.post('/api/v1/tips', { text, clientId: randomUUID() })
  expect((await send(bread.claim)).status).toBe(200)
  expect((await send('The town well is said to glow green at night since Tuesday')).status).toBe(201)
  expect(server.asked).toEqual([])
})

describe('an endpoint that is ill', () => {
  test.each([
    ['answers with a page', (_texts: string[], response: { end(body: string): void }) => response.end('<p>')],
    ['is away', (_texts: string[], response: { destroy(): void }) => response.destroy()],
  ])('and %s: words alone answer', async (_name, answer) => {
    server.answer = answer
    expect(await ask(foreignWords)).toEqual({ decision: 'none', matches: [], groups: [] })
    expect((await ask(bread.claim)).decision).toBe('answered')
  })
})

test('neither key nor message is in the journal', () => {
  const journal = site.journal.join('\n')
  expect(journal).toContain('embedder has no vectors for messages')
  expect(journal).not.toContain(key)
  expect(journal).not.toContain('Gefriertruhe')
})

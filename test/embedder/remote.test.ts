/** A remote embedder: what it is sent, and that an answer waits for it neither long nor in vain. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Embedder, embedderLimits } from '#io/embedder/embedder.ts'
import { openEmbedder } from '#io/embedder/open-embedder.ts'
import { openJournal } from '#io/journal.ts'
import { createMetrics } from '#io/metrics.ts'
import type { FetchClock } from '#io/net/clock.ts'
import { handClock, localFetcher } from '../net/site.ts'
import { dimension, meaningOf, openVectorServer, sendMeanings, sendVectors } from './vector-server.ts'

/** Waits of a few seconds are over at once, and time for work never runs out. */
const quickClock: FetchClock = {
  now: () => 0,
  after(delayMs, run) {
    if (delayMs >= 10_000) return () => {}
    const timer = setImmediate(run)
    return () => clearImmediate(timer)
  },
}

const server = await openVectorServer()
const key = 'a-key-that-nobody-may-read'
let lines: { level: string; event: string; reason?: string }[] = []
const close: (() => Promise<void>)[] = []

beforeEach(() => {
  server.answer = sendMeanings
  server.asked.length = 0
  lines = []
})
afterEach(async () => {
  for (const one of close.splice(0)) await one()
})
afterAll(() => server.close())

async function embedderOf(
  settings: { sendsMessages?: boolean; allowedPrivateHosts?: string[]; clock?: FetchClock } = {},
): Promise<Embedder> {
  const { sendsMessages = true, allowedPrivateHosts = ['127.0.0.1'], clock = quickClock } = settings
  const fetcher = localFetcher({}, allowedPrivateHosts)
  const journal = openJournal('info', (line) => void lines.push(JSON.parse(line)))
  const url = `${server.url}/embeddings`
  const embedder = { kind: 'remote' as const, url, model: 'tiny', key, keyFile: null, sendsMessages }
  const opened = await openEmbedder({ embedder }, { fetcher, journal, metrics: createMetrics(), clock })
  close.push(async () => {
    await opened!.close()
    await fetcher.close()
  })
  return opened!
}

/** Answers in time or not at all: the clock stands still until it is moved. */
async function patientEmbedder() {
  const clock = handClock()
  const embedder = await embedderOf({ clock })
  await embedder.describe()
  server.asked.length = 0
  return { clock, embedder, message: embedder.message! }
}

test('texts go to the endpoint with model and key, and come back as vectors in their order', async () => {
  const embedder = await embedderOf()
  expect(await embedder.describe()).toEqual({ name: 'remote:tiny', dimension })
  const vectors = await embedder.reviews(['Bread is stone', 'Moon dust'])
  expect(vectors.map((vector) => vector?.length)).toEqual([dimension, dimension])
  const { texts, model, headers } = server.asked.at(-1)!
  expect(texts).toEqual(['Bread is stone', 'Moon dust'])
  expect(model).toBe('tiny')
  expect(headers.authorization).toBe(`Bearer ${key}`)
})

test('a message has the vector that the endpoint gives', async () => {
  const { message } = await patientEmbedder()
  expect(await message('Brot')).toEqual(Float32Array.from(meaningOf('bread')))
})

test('which model it is is asked once', async () => {
  const embedder = await embedderOf()
  await embedder.describe()
  await embedder.describe()
  expect(server.asked).toHaveLength(1)
})

test('messages stay here unless the operator says otherwise', async () => {
  expect((await embedderOf({ sendsMessages: false })).message).toBeNull()
})

test('a server of a private network is not asked unless the operator allows its host', async () => {
  const embedder = await embedderOf({ allowedPrivateHosts: [] })
  await expect(embedder.describe()).rejects.toThrow(/ASSAY_ALLOW_PRIVATE_HOSTS/)
  expect(server.asked).toEqual([])
})

test('a server that is busy for a moment is asked again for reviews', async () => {
  const embedder = await embedderOf()
  await embedder.describe()
  let left = 2
  server.answer = (texts, response) => {
    if (left-- > 0) response.writeHead(503).end()
    else sendMeanings(texts, response)
  }
  expect(await embedder.reviews(['Bread'])).toHaveLength(1)
  expect(server.asked).toHaveLength(4)
})

const wrong: [string, (typeof server)['answer'], RegExp][] = [
  ['a page of HTML', (_texts, response) => response.end('<!doctype html><p>Hello'), /is no JSON/],
  ['status 500', (_texts, response) => response.writeHead(500).end('{}'), /answered 500/],
  ['a refused key', (_texts, response) => response.writeHead(401).end(), /ASSAY_EMBEDDER_KEY/],
  ['an unknown model', (_texts, response) => response.writeHead(404).end(), /ASSAY_EMBEDDER_MODEL/],
  ['a redirect', (_texts, response) => response.writeHead(302, { location: '/' }).end(), /answered 302/],
  ['a connection that breaks', (_texts, response) => response.destroy(), /connection/],
  [
    'too many vectors',
    (texts, response) =>
      sendVectors(
        response,
        [...texts, 'one more'].map((text) => meaningOf(text)),
      ),
    /has 2 vectors for 1 texts/,
  ],
  ['no vectors', (_texts, response) => sendVectors(response, []), /has 0 vectors/],
  [
    'words for numbers',
    (_texts, response) => sendVectors(response, [new Array(dimension).fill('1')]),
    /something else than numbers/,
  ],
  [
    'null for numbers',
    (_texts, response) => sendVectors(response, [new Array(dimension).fill(null)]),
    /something else than numbers/,
  ],
  [
    'another length',
    (texts, response) => sendVectors(response, [meaningOf(texts[0]!, dimension + 1)]),
    /257 numbers where 256 were due/,
  ],
  ['megabytes', (_texts, response) => response.end(' '.repeat(5_000_000)), /cannot be read/],
]

describe.each(wrong)('%s', (_name, answer, reason) => {
  test('makes no vector for a review, with one line that says why', async () => {
    const embedder = await embedderOf()
    await embedder.describe()
    server.answer = answer
    await expect(embedder.reviews(['Bread'])).rejects.toThrow(reason)
    expect(lines).toMatchObject([{ level: 'warn', reason: expect.stringMatching(reason) }])
  })

  test('makes no vector for a message, is not asked again for it, and throws nothing', async () => {
    const { message } = await patientEmbedder()
    server.answer = answer
    expect(await message('Bread')).toBeNull()
    expect(server.asked).toHaveLength(1)
    expect(lines).toMatchObject([{ level: 'warn', reason: expect.stringMatching(reason) }])
    expect(JSON.stringify(lines)).not.toContain(key)
    expect(JSON.stringify(lines)).not.toContain('Bread')
  })
})

test('a vector of nothing but zeros is none', async () => {
  const { embedder, message } = await patientEmbedder()
  server.answer = (texts, response) =>
    sendVectors(
      response,
      texts.map((text) => (text === 'Bread' ? new Array(dimension).fill(0) : meaningOf(text))),
    )
  expect((await embedder.reviews(['Moon', 'Bread'])).map((vector) => vector !== null)).toEqual([true, false])
  expect(await message('Bread')).toBeNull()
})

test('a model that gives another length is asked anew which one it is', async () => {
  const { embedder, message } = await patientEmbedder()
  server.answer = (texts, response) =>
    sendVectors(
      response,
      texts.map((text) => meaningOf(text, 8)),
    )
  expect(await message('Bread')).toBeNull()
  expect(await embedder.describe()).toEqual({ name: 'remote:tiny', dimension: 8 })
  expect(await message('Bread')).toHaveLength(8)
})

describe('a slow server', () => {
  test('is left alone after half a second, and the answer is given without', async () => {
    const { clock, message } = await patientEmbedder()
    server.answer = () => {}
    const waiting = message('Bread')
    clock.move(embedderLimits.messageTimeoutMs)
    expect(await waiting).toBeNull()
    expect(lines).toMatchObject([{ reason: 'The embedder took longer than 0.5 s.' }])
  })

  test('is not asked any more after three times, for half a minute; then one message tries', async () => {
    const { clock, message } = await patientEmbedder()
    server.answer = () => {}
    for (let time = 0; time < embedderLimits.failuresMax; time++) {
      const waiting = message('Bread')
      clock.move(embedderLimits.messageTimeoutMs)
      expect(await waiting).toBeNull()
    }
    const asked = server.asked.length
    expect(await message('Bread')).toBeNull()
    expect(server.asked).toHaveLength(asked)
    server.answer = sendMeanings
    clock.move(embedderLimits.restMs)
    const first = message('Bread')
    expect(await message('Moon')).toBeNull()
    expect(await first).not.toBeNull()
    expect(await message('Moon')).not.toBeNull()
    expect(lines.map(({ event }) => event)).toEqual([
      'embedder has no vectors for messages, which words alone answer',
      'embedder works again',
    ])
  })

  test('holds up few messages at a time: the others are answered at once', async () => {
    const { clock, message } = await patientEmbedder()
    server.answer = () => {}
    const waiting = Array.from({ length: embedderLimits.messagesMax }, () => message('Bread'))
    expect(await message('one more')).toBeNull()
    clock.move(embedderLimits.messageTimeoutMs)
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([null]))
  })

  test('a text that is refused keeps no other from being asked about', async () => {
    const { message } = await patientEmbedder()
    server.answer = (texts, response) =>
      texts[0] === 'Bread' ? response.writeHead(400).end() : sendMeanings(texts, response)
    for (let time = 0; time < 2 * embedderLimits.failuresMax; time++)
      expect(await message('Bread')).toBeNull()
    expect(await message('Moon')).not.toBeNull()
  })
})

test('before the model has said which it is, no message waits for it', async () => {
  const embedder = await embedderOf()
  expect(await embedder.message!('Bread')).toBeNull()
  expect(server.asked).toEqual([])
})

import { describe, expect, test } from 'vitest'
import type { Problem } from '#api/problem.ts'
import { messageLimits } from '#domain/message.ts'
import { openTestSite } from './open-test-site.ts'
import { wall } from './records.ts'

const site = openTestSite(wall)

/** A good problem says its code, and one sentence that a person can act on. */
async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem: Problem = JSON.parse(await response.text())
  expect(problem.status).toBe(response.status)
  expect(problem.detail).toMatch(/^[A-Z"].{15,200}\.$/s)
  return problem
}

describe('a message that cannot be answered gets a clear sentence', () => {
  test.each([
    ['nothing', { text: '' }],
    ['only spaces', { text: ' \n\t ' }],
    ['no text', {}],
    ['a number', { text: 5 }],
    ['a list as body', []],
    ['a word as body', '"x"'],
    ['null', 'null'],
    ['half of an object', '{"text":"x'],
    ['20,000 nested lists', `{"text":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
    ['links that are no list', { text: 'x', links: 'y' }],
    ['a limit that is no number', { text: 'x', limit: 'many' }],
    ['a limit of 1e999', '{"text":"x","limit":1e999}'],
    ['a language that is none', { text: 'x', lang: 'the queen’s' }],
  ])('%s', async (_name, body) => {
    const response = await site.post('/api/v1/answers', body)
    expect(response.status).toBe(400)
    expect((await problemOf(response)).code).toBe('invalid')
  })

  test('a body that is not declared as JSON', async () => {
    const response = await site.fetch('/api/v1/answers', { method: 'POST', body: 'text=hello' })
    expect(response.status).toBe(415)
    expect((await problemOf(response)).code).toBe('invalid')
  })

  test('one character more than the limit, while the limit itself is answered', async () => {
    const longest = 'goldfish '.repeat(messageLimits.textMax).slice(0, messageLimits.textMax)
    expect((await site.post('/api/v1/answers', { text: longest })).status).toBe(200)
    const response = await site.post('/api/v1/answers', { text: `${longest}s` })
    expect(response.status).toBe(413)
    expect((await problemOf(response)).code).toBe('too_large')
  })

  test('more links than the limit', async () => {
    const links = Array.from({ length: messageLimits.linksMax + 1 }, (_, at) => `https://x.example/${at}`)
    expect((await site.post('/api/v1/answers', { text: 'x', links })).status).toBe(413)
  })
})

describe('a body beyond the limit is refused without being held', () => {
  const megabyte = new Uint8Array(1024 * 1024).fill(0x61)

  function megabytes(count: number): { stream: ReadableStream; taken: () => number } {
    let taken = 0
    const stream = new ReadableStream({
      pull(controller) {
        if (taken === count) return controller.close()
        taken++
        controller.enqueue(megabyte)
      },
    })
    return { stream, taken: () => taken }
  }

  test('100 MB without a declared length', async () => {
    const { stream } = megabytes(100)
    const before = process.memoryUsage().rss
    const response = await site.fetch('/api/v1/answers', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: stream,
      duplex: 'half',
    })
    expect(response.status).toBe(413)
    expect((await problemOf(response)).code).toBe('too_large')
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })

  test('a declared length', async () => {
    const response = await site.post('/api/v1/answers', `{"text":"${'a'.repeat(1024 * 1024)}"}`)
    expect(response.status).toBe(413)
    expect((await problemOf(response)).code).toBe('too_large')
  })
})

describe('strange text is answered like any other', () => {
  test.each([
    ['only emoji', '😀😀😀'],
    ['only a link', 'https://nowhere.example/some/page'],
    ['NUL', 'gold\u0000fish have a memory of three seconds'],
    ['lone surrogates', '"\\ud800 goldfish \\udc00"'],
    ['bidi and invisible characters', '\u202Egold\u200Bfish\u2066 have\u00AD a memory'],
    ['50,000 letters in one word', 'a'.repeat(50_000)],
    ['one letter', 'a'],
    ['mathematical letters', '𝐠𝐨𝐥𝐝𝐟𝐢𝐬𝐡'],
  ])('%s', async (_name, text) => {
    const body = text.startsWith('"') ? `{"text":${text}}` : { text }
    expect((await site.post('/api/v1/answers', body)).status).toBe(200)
  })

  test('bytes that are no UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"text":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('goldfish"}'),
    ])
    const headers = { 'Content-Type': 'application/json' }
    const response = await site.fetch('/api/v1/answers', { method: 'POST', headers, body: bytes })
    expect(response.status).toBe(200)
  })

  test('__proto__ in a body changes nothing', async () => {
    await site.post('/api/v1/answers', '{"text":"x","__proto__":{"isAdmin":true}}')
    expect('isAdmin' in {}).toBe(false)
  })
})

describe('parameters that cannot be used are named', () => {
  test.each([
    ['/api/v1/answers', 'q'],
    ['/api/v1/answers?q=x&limit=0', 'limit'],
    ['/api/v1/answers?q=x&lang=%00', 'lang'],
    ['/api/v1/claim-reviews?limit=101', 'limit'],
    ['/api/v1/claim-reviews?limit=2.5', 'limit'],
    ['/api/v1/claim-reviews?rating=sort-of', 'rating'],
    ['/api/v1/claim-reviews?publisher=%00', 'publisher'],
    ['/api/v1/claim-reviews?words=%00', 'words'],
    ['/api/v1/claim-reviews?from=yesterday', 'from'],
    ['/api/v1/claim-reviews?to=2024-13-45', 'to'],
  ])('%s', async (path, name) => {
    const response = await site.fetch(path)
    expect(response.status).toBe(400)
    expect((await problemOf(response)).detail).toContain(`"${name}"`)
  })

  test('a cursor that no page gave', async () => {
    const response = await site.fetch('/api/v1/claim-reviews?cursor=bm9wZQ')
    expect(response.status).toBe(400)
    await problemOf(response)
  })
})

describe('addresses that are none', () => {
  test.each([
    '/api',
    '/api/v1',
    '/api/v1/nothing',
    '/api/v2/answers',
    '/api/v1/claim-reviews/x',
    '/api/v1/answers/1',
  ])('%s is 404', async (path) => {
    const response = await site.fetch(path)
    expect(response.status).toBe(404)
    expect((await problemOf(response)).code).toBe('not_found')
  })

  test('another method is 405 and says which ones there are', async () => {
    const response = await site.fetch('/api/v1/answers', { method: 'DELETE' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, POST')
    await problemOf(response)
  })

  test('an id of the right form that nothing has is 404', async () => {
    const response = await site.fetch('/api/v1/claim-reviews/01jzx5m0v9k3q8r7w2c4t6y1bd')
    expect(response.status).toBe(404)
    await problemOf(response)
  })
})

test('whatever came, nothing was our own mistake', () => {
  expect(site.journal.filter((line) => JSON.parse(line).level === 'error')).toEqual([])
})

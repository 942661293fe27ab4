/** Whatever a site sends, or does not send, fetching ends in time, in bounds and with a sentence. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import type { Fetcher, PageRequest } from '#io/net/fetcher.ts'
import { retryAfterMsOf } from '#io/net/response.ts'
import { handClock, jumpingClock, localFetcher, openSite, type Site } from './site.ts'

const page: PageRequest = { bytesMax: 100_000, deadlineMs: 60_000 }
const opened: { close(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
})

async function siteOf(pages: Parameters<typeof openSite>[0]): Promise<Site> {
  const site = await openSite(pages)
  opened.push(site)
  return site
}

function fetcherOf(...parts: Parameters<typeof localFetcher>): Fetcher {
  const fetcher = localFetcher(...parts)
  opened.push(fetcher)
  return fetcher
}

async function textAt(fetcher: Fetcher, url: string, request = page): Promise<string> {
  const read = await fetcher.fetchPage(url, request)
  return read.kind === 'ok' ? Buffer.from(read.bytes).toString() : read.kind
}

test('a page comes with its final address, type and the marks for asking again', async () => {
  const site = await siteOf({
    '/old': (response) => response.writeHead(301, { location: '/new' }).end(),
    '/new': (response) =>
      response
        .writeHead(200, { 'content-type': 'Text/HTML; charset=UTF-8', etag: '"7"', 'last-modified': 'then' })
        .end('hello'),
  })
  const read = await fetcherOf().fetchPage(`${site.url}/old#part`, page)
  expect(read).toEqual({
    kind: 'ok',
    finalUrl: `${site.url}/new`,
    contentType: 'text/html; charset=utf-8',
    etag: '"7"',
    lastModified: 'then',
    bytes: Buffer.from('hello'),
  })
})

test('a page that did not change since is not sent again', async () => {
  const site = await siteOf({
    '/': (response, { headers }) => {
      const isKnown = headers['if-none-match'] === '"7"' && headers['if-modified-since'] === 'then'
      response.writeHead(isKnown ? 304 : 200).end()
    },
  })
  const fetcher = fetcherOf()
  expect(await fetcher.fetchPage(site.url, { ...page, etag: '"7"', lastModified: 'then' })).toEqual({
    kind: 'unchanged',
  })
  expect(await fetcher.fetchPage(site.url, page)).toMatchObject({ kind: 'ok' })
})

test('a site sees our name and address, and no cookie or referrer, also after it set one', async () => {
  const site = await siteOf({
    '/': (response) => response.writeHead(302, { location: '/next', 'set-cookie': 'who=you' }).end(),
    '/next': (response) => response.end(),
  })
  await textAt(fetcherOf(), site.url)
  const { headers } = site.asked.at(-1)!
  expect(headers['user-agent']).toMatch(/^Assay\/\d+\.\d+\.\d+ \(\+https:\/\/assay\.example\)$/)
  expect(Object.keys(headers).sort()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ])
})

test('five redirects are followed, a sixth is not', async () => {
  const hop = (to: string) => (response: import('node:http').ServerResponse) =>
    response.writeHead(307, { location: to }).end()
  const site = await siteOf({
    ...Object.fromEntries([5, 4, 3, 2, 1, 0].map((left) => [`/${left + 1}`, hop(`/${left}`)])),
    '/0': (response) => response.end('there'),
  })
  const fetcher = fetcherOf()
  expect(await textAt(fetcher, `${site.url}/5`)).toBe('there')
  await expect(textAt(fetcher, `${site.url}/6`)).rejects.toThrow('redirects more than 5 times')
})

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
] as const)('%s is decoded', async (coding, encode) => {
  const site = await siteOf({
    '/': (response) => response.writeHead(200, { 'content-encoding': coding }).end(encode('plain words')),
  })
  expect(await textAt(fetcherOf(), site.url)).toBe('plain words')
})

test.each(['gzip, gzip', 'br, gzip', 'zstd', 'compress'])(
  'a body encoded as %s is not read',
  async (codings) => {
    const site = await siteOf({
      '/': (response) =>
        response.writeHead(200, { 'content-encoding': codings }).end(gzipSync(gzipSync('words'))),
    })
    await expect(textAt(fetcherOf(), site.url)).rejects.toMatchObject({ code: 'invalid' })
  },
)

test('a body encoded twice but declared once is decoded once', async () => {
  const inner = gzipSync('words')
  const site = await siteOf({
    '/': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(inner)),
  })
  expect(await fetcherOf().fetchPage(site.url, page)).toMatchObject({ bytes: inner })
})

test('the limit counts decoded bytes', async () => {
  const site = await siteOf({
    '/plain': (response) => response.end('x'.repeat(100_001)),
    '/packed': (response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(100_001))),
    '/fits': (response) => response.end('x'.repeat(100_000)),
  })
  const fetcher = fetcherOf()
  await expect(textAt(fetcher, `${site.url}/plain`)).rejects.toMatchObject({ code: 'too_large' })
  await expect(textAt(fetcher, `${site.url}/packed`)).rejects.toMatchObject({ code: 'too_large' })
  expect((await textAt(fetcher, `${site.url}/fits`)).length).toBe(100_000)
})

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
] as const)('a %s bomb is not read to its end, however much may be read', async (coding, encode) => {
  const bomb = encode(Buffer.alloc(64_000_000))
  const site = await siteOf({
    '/': (response) => response.writeHead(200, { 'content-encoding': coding }).end(bomb),
  })
  const request = { ...page, bytesMax: 1_000_000_000 }
  await expect(textAt(fetcherOf(), site.url, request)).rejects.toThrow('expands to far more')
})

test('a body that breaks off is an error, never half a page', async () => {
  const site = await siteOf({
    '/packed': (response) =>
      response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .end(gzipSync('x'.repeat(5_000)).subarray(0, 20)),
    '/plain': (response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('half')
      setImmediate(() => response.destroy())
    },
  })
  const fetcher = fetcherOf()
  await expect(textAt(fetcher, `${site.url}/packed`)).rejects.toThrow('ends too soon')
  await expect(textAt(fetcher, `${site.url}/plain`)).rejects.toMatchObject({ code: 'unavailable' })
})

test.each([
  ['never answers', () => {}],
  ['answers and sends no body', (response: import('node:http').ServerResponse) => response.flushHeaders()],
  [
    'sends chunks without end',
    (response: import('node:http').ServerResponse) => {
      const send = () => response.destroyed || response.write('x', () => setImmediate(send))
      send()
    },
  ],
])(
  'a site that %s ends at the deadline, and the next page of the host has its turn',
  async (_what, answer) => {
    const clock = handClock()
    let reached = () => {}
    const asked = new Promise<void>((resolve) => {
      reached = resolve
    })
    const site = await siteOf({
      '/': (response) => {
        answer(response)
        reached()
      },
      '/good': (response) => response.end('good'),
    })
    const fetcher = fetcherOf({ clock })
    const slow = textAt(fetcher, site.url, { ...page, bytesMax: 1e9 })
    const failure = expect(slow).rejects.toThrow('127.0.0.1 took longer than 60 s; try again later.')
    await asked
    clock.move(60_000)
    await failure
    expect(await textAt(fetcher, `${site.url}/good`)).toBe('good')
  },
)

test('an opened page that nobody reads gives the turn of its host back at the deadline', async () => {
  const clock = handClock()
  const site = await siteOf({ '/': (response) => response.end('x'.repeat(1_000)) })
  const fetcher = fetcherOf({ clock })
  await fetcher.openPage(site.url, page)
  const next = textAt(fetcher, site.url)
  clock.move(60_000)
  expect((await next).length).toBe(1_000)
})

test('whoever asked can call it off', async () => {
  const site = await siteOf({ '/': () => {} })
  const controller = new AbortController()
  const read = textAt(fetcherOf(), site.url, { ...page, signal: controller.signal })
  controller.abort(new Error('enough'))
  await expect(read).rejects.toThrow('enough')
})

test.each([
  [404, 'not_found'],
  [410, 'not_found'],
  [403, 'forbidden'],
  [451, 'forbidden'],
  [429, 'unavailable'],
  [500, 'unavailable'],
  [206, 'unavailable'],
  [304, 'unavailable'],
])('status %i is the error %s', async (status, code) => {
  const site = await siteOf({ '/': (response) => response.writeHead(status).end() })
  await expect(textAt(fetcherOf(), site.url)).rejects.toMatchObject({ code })
})

test('how long a site asked to be left alone can be read off the error', async () => {
  const site = await siteOf({ '/': (response) => response.writeHead(503, { 'retry-after': '120' }).end() })
  const error = await textAt(fetcherOf(), site.url).catch((error) => error)
  expect(retryAfterMsOf(error)).toBe(120_000)
})

test('what does not speak HTTP is unavailable', async () => {
  const site = await siteOf({ '/': (response) => response.socket?.end('220 mail.example.org ESMTP\r\n') })
  await expect(textAt(fetcherOf(), site.url)).rejects.toMatchObject({ code: 'unavailable' })
})

test('one host gets one request at a time, with the gap between them', async () => {
  const clock = jumpingClock()
  let now = 0
  let most = 0
  const site = await siteOf({
    '/': (response) => {
      now += 1
      most = Math.max(most, now)
      setImmediate(() => {
        now -= 1
        response.end()
      })
    },
  })
  const fetcher = fetcherOf({ clock, gapMs: 700 })
  await Promise.all([1, 2, 3, 4].map(() => textAt(fetcher, site.url)))
  expect(most).toBe(1)
  expect(clock.waits.filter((wait) => wait === 700).length).toBe(3)
})

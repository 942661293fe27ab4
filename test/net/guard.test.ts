/** Nothing of this machine or of a network behind it can be fetched, whatever an address is made to look like. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isPublicAddress } from '#io/net/addresses.ts'
import { refusal } from '#io/net/target.ts'
import { jumpingClock, localFetcher, openSite } from './site.ts'

const page = { bytesMax: 10_000, deadlineMs: 60_000 }

/** A fetcher that allows nothing private, over a resolver that answers as told and remembers what it was asked. */
function strictFetcher(answers: (name: string) => string[] = () => ['93.184.215.14']) {
  const resolved: string[] = []
  const resolve = async (name: string) => {
    resolved.push(name)
    return answers(name)
  }
  return { resolved, ...localFetcher({ resolve, clock: jumpingClock() }, []) }
}

const inner = [
  ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '10.0.0.1', '172.16.0.1', '172.31.255.255'],
  ...[
    '192.168.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '169.254.169.254',
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
  ],
  ...[
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
  ],
  ...['255.255.255.255', '::', '::1', '::127.0.0.1', '::8.8.8.8', '::ffff:127.0.0.1', '::ffff:8.8.8.8'],
  ...['::ffff:0:127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::7f00:1', '100::1', '2001::1'],
  ...[
    '2001:0:a9fe:a9fe::1',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
  ],
  ...[
    '2002:808:808::1',
    '2a00::5efe:7f00:1',
    '2a00::200:5efe:a00:1',
    '4000::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
  ],
  ...['fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '', 'localhost', '1.2.3'],
]

test.each(inner)('%s is no public address', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '172.32.0.1',
  '100.128.0.1',
  '93.184.215.14',
  '2606:4700::1111',
  '2a00:1450:4001::1',
])('%s is a public address', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

const refused = [
  ...['http://127.0.0.1/', 'http://127.1/', 'http://2130706433/', 'http://0177.0.0.1/', 'http://0x7f.1/'],
  ...['http://①②⑦.⓪.⓪.①/', 'http://%31%32%37.0.0.1/', 'http://0/', 'http://[::]/', 'http://[::1]/'],
  ...[
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b:1::a9fe:a9fe]/',
    'http://localhost/',
  ],
  ...[
    'http://LOCALHOST./',
    'http://foo.localhost/',
    'http://ip6-localhost/',
    'http://metadata.google.internal/',
  ],
  ...['http://kubernetes.default.svc/', 'http://printer.local/', 'http://intranet/', 'http://-example.com/'],
  ...['http://a..example.com/', 'http://user:pass@example.com/', 'http://example.com@127.0.0.1/'],
  ...[
    'http://example.com:22/',
    'http://example.com:5432/',
    'http://example.com:0/',
    'http://example.com:99999/',
  ],
  ...[
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'data:text/plain,x',
    'javascript:alert(1)',
  ],
  ...[
    'ws://example.com/',
    'blob:https://example.com/x',
    'example.com',
    '',
    `https://example.com/${'a'.repeat(2_000)}`,
  ],
]

test.each(refused)(
  '%s is refused before any name is resolved, in the same words as all others',
  async (url) => {
    const fetcher = strictFetcher()
    await expect(fetcher.fetchPage(url, page)).rejects.toThrow(refusal().message)
    expect(fetcher.resolved).toEqual([])
  },
)

const vectors = '../shared/vectors/hostile/ssrf/urls.json'
describe.skipIf(!existsSync(vectors))('the shared list of hostile addresses', () => {
  const cases: { url: string; want: string }[] = existsSync(vectors)
    ? JSON.parse(readFileSync(vectors, 'utf8'))
    : []
  test.each(cases)('$url: $want', async ({ url, want }) => {
    expect(want).toBe('refuse')
    // Even with a resolver that finds every name at a public address.
    const fetcher = strictFetcher()
    await expect(fetcher.fetchPage(url, page)).rejects.toThrow(refusal().message)
    expect(fetcher.resolved).toEqual([])
  })
})

test.each([
  ['a private address', ['10.0.0.7']],
  ['a public and a private address', ['93.184.215.14', '127.0.0.1']],
  ['a mapped address', ['::ffff:127.0.0.1']],
  ['no address', []],
])('a name that leads to %s is refused, in the same words', async (_what, addresses) => {
  const fetcher = strictFetcher(() => addresses)
  await expect(fetcher.fetchPage('https://facts.example.org/', page)).rejects.toThrow(refusal().message)
  expect(fetcher.resolved).toEqual(['facts.example.org'])
})

test('a name that does not resolve is refused in the same words, and as late as one that leads inside', async () => {
  const clocks = [jumpingClock(), jumpingClock()]
  const fails = async () => Promise.reject(new Error('no such name'))
  const leadsInside = async () => ['10.0.0.7']
  for (const [at, resolve] of [fails, leadsInside].entries()) {
    const fetcher = localFetcher({ resolve, clock: clocks[at]! }, [])
    await expect(fetcher.fetchPage('https://facts.example.org/', page)).rejects.toThrow(refusal().message)
  }
  expect(clocks[0]!.waits).toEqual(clocks[1]!.waits)
  expect(clocks[0]!.waits).toContain(1_000)
})

test('a name is resolved once for a connection, which goes to the address that was checked', async () => {
  const site = await openSite({ '/': (response) => response.end('checked') })
  let looks = 0
  const resolve = async () => {
    looks += 1
    return ['127.0.0.1']
  }
  const fetcher = localFetcher({ resolve }, ['facts.example.org'])
  const url = `http://facts.example.org:${site.port}/`
  expect(await fetcher.fetchPage(url, page)).toMatchObject({ kind: 'ok', finalUrl: url })
  expect(looks).toBe(new Set(site.asked.map(({ socket }) => socket)).size)
  expect(site.asked.at(-1)!.headers.host).toBe(`facts.example.org:${site.port}`)
  await fetcher.close()
  await site.close()
})

test('an allowed host may be private and have any port; its neighbours may not', async () => {
  const site = await openSite({ '/': (response) => response.end('ours') })
  const fetcher = localFetcher({ clock: jumpingClock() })
  await expect(fetcher.fetchPage(`http://127.0.0.2:${site.port}/`, page)).rejects.toThrow(refusal().message)
  await expect(fetcher.fetchPage(`http://localhost:${site.port}/`, page)).rejects.toThrow(refusal().message)
  expect(site.asked).toEqual([])
  await fetcher.close()
  await site.close()
})

test.each([
  'file:///etc/passwd',
  'http://127.0.0.2/',
  'http://169.254.169.254/latest/meta-data/',
  '//[::1]/',
  'http://user:pass@127.0.0.1/',
])('a redirect to %s is refused in the same words', async (location) => {
  const site = await openSite({ '/': (response) => response.writeHead(302, { location }).end() })
  const fetcher = localFetcher()
  await expect(fetcher.fetchPage(site.url, page)).rejects.toThrow(refusal().message)
  await fetcher.close()
  await site.close()
})

test('a posted body goes to checked addresses only, and no redirect takes it elsewhere', async () => {
  const site = await openSite({ '/': (response) => response.writeHead(307, { location: '/else' }).end('no') })
  const fetcher = localFetcher()
  const request = { ...page, body: 'note', contentType: 'text/plain' }
  await expect(fetcher.post('http://127.0.0.2/', request)).rejects.toThrow(refusal().message)
  const answer = await fetcher.post(site.url, request)
  expect([answer.status, Buffer.from(answer.bytes).toString()]).toEqual([307, 'no'])
  expect(site.asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /'])
  await fetcher.close()
  await site.close()
})

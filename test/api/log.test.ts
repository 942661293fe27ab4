/** The public log as it is served: right types, right caching, for everybody's page, and nothing that is not out. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { ClaimReviewId } from '#domain/ids.ts'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import { rotateLog } from '#flows/extend-log/rotate-log.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { formatVerifierKey } from '#formats/tlog/keys.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { verifyLog } from '#formats/tlog/verify-log.ts'
import { insertLogEntry } from '#io/database/log/log-entries.ts'
import { openTestSite } from './open-test-site.ts'

const site = openTestSite()

async function grow(from: number, to: number): Promise<void> {
  const { needs } = site.site
  await needs.db.transaction().execute(async (tx) => {
    for (let at = from; at < to; at++) {
      const bytes = new TextEncoder().encode(`entry ${at}`)
      const claimReviewId = `review ${at}` as ClaimReviewId
      await insertLogEntry(
        tx,
        { bytes, leafHash: leafHash(bytes), kind: 'verdict', claimReviewId },
        new Date(at),
      )
    }
  })
  while ((await extendLog(needs, needs.log)) === 'published');
}

/** Status, type, caching and who may read. */
async function head(path: string): Promise<unknown[]> {
  const { status, headers } = await site.fetch(path)
  return [
    status,
    ...['content-type', 'cache-control', 'access-control-allow-origin'].map((name) => headers.get(name)),
  ]
}

beforeAll(async () => {
  await openLog(site.site.needs, site.site.needs.log)
  await grow(0, 1)
  await grow(1, 260)
})

const immutable = 'public, max-age=31536000, immutable'

describe('the log', () => {
  test('is served with the types and the caching of the standard, to every origin', async () => {
    expect(await head('/log/checkpoint')).toEqual([
      200,
      'text/plain; charset=utf-8',
      'public, max-age=2',
      '*',
    ])
    for (const path of [
      'tile/0/000',
      'tile/0/001.p/4',
      'tile/1/000.p/1',
      'tile/entries/000',
      'tile/entries/001.p/4',
    ])
      expect(await head(`/log/${path}`)).toEqual([200, 'application/octet-stream', immutable, '*'])
    expect(await head('/log/tile/0/000.p/1')).toEqual([200, 'application/octet-stream', immutable, '*'])
  })

  test.each([
    'tile/0/001',
    'tile/0/001.p/5',
    'tile/0/002',
    'tile/1/000',
    'tile/2/000.p/1',
    'tile/entries/001.p/5',
    'tile/0/0',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/64/000',
    'tile/..%2Fcheckpoint',
    '..%2F..%2Fsecret',
    'nothing',
    '3/checkpoint',
    '0/checkpoint',
    '99999999999/checkpoint',
  ])('has nothing at %s', async (path) => {
    expect((await site.fetch(`/log/${path}`)).status).toBe(404)
  })

  test('shows no file of a checkpoint that is not out yet', async () => {
    const { log } = site.site.needs
    await log.filesOf(1).create('tile/0/001.p/9', new Uint8Array(9 * 32))
    expect((await site.fetch('/log/tile/0/001.p/9')).status).toBe(404)
  })

  test('stays at its number once its key was changed, and the new one is at /log/ and at its own', async () => {
    const { needs } = site.site
    const before = await (await site.fetch('/log/checkpoint')).text()
    await rotateLog(needs, needs.log, 'next.example/log')
    await grow(300, 303)
    expect(await (await site.fetch('/log/1/checkpoint')).text()).toBe(before)
    const now = await (await site.fetch('/log/checkpoint')).text()
    expect(now).toMatch(/^next.example\/log\n4\n/)
    expect(await (await site.fetch('/log/2/checkpoint')).text()).toBe(now)
    for (const [at, number] of [
      ['/log', 2],
      ['/log/1', 1],
      ['/log/2', 2],
    ] as const) {
      const verifier = await needs.log.verifierOf(number)
      expect(await (await site.fetch(`${at}/vkey`)).text()).toBe(`${formatVerifierKey(verifier)}\n`)
      const read = async (path: string) => {
        const response = await site.fetch(`${at}/${path}`)
        return response.ok ? new Uint8Array(await response.arrayBuffer()) : null
      }
      expect(await verifyLog(read, [verifierOf(verifier)!])).toMatchObject({ problem: null })
    }
    // the same address held another tile before the change, and may do so again
    expect(await head('/log/tile/0/000.p/4')).toContain('public, max-age=60')
    for (const number of [1, 2]) expect(await head(`/log/${number}/tile/0/000.p/1`)).toContain(immutable)
  })
})

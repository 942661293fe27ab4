/** Settings of the embedder: off by default, and refused in words when something is missing or unsafe. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '#config.ts'
import { openEmbedder } from '#io/embedder/open-embedder.ts'
import { openJournal } from '#io/journal.ts'
import { createMetrics } from '#io/metrics.ts'
import { localFetcher } from '../net/site.ts'
import { openVectorServer } from './vector-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

const read = (settings: Record<string, string>) => readConfig(settings, folder).embedder
const remote = {
  ASSAY_EMBEDDER: 'remote',
  ASSAY_EMBEDDER_URL: 'https://models.example/v1',
  ASSAY_EMBEDDER_MODEL: 'small',
}

test('there is none unless it is set, and then nothing is opened', async () => {
  expect(read({})).toEqual({ kind: 'none' })
  const parts = { fetcher: localFetcher(), journal: openJournal('silent'), metrics: createMetrics() }
  expect(await openEmbedder({ embedder: { kind: 'none' } }, parts)).toBeNull()
})

test('a remote one gets reviews alone unless messages are allowed in so many words', () => {
  expect(read(remote)).toMatchObject({ kind: 'remote', sendsMessages: false, key: null })
  expect(read({ ...remote, ASSAY_EMBEDDER_MESSAGES: 'yes' })).toMatchObject({ sendsMessages: true })
  expect(() => read({ ...remote, ASSAY_EMBEDDER_MESSAGES: 'true' })).toThrow(/ASSAY_EMBEDDER_MESSAGES/)
})

test.each([
  ['https://models.example', 'https://models.example/v1/embeddings'],
  ['https://models.example/', 'https://models.example/v1/embeddings'],
  ['https://models.example/api/v3/', 'https://models.example/api/v3/embeddings'],
  ['https://models.example/v1/embeddings', 'https://models.example/v1/embeddings'],
])('%s is asked at %s', (given, url) => {
  expect(read({ ...remote, ASSAY_EMBEDDER_URL: given })).toMatchObject({ url })
})

describe('refused in one line that names the setting', () => {
  test.each([
    [{ ASSAY_EMBEDDER: 'openai' }, /ASSAY_EMBEDDER is "openai"/],
    [{ ASSAY_EMBEDDER: 'local' }, /ASSAY_EMBEDDER_FOLDER/],
    [{ ASSAY_EMBEDDER: 'remote', ASSAY_EMBEDDER_MODEL: 'm' }, /ASSAY_EMBEDDER_URL/],
    [{ ...remote, ASSAY_EMBEDDER_MODEL: '' }, /ASSAY_EMBEDDER_MODEL/],
    [{ ...remote, ASSAY_EMBEDDER_URL: 'models' }, /ASSAY_EMBEDDER_URL/],
    [{ ...remote, ASSAY_EMBEDDER_URL: 'http://models.example/v1' }, /https address/],
    [{ ...remote, ASSAY_EMBEDDER_URL: 'https://me:secret@models.example/' }, /without a password/],
    [{ ...remote, ASSAY_EMBEDDER_URL: 'file:///etc' }, /https address/],
  ])('%j', (settings, line) => {
    expect(() => read(settings)).toThrow(line)
  })

  test('a key file that is not there', async () => {
    const config = { embedder: read({ ...remote, ASSAY_EMBEDDER_KEY_FILE: 'missing' }) }
    const parts = { fetcher: localFetcher(), journal: openJournal('silent'), metrics: createMetrics() }
    await expect(openEmbedder(config, parts)).rejects.toThrow(/ASSAY_EMBEDDER_KEY_FILE/)
  })
})

test('unencrypted only to a host of the operator’s own network, with the key out of its file', async () => {
  const server = await openVectorServer()
  writeFileSync(join(folder, 'key'), 'out-of-a-file\n')
  const settings = { ...remote, ASSAY_EMBEDDER_URL: server.url, ASSAY_EMBEDDER_KEY_FILE: 'key' }
  expect(() => read(settings)).toThrow(/ASSAY_ALLOW_PRIVATE_HOSTS/)
  const embedder = read({ ...settings, ASSAY_ALLOW_PRIVATE_HOSTS: '127.0.0.1' })
  const fetcher = localFetcher()
  const parts = { fetcher, journal: openJournal('silent'), metrics: createMetrics() }
  const opened = await openEmbedder({ embedder }, parts)
  await opened!.describe()
  expect(server.asked[0]!.headers.authorization).toBe('Bearer out-of-a-file')
  await fetcher.close()
  await server.close()
})

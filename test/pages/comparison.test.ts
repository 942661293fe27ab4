/** What leaves the server is said where people paste and where they read about their privacy, in every language. */
import { afterAll, describe, expect, test } from 'vitest'
import { comparisonOf } from '../../src/web/answer/comparison.ts'
import { languages } from '../../src/web/words/languages.ts'
import { openVectorServer } from '../embedder/vector-server.ts'
import { freshDatabase } from '../fresh-database.ts'
import { openFilledSite } from './open-filled-site.ts'

const server = await openVectorServer()
const database = await freshDatabase()
const site = await openFilledSite({
  database,
  empty: true,
  settings: {
    ASSAY_EMBEDDER: 'remote',
    ASSAY_EMBEDDER_URL: server.url,
    ASSAY_EMBEDDER_MODEL: 'tiny',
    ASSAY_EMBEDDER_MESSAGES: 'yes',
    ASSAY_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
  },
})
afterAll(async () => {
  await site.close()
  await server.close()
})

const { host } = new URL(server.url)

describe.each(languages)('in %s', (language) => {
  test.each(['/', '/about'])('%s names the host that messages go to', async (path) => {
    const page = await (await fetch(`${site.url}${path}?lang=${language}`)).text()
    expect(page.replaceAll(/[\u2066-\u2069]/g, '')).toContain(host)
  })
})

test('the promise that nothing is sent on is not made where it would be untrue', async () => {
  const page = await (await fetch(`${site.url}/about?lang=en`)).text()
  expect(page).not.toContain('nothing is sent to anybody else')
  expect(await (await fetch(`${site.url}/?lang=en`)).text()).not.toContain('nobody learns that you asked')
})

test('where messages stay, that is said', () => {
  const remote = {
    kind: 'remote',
    url: 'https://models.example/v1/embeddings',
    model: 'm',
    key: null,
  } as const
  expect(comparisonOf({ kind: 'none' })).toEqual({ by: 'words' })
  expect(comparisonOf({ kind: 'local', folder: '/models' })).toEqual({ by: 'meaning' })
  expect(comparisonOf({ ...remote, keyFile: null, sendsMessages: false })).toEqual({ by: 'words' })
  expect(comparisonOf({ ...remote, keyFile: null, sendsMessages: true })).toEqual({
    by: 'meaning elsewhere',
    host: 'models.example',
  })
})

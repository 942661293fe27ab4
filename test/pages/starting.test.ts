/** While the site starts: who reads is told to come again and does so by itself; what somebody wrote waits, and goes in. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openSite, type Site } from '#cli/site/open-site.ts'
import { loadPages } from '#cli/site/pages.ts'
import { readConfig } from '#config.ts'
import { openJournal } from '#io/journal.ts'
import { freshDatabase } from '../fresh-database.ts'
import { freePort } from './free-port.ts'

const database = await freshDatabase()
const dataFolder = await mkdtemp(join(tmpdir(), 'assay-starting-'))
let site: Site | undefined
afterAll(async () => {
  await site?.close()
  await rm(dataFolder, { recursive: true, force: true })
})

test('a message that is sent while the site starts has its receipt once it has started', async () => {
  const config = readConfig({ ASSAY_DATA: dataFolder, PORT: String(await freePort()) })
  const prepared = Promise.withResolvers<void>()
  const preparing = Promise.withResolvers<void>()
  const opening = openSite(config, {
    database,
    journal: openJournal('error'),
    pages: await loadPages(),
    prepare: () => {
      preparing.resolve()
      return prepared.promise
    },
  })
  await preparing.promise
  const read = await fetch(`${config.publicUrl}/tips/new`)
  expect([read.status, read.headers.get('refresh')]).toEqual([503, '2'])
  const fields = { text: 'They say that the bridge has fallen', clientId: 'c0ffee-0123456789-abcdef-xyz' }
  const sent = fetch(`${config.publicUrl}/tips/new`, { method: 'POST', body: new URLSearchParams(fields) })
  // This one comes later, and is answered while the other waits.
  await (await fetch(config.publicUrl)).text()
  prepared.resolve()
  site = await opening
  const answer = await sent
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('Your receipt')])
})

/** A key that several make at once is one key, also where they are processes of one number in containers that share a folder. */
import { mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeLogKey, openMasterSecret } from '#io/secrets.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-keys-'))
})
afterEach(() => rm(folder, { recursive: true }))

const make = () => makeLogKey(folder, 2, 'example.org/log/2')

test('what another maker of the same process number writes late does not become the key', async () => {
  const late = await open(join(folder, `log-key-2.${process.pid}~`), 'w')
  const key = await make()
  await late.writeFile('another key')
  await late.close()
  expect(await make()).toEqual(key)
})

test('twenty who begin at once have one key and one master secret, and leave no drafts', async () => {
  const begin = () => Promise.all([make(), openMasterSecret({ dataFolder: folder, secret: null })])
  const made = await Promise.all(Array.from({ length: 20 }, begin))
  for (const each of made) expect(each).toEqual(made[0])
  expect((await readdir(folder)).sort()).toEqual(['log-key-2', 'secret'])
})

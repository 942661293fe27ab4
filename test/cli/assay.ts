/** A data folder or database of its own for a test file that runs the real command line. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, inject } from 'vitest'
import { freshPlace } from '../fresh-database.ts'
import type { Settings } from './processes.ts'

export { assay, type Done, endOf, type Serving, type Settings, serve, start } from './processes.ts'

/** Settings of a database that only this test file uses; gone after it. */
export async function freshSettings(): Promise<Settings> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'assay-cli-'))
  const onServer = 'url' in inject('testDatabases').admin ? await freshPlace() : null
  afterAll(async () => {
    await onServer?.drop()
    await rm(dataFolder, { recursive: true, force: true })
  })
  const settings: Settings = { ASSAY_DATA: dataFolder, PORT: '0' }
  if (onServer && 'url' in onServer.place) settings.DATABASE_URL = onServer.place.url
  return settings
}

/**
 * One PostgreSQL for the whole run: the server that ASSAY_TEST_DATABASE_URL names (an administrator's address), else
 * the embedded one in a scratch folder. A template is migrated once; each test file gets a copy of it.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '#io/database/connection/migrate.ts'
import type { Place } from '#io/database/connection/pool.ts'
import { joinServer } from '#io/database/embedded/server.ts'
import { administer, placeOf } from './fresh-database.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where test databases are made, and what they are copies of. */
    testDatabases: { admin: Place; template: string; run: string }
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const run = `assay_test_${process.pid}`
  const template = `${run}_template`
  const url = process.env.ASSAY_TEST_DATABASE_URL
  const scratch = url ? null : await mkdtemp(join(tmpdir(), 'assay-test-'))
  const server = scratch ? await joinServer(scratch) : null
  const admin: Place = server?.place ?? { url: url! }

  async function tearDown(): Promise<void> {
    if (server) await server.leave()
    else await removeDatabases(admin, run)
    if (scratch) await rm(scratch, { recursive: true, force: true })
  }

  try {
    await administer(admin, `create database ${template} template template0 encoding 'UTF8'`)
    await migrate(placeOf(admin, template))
    project.provide('testDatabases', { admin, template, run })
    return tearDown
  } catch (error) {
    await tearDown()
    throw error
  }
}

async function removeDatabases(admin: Place, run: string): Promise<void> {
  const rows = await administer(admin, `select datname from pg_database where datname like '${run}\\_%'`)
  for (const { datname } of rows) await administer(admin, `drop database if exists ${datname} with (force)`)
}

/** Migrations: forward only, once each, one process at a time; a database of another version is left alone. */
import { afterAll, expect, test } from 'vitest'
import { type Migration, migrate, readMigrations } from '#io/database/connection/migrate.ts'
import type { Place } from '#io/database/connection/pool.ts'
import { openDatabase, openDatabaseAt } from '#io/database/open.ts'
import { administer, freshPlace } from '../fresh-database.ts'

const drops: (() => Promise<void>)[] = []
afterAll(() => Promise.all(drops.map((drop) => drop())))

async function place(): Promise<Place> {
  const fresh = await freshPlace()
  drops.push(fresh.drop)
  return fresh.place
}

function step(version: number, sql: string): Migration {
  return { version, name: `${String(version).padStart(4, '0')}-step.sql`, sql, checksum: sql }
}

test('a second run does nothing', async () => {
  expect(await migrate(await place())).toMatchObject({ ran: [] })
})

test('every step of this version is a file with its own number, without a gap', async () => {
  const versions = (await readMigrations()).map((migration) => migration.version)
  expect(versions).toEqual(versions.map((_, at) => at + 1))
})

test('processes that start at once run each step once', async () => {
  const at = await place()
  const steps = [...(await readMigrations()), step(9001, 'create table made_once (id int)')]
  const runs = await Promise.all([migrate(at, steps), migrate(at, steps), migrate(at, steps)])
  expect(runs.flatMap(({ ran }) => ran)).toEqual(['9001-step.sql'])
})

test('a step that fails leaves nothing of itself', async () => {
  const at = await place()
  const steps = [...(await readMigrations()), step(9001, 'create table half (id int); select 1 / 0')]
  await expect(migrate(at, steps)).rejects.toThrow('division by zero')
  expect(await administer(at, `select to_regclass('half') as found`)).toEqual([{ found: null }])
  expect(await migrate(at)).toMatchObject({ ran: [] })
})

test('a database of a newer Assay is refused in one clear sentence and left alone', async () => {
  const at = await place()
  await migrate(at, [...(await readMigrations()), step(9001, 'select 1')])
  await expect(openDatabaseAt(at)).rejects.toMatchObject({
    name: 'AssayError',
    code: 'conflict',
    message: expect.stringMatching(/newer Assay .* start that version/),
  })
})

test('a database whose steps were others is refused', async () => {
  const at = await place()
  await administer(at, `update schema_migrations set checksum = 'another' where version = 1`)
  await expect(openDatabaseAt(at)).rejects.toMatchObject({ code: 'conflict' })
})

test.each(['postgres://nobody@127.0.0.1:1/assay', 'postgres://nobody@host.invalid/assay'])(
  'a server that is not there is said to be unavailable: %s',
  async (databaseUrl) => {
    await expect(openDatabase({ dataFolder: '/nowhere', databaseUrl })).rejects.toMatchObject({
      name: 'AssayError',
      code: 'unavailable',
    })
  },
)

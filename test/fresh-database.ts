/** A database of its own for a test file: migrated, empty, gone afterwards; embedded or on a server, as the run says. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { clientOptionsOf, type Place } from '#io/database/connection/pool.ts'
import { type OpenedDatabase, openDatabaseAt } from '#io/database/open.ts'

/** Call at the top of a test file or `describe`; closed and dropped by itself after the last test there. */
export async function freshDatabase(): Promise<OpenedDatabase> {
  const { place, drop } = await freshPlace()
  const opened = await openDatabaseAt(place)
  afterAll(async () => {
    await opened.close()
    await drop()
  })
  return opened
}

/** Where an empty, migrated database is, for tests that open it themselves or from other processes. */
export async function freshPlace(): Promise<{ place: Place; drop(): Promise<void> }> {
  const { admin, template, run } = inject('testDatabases')
  const name = `${run}_${randomBytes(6).toString('hex')}`
  await administer(admin, `create database ${name} template ${template}`)
  return {
    place: placeOf(admin, name),
    drop: async () => {
      await administer(admin, `drop database ${name} with (force)`)
    },
  }
}

/** Another database of the same server. */
export function placeOf(admin: Place, database: string): Place {
  if (!('url' in admin)) return { ...admin, database }
  const url = new URL(admin.url)
  url.pathname = `/${database}`
  return { url: url.href }
}

export async function administer(admin: Place, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(clientOptionsOf(admin))
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

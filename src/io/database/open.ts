/** Opens the database: a PostgreSQL server by its URL, or the embedded one inside the data folder. Same SQL either way. */
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Config } from '#config.ts'
import type { Journal } from '#io/journal.ts'
import { type Channel, listen } from './connection/hints.ts'
import { type Migrated, type Migration, migrate } from './connection/migrate.ts'
import { openPool, type Place } from './connection/pool.ts'
import { guardedPool } from './connection/unavailable.ts'
import { joinServer } from './embedded/server.ts'
import type { Database, Tables } from './schema.ts'

export type { Database, Tx } from './schema.ts'

export interface OpenedDatabase {
  /** Every query throws `unavailable` while the database is away, and works again when it is back. */
  db: Database
  /** The connections behind `db`, for the job queue; its errors are the driver's own. */
  pool: pg.Pool
  /** What opening had to bring up to date. */
  migrated: Migrated
  /** Calls `onHint` when another transaction wrote; a hint may be lost, so poll too. Call what it returns to stop. */
  listen(channel: Channel, onHint: () => void): () => Promise<void>
  /** Gives every connection back, and stops the embedded server when nobody else uses it. Fine to call twice. */
  close(): Promise<void>
}

export interface OpenOptions {
  journal?: Journal | undefined
  /** The steps to bring it to; not given: all that this version has. */
  migrations?: Migration[] | undefined
}

/**
 * A database of this version, ready for queries.
 * @throws conflict when a newer Assay made it, unavailable when it cannot be reached, forbidden or invalid when the folder cannot be used
 */
export async function openDatabase(
  config: Pick<Config, 'dataFolder' | 'databaseUrl'>,
  { journal, migrations }: OpenOptions = {},
): Promise<OpenedDatabase> {
  if (config.databaseUrl !== null) return openDatabaseAt({ url: config.databaseUrl }, { journal, migrations })
  const server = await joinServer(config.dataFolder, journal)
  try {
    return await openDatabaseAt(server.place, { journal, migrations, afterClose: server.leave })
  } catch (error) {
    await server.leave()
    throw error
  }
}

/** The same for a place that is known and runs already. */
export async function openDatabaseAt(
  place: Place,
  { journal, migrations, afterClose }: OpenOptions & { afterClose?: () => Promise<void> } = {},
): Promise<OpenedDatabase> {
  const migrated = await migrate(place, migrations)
  const pool = openPool(place, journal)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guardedPool(pool, place) }) })
  const stops = new Set<() => Promise<void>>()
  let closing: Promise<void> | undefined

  async function closeAll(): Promise<void> {
    await Promise.all([...stops].map((stop) => stop()))
    await pool.end()
    await afterClose?.()
  }

  return {
    db,
    pool,
    migrated,
    listen(channel, onHint) {
      const stop = listen(place, channel, onHint)
      stops.add(stop)
      return async () => {
        stops.delete(stop)
        await stop()
      }
    },
    close: () => {
      closing ??= closeAll()
      return closing
    },
  }
}

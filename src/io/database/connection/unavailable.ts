/** Tells a database that is away (restarting, unreachable, full) from a mistake of ours, for every query that Assay makes. */
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { AssayError, isAssayError } from '#domain/errors.ts'
import { dataPlace, diskFull, lacksRoom } from '#io/full-disk.ts'
import type { Place } from './pool.ts'

const away = 'The database is not reachable; try again shortly.'
const fullCode = '53100'

/** SQLSTATE classes and codes after which the same query may succeed later. Source: PostgreSQL 15, appendix A. */
const passing: [pattern: RegExp, sentence: string][] = [
  [/^(08|57P0)/, away],
  [/^53100$/, 'The disk of the database is full; free some space, then try again.'],
  [/^53/, 'The database is out of connections or memory; try again shortly.'],
  [/^(57014|55P03|40001|40P01)$/, 'The database took too long; try again shortly.'],
  [/^25006$/, 'The database takes no writes at the moment; try again shortly.'],
]

const networkCodes = /^E(CONNREFUSED|CONNRESET|NOENT|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)$/

/** What the driver says without a code when a connection breaks or none comes free. */
const brokenConnection =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|Client was closed|timeout expired)/

/** The error `unavailable` when the database is away, an embedded one perhaps for want of room; null for every other error. */
export function unavailableOf(error: unknown, place: Place): AssayError | null {
  if (isAssayError(error)) return error.code === 'unavailable' ? error : null
  if (!(error instanceof Error)) return null
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const isAway = networkCodes.test(code) || brokenConnection.test(error.message)
  const sentence = isAway ? away : passing.find(([pattern]) => pattern.test(code))?.[1]
  if ('dataFolder' in place && sentence !== undefined) {
    const isFull = code === fullCode || (sentence === away && lacksRoom(place.dataFolder))
    if (isFull) return diskFull(dataPlace, error)
  }
  return sentence === undefined ? null : new AssayError('unavailable', sentence, { cause: error })
}

/** A pool for Kysely whose connects and queries throw `unavailable` when the database is away. */
export function guardedPool(pool: pg.Pool, place: Place): PostgresPool {
  const rethrow = (error: unknown): never => {
    throw unavailableOf(error, place) ?? error
  }
  const guarded = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch(rethrow)
      const known = guarded.get(client)
      if (known) return known
      const fresh = guardedClient(client, rethrow)
      guarded.set(client, fresh)
      return fresh
    },
  }
}

function guardedClient(client: pg.PoolClient, rethrow: (error: unknown) => never): PostgresPoolClient {
  let broken = false
  const query = (sql: string, parameters: readonly unknown[]) =>
    client.query(sql, [...parameters]).catch((error: unknown) => {
      broken ||= error instanceof Error && (!('code' in error) || networkCodes.test(String(error.code)))
      return rethrow(error)
    })
  return {
    query: query as unknown as PostgresPoolClient['query'],
    // A connection that broke is thrown away, not handed to the next one who asks.
    release: (destroy) => client.release(destroy || broken),
  }
}

/** Connections to PostgreSQL, however it is run: the same settings for the embedded and for a server database. */
import pg from 'pg'
import type { Journal } from '#io/journal.ts'

/** Where a database is: a URL of a server, or the socket folder of the embedded one and the data folder that it is in. */
export type Place =
  | { url: string }
  | { socketFolder: string; user: string; database: string; dataFolder: string }

export const databaseLimits = {
  /** Per process; the embedded server takes 50, so that a few commands fit beside `serve`. */
  connectionsMax: 12,
  connectTimeoutMs: 5_000,
  /** On the server, so that no query holds a connection for ever. */
  statementTimeoutMs: 60_000,
  /** On our side, later than the server's: the server is gone without saying so. */
  answerTimeoutMs: 70_000,
  idleInTransactionTimeoutMs: 60_000,
} as const

export function openPool(place: Place, journal: Journal | undefined): pg.Pool {
  const pool = new pg.Pool({
    ...clientOptionsOf(place),
    max: databaseLimits.connectionsMax,
    idleTimeoutMillis: 30_000,
    statement_timeout: databaseLimits.statementTimeoutMs,
    query_timeout: databaseLimits.answerTimeoutMs,
    idle_in_transaction_session_timeout: databaseLimits.idleInTransactionTimeoutMs,
  })
  // Without a listener, a connection that breaks while nobody waits on it would end the process.
  // While the pool ends, the server may stop before the last connection has said goodbye: nothing is lost then.
  const note = (cause: Error) => {
    if (!pool.ending) journal?.warn('database connection lost', { cause })
  }
  pool.on('error', note)
  pool.on('connect', (client) => client.on('error', note))
  return pool
}

/** Options of one connection, for the pool and for the few connections beside it. */
export function clientOptionsOf(place: Place): pg.ClientConfig {
  const at =
    'url' in place
      ? { connectionString: place.url }
      : { host: place.socketFolder, user: place.user, database: place.database }
  return {
    ...at,
    application_name: 'assay',
    connectionTimeoutMillis: databaseLimits.connectTimeoutMs,
    keepAlive: true,
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  }
}

/** Counts and change numbers stay far below 2^53: they are numbers here, not texts. */
function parserOf(oid: number, format?: 'text' | 'binary') {
  if (oid === pg.types.builtins.INT8 && format !== 'binary') return Number
  return pg.types.getTypeParser(oid, format as 'text')
}

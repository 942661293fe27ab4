/**
 * Hints that something was written, by NOTIFY. A hint may be lost or come twice: whoever listens also polls, and a
 * hint only makes the next poll come at once.
 */
import { sql } from 'kysely'
import pg from 'pg'
import type { Tx } from '../schema.ts'
import { clientOptionsOf, type Place } from './pool.ts'

export const channels = ['asked', 'claim_reviews', 'feeds', 'log', 'notices', 'tips'] as const
export type Channel = (typeof channels)[number]

/** Tells every listening process once the transaction commits. */
export async function notify(tx: Tx, channel: Channel): Promise<void> {
  await sql`select pg_notify(${channel}, '')`.execute(tx)
}

const reconnectMs = 1_000

/** Calls `onHint` on every hint and after every reconnect, until the returned function is called; never throws. */
export function listen(place: Place, channel: Channel, onHint: () => void): () => Promise<void> {
  let client: pg.Client | null = null
  let retry: NodeJS.Timeout | undefined
  let stopped = false

  function again(): void {
    clearTimeout(retry)
    if (!stopped) retry = setTimeout(connect, reconnectMs).unref()
  }

  function connect(): void {
    const opened = new pg.Client(clientOptionsOf(place))
    client = opened
    opened.on('error', () => opened.end().catch(() => {}))
    opened.on('end', again)
    opened.on('notification', onHint)
    opened
      .connect()
      .then(() => opened.query(`listen ${channel}`))
      .then(onHint)
      // Polling goes on meanwhile, and the database's own failures are told by the queries that need it.
      .catch(again)
  }

  connect()
  return async () => {
    stopped = true
    clearTimeout(retry)
    await client?.end().catch(() => {})
  }
}

/** The log's entries, as the flow extend-log moves them: pending, sequenced, published. */
import { sql } from 'kysely'
import { AssayError } from '#domain/errors.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import type { LogEntryKind } from '#domain/log-entry.ts'
import type { Database, Tx } from '../schema.ts'
import type { LogEntryState, StoredLogEntryKind } from './schema.ts'

/** Entries that may wait for the log at once; more means that witnesses have been away for a long time. */
export const pendingEntriesMax = 10_000

export interface StoredLogEntry {
  leafHash: Uint8Array
  bytes: Uint8Array
  /** Null for the first entry of a later log. */
  claimReviewId: ClaimReviewId | null
  state: LogEntryState
  /** The number of its log; null while pending, as its index there. */
  log: number | null
  index: number | null
}

/** Queues an entry, in the transaction of what it stands for. @throws unavailable when too many wait */
export async function insertLogEntry(
  tx: Tx,
  entry: { leafHash: Uint8Array; bytes: Uint8Array; kind: LogEntryKind; claimReviewId: ClaimReviewId },
  now: Date,
): Promise<void> {
  if ((await countPendingEntries(tx)) >= pendingEntriesMax) {
    throw new AssayError(
      'unavailable',
      'The public log is behind by 10,000 entries; publish again once it has caught up.',
    )
  }
  await tx
    .insertInto('log_entries')
    .values({
      leaf_hash: Buffer.from(entry.leafHash),
      bytes: Buffer.from(entry.bytes),
      kind: entry.kind,
      claim_review_id: entry.claimReviewId,
      state: 'pending',
      log: null,
      index: null,
      pending_at: now,
      published_at: null,
    })
    .execute()
}

/** The entry with which a later log begins: it has its place at once. */
export async function insertFirstEntry(
  tx: Tx,
  { log, leafHash, bytes }: { log: number; leafHash: Uint8Array; bytes: Uint8Array },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('log_entries')
    .values({
      leaf_hash: Buffer.from(leafHash),
      bytes: Buffer.from(bytes),
      kind: 'rotation',
      claim_review_id: null,
      state: 'sequenced',
      log,
      index: 0,
      pending_at: now,
      published_at: null,
    })
    .execute()
}

export async function countPendingEntries(db: Database): Promise<number> {
  const row = await db
    .selectFrom('log_entries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** The oldest pending entries, in the order in which they will stand in the log. */
export async function listPendingEntries(db: Database, limit: number): Promise<StoredLogEntry[]> {
  const rows = await db
    .selectFrom('log_entries')
    .selectAll()
    .where('state', '=', 'pending')
    .orderBy('pending_at')
    .orderBy('leaf_hash')
    .limit(limit)
    .execute()
  return rows.map(entryOf)
}

/** Entries `from` to `to - 1` of a log, in order. */
export async function listLogEntries(
  db: Database,
  log: number,
  from: number,
  to: number,
): Promise<StoredLogEntry[]> {
  const rows = await db
    .selectFrom('log_entries')
    .selectAll()
    .where('log', '=', log)
    .where('index', '>=', from)
    .where('index', '<', to)
    .orderBy('index')
    .execute()
  return rows.map(entryOf)
}

export async function findLogEntry(db: Database, leafHash: Uint8Array): Promise<StoredLogEntry | null> {
  const row = await db
    .selectFrom('log_entries')
    .selectAll()
    .where('leaf_hash', '=', Buffer.from(leafHash))
    .executeTakeFirst()
  return row ? entryOf(row) : null
}

/** Gives pending entries their places in a log, from `firstIndex` on in the order given. */
export async function sequenceEntries(
  tx: Tx,
  log: number,
  leafHashes: readonly Uint8Array[],
  firstIndex: number,
): Promise<void> {
  const hashes = leafHashes.map((hash) => Buffer.from(hash))
  await sql`
    update log_entries set state = 'sequenced', log = ${log}, index = ${firstIndex}::bigint + place.at - 1
    from unnest(${hashes}::bytea[]) with ordinality as place (leaf_hash, at)
    where log_entries.leaf_hash = place.leaf_hash and log_entries.state = 'pending'
  `.execute(tx)
}

/** Marks the sequenced entries `from` to `to - 1` of a log as out in the world. */
export async function publishEntries(
  tx: Tx,
  log: number,
  { from, to }: { from: number; to: number },
  now: Date,
): Promise<void> {
  await tx
    .updateTable('log_entries')
    .set({ state: 'published', published_at: now })
    .where('state', '=', 'sequenced')
    .where('log', '=', log)
    .where('index', '>=', from)
    .where('index', '<', to)
    .execute()
}

/** Puts published entries back in their places in a log, from `firstIndex` on; those that are there stay. */
export async function upsertPublishedEntries(
  tx: Tx,
  log: number,
  entries: readonly {
    leafHash: Uint8Array
    bytes: Uint8Array
    kind: StoredLogEntryKind
    claimReviewId: ClaimReviewId | null
  }[],
  firstIndex: number,
  now: Date,
): Promise<void> {
  if (entries.length === 0) return
  await tx
    .insertInto('log_entries')
    .values(
      entries.map((entry, at) => ({
        leaf_hash: Buffer.from(entry.leafHash),
        bytes: Buffer.from(entry.bytes),
        kind: entry.kind,
        claim_review_id: entry.claimReviewId,
        state: 'published' as const,
        log,
        index: firstIndex + at,
        pending_at: now,
        published_at: now,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('leaf_hash').doUpdateSet((eb) => ({
        state: 'published' as const,
        log: eb.ref('excluded.log'),
        index: eb.ref('excluded.index'),
        published_at: now,
      })),
    )
    .execute()
}

function entryOf(row: {
  leaf_hash: Buffer
  bytes: Buffer
  claim_review_id: string | null
  state: LogEntryState
  log: number | null
  index: number | null
}): StoredLogEntry {
  return {
    leafHash: new Uint8Array(row.leaf_hash),
    bytes: new Uint8Array(row.bytes),
    claimReviewId: row.claim_review_id as ClaimReviewId | null,
    state: row.state,
    log: row.log,
    index: row.index,
  }
}

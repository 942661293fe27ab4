/** The log's entries and its one row of state, as the flow extend-log moves them: pending, sequenced, published. */
import { sql } from 'kysely'
import { AssayError } from '#domain/errors.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import type { LogEntryKind } from '#domain/log-entry.ts'
import type { Database, Tx } from '../schema.ts'
import type { LogEntryState } from './schema.ts'

/** Entries that may wait for the log at once; more means that witnesses have been away for a long time. */
export const pendingEntriesMax = 10_000

export interface StoredLogEntry {
  leafHash: Uint8Array
  bytes: Uint8Array
  claimReviewId: ClaimReviewId
  state: LogEntryState
  /** Null while pending. */
  index: number | null
}

export interface LogState {
  origin: string
  /** What we have signed, and can never take back. */
  size: number
  root: Uint8Array
  checkpoint: string
  /** What the world can read. */
  publishedSize: number
  publishedCheckpoint: string | null
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
      index: null,
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

/** Entries `from` to `to - 1`, in order. */
export async function listLogEntries(db: Database, from: number, to: number): Promise<StoredLogEntry[]> {
  const rows = await db
    .selectFrom('log_entries')
    .selectAll()
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

/** Gives pending entries their indices, from `firstIndex` on in the order given. */
export async function sequenceEntries(
  tx: Tx,
  leafHashes: readonly Uint8Array[],
  firstIndex: number,
): Promise<void> {
  const hashes = leafHashes.map((hash) => Buffer.from(hash))
  await sql`
    update log_entries set state = 'sequenced', index = ${firstIndex}::bigint + place.at - 1
    from unnest(${hashes}::bytea[]) with ordinality as place (leaf_hash, at)
    where log_entries.leaf_hash = place.leaf_hash and log_entries.state = 'pending'
  `.execute(tx)
}

/** Null before the log's first checkpoint. `lock`: nobody else moves the log until this transaction ends. */
export async function findLogState(db: Database, lock?: 'lock'): Promise<LogState | null> {
  const query = db.selectFrom('log_state').selectAll().where('name', '=', 'log')
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  return row
    ? {
        origin: row.origin,
        size: row.size,
        root: new Uint8Array(row.root),
        checkpoint: row.checkpoint,
        publishedSize: row.published_size,
        publishedCheckpoint: row.published_checkpoint,
      }
    : null
}

/** Begins the log; false when another process has begun it already. */
export async function insertLogState(tx: Tx, state: LogState): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('log_state')
    .values({ name: 'log', ...stateRow(state) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows ?? 0) === 1
}

/** Moves the log on from exactly `from`. @throws conflict when it has moved since */
export async function updateLogState(tx: Tx, from: LogState, to: LogState): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('log_state')
    .set(stateRow(to))
    .where('name', '=', 'log')
    .where('checkpoint', '=', from.checkpoint)
    .where('published_size', '=', from.publishedSize)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n)
    throw new AssayError('conflict', 'The log was moved on by another process; read it again.')
}

/** Marks every sequenced entry below the size as out in the world. */
export async function publishEntries(tx: Tx, size: number, now: Date): Promise<void> {
  await tx
    .updateTable('log_entries')
    .set({ state: 'published', published_at: now })
    .where('state', '=', 'sequenced')
    .where('index', '<', size)
    .execute()
}

/** The size that a witness last cosigned; 0 when it never did. */
export async function getWitnessSize(db: Database, name: string): Promise<number> {
  const row = await db.selectFrom('log_witnesses').select('size').where('name', '=', name).executeTakeFirst()
  return row?.size ?? 0
}

export async function upsertWitnessSize(db: Database, name: string, size: number): Promise<void> {
  await db
    .insertInto('log_witnesses')
    .values({ name, size })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ size }))
    .execute()
}

function stateRow({ origin, size, root, checkpoint, publishedSize, publishedCheckpoint }: LogState) {
  return {
    origin,
    size,
    root: Buffer.from(root),
    checkpoint,
    published_size: publishedSize,
    published_checkpoint: publishedCheckpoint,
  }
}

function entryOf(row: {
  leaf_hash: Buffer
  bytes: Buffer
  claim_review_id: string
  state: LogEntryState
  index: number | null
}): StoredLogEntry {
  return {
    leafHash: new Uint8Array(row.leaf_hash),
    bytes: new Uint8Array(row.bytes),
    claimReviewId: row.claim_review_id as ClaimReviewId,
    state: row.state,
    index: row.index,
  }
}

/** Puts published entries back in their places, from `firstIndex` on; those that are there stay. */
export async function upsertPublishedEntries(
  tx: Tx,
  entries: readonly {
    leafHash: Uint8Array
    bytes: Uint8Array
    kind: LogEntryKind
    claimReviewId: ClaimReviewId
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
        index: firstIndex + at,
        pending_at: now,
        published_at: now,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('leaf_hash').doUpdateSet((eb) => ({
        state: 'published' as const,
        index: eb.ref('excluded.index'),
        published_at: now,
      })),
    )
    .execute()
}

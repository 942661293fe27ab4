/** The head of the log that is written now, the logs before it, and how far witnesses have followed. */
import { AssayError } from '#domain/errors.ts'
import type { Database, Tx } from '../schema.ts'

export interface LogState {
  /** Which of this instance's logs: 1 for the first; each change of the key begins the next. */
  number: number
  origin: string
  /** What we have signed, and can never take back. */
  size: number
  root: Uint8Array
  checkpoint: string
  /** What the world can read. */
  publishedSize: number
  publishedCheckpoint: string | null
}

/** Null before the log's first checkpoint. `lock`: nobody else moves the log until this transaction ends. */
export async function findLogState(db: Database, lock?: 'lock'): Promise<LogState | null> {
  const query = db
    .selectFrom('log_state')
    .innerJoin('logs', 'logs.number', 'log_state.number')
    .selectAll('log_state')
    .select('logs.origin')
    .where('log_state.name', '=', 'log')
  const row = await (lock ? query.forUpdate('log_state') : query).executeTakeFirst()
  return row
    ? {
        number: row.number,
        origin: row.origin,
        size: row.size,
        root: new Uint8Array(row.root),
        checkpoint: row.checkpoint,
        publishedSize: row.published_size,
        publishedCheckpoint: row.published_checkpoint,
      }
    : null
}

/** Every log of this instance, the first one first. */
export async function listLogs(db: Database): Promise<{ number: number; origin: string }[]> {
  return db.selectFrom('logs').selectAll().orderBy('number').execute()
}

/** Begins the first log; false when another process has begun it already. */
export async function insertLogState(tx: Tx, state: LogState): Promise<boolean> {
  await upsertLog(tx, state)
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('log_state')
    .values({ name: 'log', ...stateRow(state) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows ?? 0) === 1
}

/** Adds a log, or leaves it as it is. */
export async function upsertLog(
  tx: Tx,
  { number, origin }: Pick<LogState, 'number' | 'origin'>,
): Promise<void> {
  await tx
    .insertInto('logs')
    .values({ number, origin })
    .onConflict((conflict) => conflict.column('number').doNothing())
    .execute()
}

/** Moves the log on from exactly `from`, or to the beginning of another log. @throws conflict when it has moved since */
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

/** Witnesses have seen nothing of a log that begins. */
export async function removeWitnessSizes(tx: Tx): Promise<void> {
  await tx.deleteFrom('log_witnesses').execute()
}

function stateRow({ number, size, root, checkpoint, publishedSize, publishedCheckpoint }: LogState) {
  return {
    number,
    size,
    root: Buffer.from(root),
    checkpoint,
    published_size: publishedSize,
    published_checkpoint: publishedCheckpoint,
  }
}

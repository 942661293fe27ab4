/** The log's tables as Kysely sees them (migrations/0002-log.sql, 0012-logs.sql). */
import type { ColumnType } from 'kysely'
import type { LogEntryKind } from '#domain/log-entry.ts'

export interface LogTables {
  logs: { number: number; origin: string }
  log_entries: {
    leaf_hash: Buffer
    bytes: Buffer
    kind: StoredLogEntryKind
    claim_review_id: string | null
    state: LogEntryState
    log: number | null
    index: number | null
    pending_at: ColumnType<Date, Date, Date>
    published_at: ColumnType<Date | null, Date | null, Date | null>
  }
  log_state: {
    name: 'log'
    number: number
    size: number
    root: Buffer
    checkpoint: string
    published_size: number
    published_checkpoint: string | null
  }
  log_witnesses: { name: string; size: number }
}

export type LogEntryState = 'pending' | 'sequenced' | 'published'

/** `rotation`: the first entry of a later log, which is the last checkpoint of the one before. */
export type StoredLogEntryKind = LogEntryKind | 'rotation'

/** The log's tables as Kysely sees them (migrations/0002-log.sql). */
import type { ColumnType } from 'kysely'
import type { LogEntryKind } from '#domain/log-entry.ts'

export interface LogTables {
  log_entries: {
    leaf_hash: Buffer
    bytes: Buffer
    kind: LogEntryKind
    claim_review_id: string
    state: LogEntryState
    index: number | null
    pending_at: ColumnType<Date, Date, Date>
    published_at: ColumnType<Date | null, Date | null, Date | null>
  }
  log_state: {
    name: 'log'
    origin: string
    size: number
    root: Buffer
    checkpoint: string
    published_size: number
    published_checkpoint: string | null
  }
  log_witnesses: { name: string; size: number }
}

export type LogEntryState = 'pending' | 'sequenced' | 'published'

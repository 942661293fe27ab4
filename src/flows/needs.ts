/** What a flow is handed: every place that it may touch, the clock and the source of ids. A flow names the ones it uses. */

import type { Config } from '#config.ts'
import type { IdSource } from '#domain/ids.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import type { Database } from '#io/database/open.ts'
import type { Embedder } from '#io/embedder/embedder.ts'
import type { FadingKeys } from '#io/fading-keys.ts'
import type { Journal } from '#io/journal.ts'
import type { Keys } from '#io/keys.ts'
import type { Metrics } from '#io/metrics.ts'
import type { Fetcher } from '#io/net/fetcher.ts'
import type { Engine } from '#matching/engine.ts'
import type { LogPlace } from './log-place.ts'
import type { TipGate } from './tip-gate.ts'

export interface Needs {
  config: Config
  db: Database
  /** Kept current with the database by the flow keep-index-current. */
  engine: Engine
  index: IndexState
  fetcher: Fetcher
  journal: Journal
  metrics: Metrics
  clock: Clock
  ids: IdSource
  /** Derived from the master secret. */
  keys: Keys
  /** What tips are sealed with; no backup holds them. */
  fadingKeys: FadingKeys
  /** How many tips this process takes in at a time. */
  tipGate: TipGate
  log: LogPlace
  /** Copies of the sources that verdicts stand on, by their SHA-256. */
  captures: BlobStore
  /** Null: none is set, and everything is compared by words alone. */
  embedder: Embedder | null
}

/** How level the engine is with the database. */
export interface IndexState {
  /** Whether it has held every review of the database once since the start. */
  ready: boolean
  /** When it last was level; null until then. */
  levelAt: Date | null
}

export interface Clock {
  now(): Date
}

/** What there is without an index: all that a command needs that only reads or writes rows. */
export type DatabaseNeeds = Omit<Needs, 'engine' | 'index'>

/** What the worker has: the index too, where it runs in the process that serves. */
export type WorkerNeeds = DatabaseNeeds & Partial<Pick<Needs, 'engine' | 'index'>>

/** The tables as Kysely sees them, written by hand beside migrations/: a column added there is added here. */
import type { ColumnType, Generated, JSONColumnType, Kysely, Transaction } from 'kysely'
import type { ReviewRecord } from '#domain/claim-review.ts'
import type { FeedFormat, FeedPageKind, FeedPageState, FeedState } from '#domain/feed.ts'
import type { ClaimReviewId, FeedId, PublisherId } from '#domain/ids.ts'
import type { RatingValue } from '#domain/rating.ts'
import type { CaseTables } from './cases/schema.ts'
import type { LogTables } from './log/schema.ts'
import type { PeopleTables } from './people/schema.ts'
import type { PublicationTables } from './publications/schema.ts'
import type { TipTables } from './tips/schema.ts'

/** The database itself or a transaction on it: reads take either. */
export type Database = Kysely<Tables>
/** Writes ask for a transaction, so that nothing is ever written by halves. */
export type Tx = Transaction<Tables>

type Time = ColumnType<Date, Date | string, Date | string>
type TimeOrNull = ColumnType<Date | null, Date | string | null, Date | string | null>

export interface Tables extends LogTables, CaseTables, PeopleTables, PublicationTables, TipTables {
  database_identity: { id: Generated<string> }
  publishers: PublishersTable
  claim_reviews: ClaimReviewsTable
  claim_review_versions: ClaimReviewVersionsTable
  claim_review_vectors: ClaimReviewVectorsTable
  removed_claim_reviews: { claim_review_id: ClaimReviewId; change_number: number }
  change_counters: { name: 'claim-reviews'; value: number }
  feeds: FeedsTable
  feed_pages: FeedPagesTable
  refusals: RefusalsTable
}

interface PublishersTable {
  id: PublisherId
  key: string
  site: string | null
  name: string
  sample: boolean
  created_at: Time
}

interface ClaimReviewsTable {
  id: ClaimReviewId
  publisher_id: PublisherId
  identity: Buffer
  content: Buffer
  record: JSONColumnType<ReviewRecord>
  rating_value: RatingValue | null
  lang: string | null
  reviewed_at: TimeOrNull
  listed_at: Time
  topic_words: string[]
  version: number
  first_seen_at: Time
  changed_at: Time
  change_number: number
}

interface ClaimReviewVersionsTable {
  claim_review_id: ClaimReviewId
  version: number
  record: JSONColumnType<ReviewRecord>
  seen_at: Time
}

interface ClaimReviewVectorsTable {
  claim_review_id: ClaimReviewId
  model: string
  dimension: number
  text_hash: Buffer
  vector: Buffer | null
  review_change: number
  number: number
}

interface FeedsTable {
  id: FeedId
  publisher_id: PublisherId | null
  url: string
  format: FeedFormat
  state: FeedState
  etag: string | null
  last_modified: string | null
  failures: Generated<number>
  last_error: string | null
  last_read_at: TimeOrNull
  last_good_at: TimeOrNull
  next_read_at: Time
  created_at: Time
}

interface FeedPagesTable {
  feed_id: FeedId
  url: string
  kind: FeedPageKind
  mark: string | null
  state: FeedPageState
  failures: Generated<number>
  last_error: string | null
  etag: string | null
  last_modified: string | null
  read_at: TimeOrNull
  listed_at: Time
}

interface RefusalsTable {
  id: Buffer
  kind: 'refused' | 'note'
  publisher_id: PublisherId | null
  feed_id: FeedId | null
  source: string
  path: string
  message: string
  excerpt: string
  seen_at: Time
}

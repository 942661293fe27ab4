/** ingest, the whole of one source: opened bytes → read-source → intake → its account, with what went wrong in words. */
import { type AssayError, isAssayError } from '#domain/errors.ts'
import type { FeedId, PublisherId } from '#domain/ids.ts'
import type { WritingNeeds } from './batches.ts'
import { openIntake } from './intake.ts'
import { type ListedPage, type ReadingOptions, readSource, type Source } from './read-source.ts'
import type { SourceFormat } from './recognise.ts'
import type { Tally } from './tally.ts'

export interface IngestOptions extends Omit<ReadingOptions, 'onProgress'> {
  feedId?: FeedId | null
  /** Identities of this run so far, shared by the sources of one run; added to. */
  seen?: Set<string>
  onProgress?: ((tally: Tally) => void) | undefined
}

export interface Ingested {
  /** Null when it could not be told. */
  format: SourceFormat | null
  /** What a feed or sitemap lists; null for a source of reviews. */
  listed: ListedPage[] | null
  tally: Tally
  /** The publisher of all that was read; null when there are several or none. */
  publisherId: PublisherId | null
  /** Why reading ended too soon; what was read before it is in the account and in the database. */
  problem: AssayError | null
}

/** @throws unavailable when the database is away; the signal's reason */
export async function ingestSource(
  needs: WritingNeeds,
  source: Source,
  options: IngestOptions,
): Promise<Ingested> {
  const { feedId = null, seen = new Set(), onProgress } = options
  const intake = openIntake(needs, { source: source.name, feedId, seen, site: options.publisher })
  const reading = { ...options, onProgress: onProgress && (() => onProgress(intake.tally)) }
  try {
    const { format, listed } = await readSource(source, intake, reading)
    return { format, listed, problem: null, ...(await intake.end(null)) }
  } catch (error) {
    if (!isAssayError(error)) throw error
    return { format: null, listed: null, problem: error, ...(await intake.end(error)) }
  }
}

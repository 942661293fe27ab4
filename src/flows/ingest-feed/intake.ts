/**
 * ingest, last step: validated reviews go into the database in batches, each its own transaction, and every refused
 * item is kept. Nothing is half-written when it is stopped, and doing it again goes on from there by changing nothing.
 */
import type { Refusal, ReviewRecord, ReviewsRead } from '#domain/claim-review.ts'
import type { AssayError } from '#domain/errors.ts'
import type { FeedId, PublisherId } from '#domain/ids.ts'
import type { Tx } from '#io/database/open.ts'
import { findPublisher, upsertPublishers } from '#io/database/publishers.ts'
import { refusalLimits, replaceRefusals } from '#io/database/refusals.ts'
import { publisherOf } from '#io/database/review-identity.ts'
import { sureLanguageOf } from '#matching/text/language.ts'
import { openBatches, type WritingNeeds } from './batches.ts'
import { countRefused, countUpserted, emptyTally, type Tally } from './tally.ts'

export interface IntakeOptions {
  /** Address or file name that the items come from. */
  source: string
  feedId?: FeedId | null
  /** Host of the publisher whose page says what was refused; null: the one of all reviews, where they have one. */
  site?: string | null
  /** Identities of this run so far, shared by the sources of one run. */
  seen?: Set<string>
}

export interface Intake {
  /** Takes in what was read; waits when the database is behind. @throws unavailable when the database is away */
  add(read: ReviewsRead): Promise<void>
  /**
   * Writes what is left, and what was refused in place of what an earlier reading of the source left: the source's own
   * problem, where reading it ended with one, among it.
   */
  end(problem: AssayError | null): Promise<Intaken>
  /** So far; batches on their way are not in it yet. */
  tally: Tally
}

export interface Intaken {
  tally: Tally
  /** The publisher of all of it; null when there are several or none. */
  publisherId: PublisherId | null
}

export function openIntake(needs: WritingNeeds, options: IntakeOptions): Intake {
  const { db, clock, ids } = needs
  const { source, feedId = null } = options
  const tally = emptyTally()
  const refusals: Refusal[] = []
  const notes: Refusal[] = []
  const sites = new Set<string | null>()
  const batches = openBatches(needs, options.seen ?? new Set(), (upserted) => countUpserted(tally, upserted))

  async function findPublisherId(tx: Tx): Promise<PublisherId | null> {
    if (options.site) {
      const publisher = publisherOf({ publisher: { site: options.site, name: null }, url: null })
      const made = await upsertPublishers(tx, [publisher], { now: clock.now(), ids })
      return made.get(publisher.key) ?? null
    }
    const [only] = sites
    return sites.size === 1 && only ? ((await findPublisher(tx, only))?.id ?? null) : null
  }

  async function keepRefusals(): Promise<PublisherId | null> {
    return db.transaction().execute(async (tx) => {
      const publisherId = await findPublisherId(tx)
      await replaceRefusals(tx, source, { refusals, notes }, { now: clock.now(), feedId, publisherId })
      return publisherId
    })
  }

  return {
    tally,
    async add(read) {
      for (const refusal of read.refusals) {
        countRefused(tally, refusal.message)
        if (refusals.length < refusalLimits.perSourceMax) refusals.push(refusal)
      }
      notes.push(...read.notes.slice(0, refusalLimits.perSourceMax - notes.length))
      for (const record of read.records) {
        if (sites.size < 2) sites.add(publisherOf(record).site)
        await batches.add(inItsLanguage(record))
      }
    },
    async end(problem) {
      if (problem) refusals.unshift({ path: '$', message: problem.message, excerpt: '' })
      await batches.end()
      return { tally, publisherId: await keepRefusals() }
    },
  }
}

/** Where the source names no language, the one that claim and title are written in, when that is plain. */
function inItsLanguage(record: ReviewRecord): ReviewRecord {
  return record.lang === null
    ? { ...record, lang: sureLanguageOf([record.claim, record.title].join(' ').trim()) }
    : record
}

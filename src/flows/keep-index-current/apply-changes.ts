/** One batch of changes from the database into the engine, in slices, so that messages are answered in between. */
import { setImmediate as othersFirst } from 'node:timers/promises'
import {
  type ClaimReviewChange,
  type IndexedRecord,
  listChangedClaimReviews,
} from '#io/database/claim-review-changes.ts'
import type { Database } from '#io/database/open.ts'
import type { Engine, Matchable } from '#matching/engine.ts'

const changesMax = 1_000
/** A reader waits at most this long for a slice of changes. */
const sliceMs = 15

export interface Applied {
  /** The number of the last change that the engine has now. */
  changeNumber: number
  /** Whether that was all there was. */
  level: boolean
}

export async function applyChanges(
  db: Database,
  engine: Engine,
  after: number,
  signal: AbortSignal,
): Promise<Applied> {
  const changes = await listChangedClaimReviews(db, after, changesMax)
  let changeNumber = after
  let sliceEndsAt = performance.now() + sliceMs
  for (const change of changes) {
    apply(engine, change)
    changeNumber = change.changeNumber
    if (signal.aborted) break
    if (performance.now() > sliceEndsAt) {
      await othersFirst()
      sliceEndsAt = performance.now() + sliceMs
    }
  }
  return { changeNumber, level: changes.length < changesMax && !signal.aborted }
}

function apply(engine: Engine, change: ClaimReviewChange): void {
  if (change.kind === 'remove') engine.remove(change.id)
  else engine.upsert(change.id, matchableOf(change.record))
}

/** What of a record is matched against. */
function matchableOf(record: IndexedRecord): Matchable {
  const { claim, title, body, lang, reviewedAt, url, appearances } = record
  const summary = [record.summary, record.ratingExplanation].filter((text) => text !== null).join('\n')
  return {
    claim,
    title,
    summary: summary === '' ? null : summary,
    body,
    lang,
    links: url === null ? appearances : [url, ...appearances],
    reviewedAt,
  }
}

/** database → open formats: all public data into one folder, as of one moment, so that everyone can leave (promise 8). */

import type { ClaimReview } from '#domain/claim-review.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import { formatDataFeedItem } from '#formats/claimreview/format-claim-review.ts'
import { listClaimReviews, listClaimReviewVersions } from '#io/database/claim-reviews.ts'
import { listFeeds } from '#io/database/feeds.ts'
import type { Database } from '#io/database/open.ts'
import {
  listLoggedReviews,
  listPublicationsOf,
  type Publication,
} from '#io/database/publications/publications.ts'
import { listPublishers } from '#io/database/publishers.ts'
import { type Pieces, startNewFolder } from '#io/new-folder.ts'
import { type LogPlace, verifierPath } from '../log-place.ts'
import type { Needs } from '../needs.ts'
import { findServedLog } from '../served-logs.ts'
import { readme } from './readme.ts'

export interface Exported {
  claimReviews: number
  publishers: number
  feeds: number
  /** Documents of this instance's own organisations, every version. */
  publications: number
  /** Files of the public log; 0 when it has not begun. */
  logFiles: number
}

/** A folder that is new, or empty, and is there in the end either whole or not at all. @throws conflict, invalid */
export async function exportData(
  { db, clock, config, log }: Pick<Needs, 'db' | 'clock' | 'config' | 'log'>,
  path: string,
): Promise<Exported> {
  const folder = await startNewFolder(path)
  try {
    const exported = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        const publishers = await listPublishers(tx)
        const feeds = await listFeeds(tx)
        let claimReviews = 0
        let publications = 0
        const files: [name: string, pieces: Pieces][] = [
          ['claim-reviews.jsonl', counted(reviewLines(tx), () => claimReviews++)],
          ['claim-reviews.datafeed.json', dataFeed(tx, config.publicUrl, clock.now())],
          ['publications.jsonl', counted(publicationLines(tx), () => publications++)],
          ['publishers.jsonl', publishers.map(line)],
          ['feeds.jsonl', feeds.map(line)],
          ['README.md', [readme(config.publicUrl, clock.now())]],
        ]
        const sums = []
        for (const [name, pieces] of files) sums.push(`${await folder.write(name, pieces)}  ${name}\n`)
        let logFiles = 0
        for await (const [name, bytes] of filesOfLogs(log)) {
          sums.push(`${await folder.write(name, bytes)}  ${name}\n`)
          logFiles++
        }
        await folder.write('SHA256SUMS', sums)
        return { claimReviews, publishers: publishers.length, feeds: feeds.length, publications, logFiles }
      })
    await folder.finish()
    return exported
  } finally {
    await folder.discard()
  }
}

/** As they are served: the log that is written now below log/, those before it below log/1/, log/2/… */
async function* filesOfLogs(log: LogPlace): AsyncGenerator<[name: string, bytes: Uint8Array]> {
  const newest = (await findServedLog(log)) ?? 0
  for (let number = 1; number <= newest; number++) {
    const folder = number === newest ? 'log' : `log/${number}`
    const files = log.filesOf(number)
    // the checkpoint first: the tiles that it needs are there by then, and never change
    for (const path of ['checkpoint', verifierPath, ...(await files.list('tile'))]) {
      const bytes = await files.read(path)
      if (bytes !== null) yield [`${folder}/${path}`, bytes]
    }
  }
}

/** Each review as the API shows it, with its earlier versions. */
async function* reviewLines(db: Database): AsyncGenerator<string> {
  for await (const review of allReviews(db)) {
    const versions = review.version > 1 ? await listClaimReviewVersions(db, review.id) : []
    yield line({ ...review, earlierVersions: versions.filter(({ version }) => version < review.version) })
  }
}

/** Each document with its salt and its entry: what the log has only a digest of can be compared with it for ever. */
async function* publicationLines(db: Database): AsyncGenerator<string> {
  let after: ClaimReviewId | null = null
  for (;;) {
    const ids: ClaimReviewId[] = await listLoggedReviews(db, after, pageMax)
    for (const publication of await listPublicationsOf(db, ids)) yield line(exported(publication))
    if (ids.length < pageMax) return
    after = ids.at(-1)!
  }
}

function exported({ claimReviewId, version, kind, publishedAt, document, salt, entry }: Publication): object {
  return {
    id: claimReviewId,
    version,
    kind,
    publishedAt: publishedAt.toISOString(),
    document,
    salt: salt && Buffer.from(salt).toString('hex'),
    entry: new TextDecoder().decode(entry.bytes),
    log: entry.origin,
    index: entry.index,
  }
}

async function* dataFeed(db: Database, publicUrl: string, now: Date): AsyncGenerator<string> {
  const head = {
    '@context': 'https://schema.org',
    '@type': 'DataFeed',
    url: publicUrl,
    dateModified: now.toISOString(),
  }
  yield `${JSON.stringify(head).slice(0, -1)},"dataFeedElement":[`
  let between = '\n'
  for await (const review of allReviews(db)) {
    yield between + JSON.stringify(formatDataFeedItem(review))
    between = ',\n'
  }
  yield '\n]}\n'
}

async function* allReviews(db: Database): AsyncGenerator<ClaimReview> {
  let cursor: string | undefined
  do {
    const page = await listClaimReviews(db, {}, { limit: pageMax, cursor })
    yield* page.claimReviews
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

/** Reviews in memory at a time. */
const pageMax = 100

async function* counted(lines: AsyncIterable<string>, count: () => void): AsyncGenerator<string> {
  for await (const one of lines) {
    count()
    yield one
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`
}

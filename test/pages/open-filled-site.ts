/** The real server on a database of its own, with the reviews of records.ts in it, for tests that look at pages. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSite, type Site } from '#cli/site/open-site.ts'
import { loadPages } from '#cli/site/pages.ts'
import { readConfig } from '#config.ts'
import type { ReviewRecord } from '#domain/claim-review.ts'
import { recordFeedFailure, recordFeedRead, upsertFeed } from '#io/database/feeds.ts'
import type { Database, OpenedDatabase } from '#io/database/open.ts'
import { getPublisher } from '#io/database/publishers.ts'
import { replaceRefusals } from '#io/database/refusals.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import { openJournal } from '#io/journal.ts'
import { changedRecord, otherRecords, sampleRecords } from './records.ts'

/** On the given database, else on an embedded one in a scratch folder. `empty`: without any review. */
export async function openFilledSite({
  database,
  empty = false,
  settings = {},
}: {
  database?: OpenedDatabase
  empty?: boolean
  /** Beside those of a test. */
  settings?: NodeJS.ProcessEnv
} = {}): Promise<Site> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'assay-pages-'))
  const config = readConfig({ PORT: '0', ASSAY_DATA: dataFolder, ...settings })
  const site = await openSite(config, {
    ...(database ? { database } : {}),
    journal: openJournal('error'),
    pages: await loadPages(),
    prepare: async ({ db }) => {
      if (!empty) await fill(db)
    },
  })
  await site.caughtUp
  return {
    ...site,
    close: async () => {
      await site.close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

async function fill(db: Database): Promise<void> {
  const first = new Date('2024-02-01T06:00:00Z')
  const later = new Date('2024-06-15T18:20:00Z')
  await upsert(db, sampleRecords, first, true)
  await upsert(db, otherRecords, first, false)
  await upsert(db, [changedRecord], later, false)
  const { id: publisherId } = await getPublisher(db, 'northwind.example')
  await db.transaction().execute(async (tx) => {
    const about = { now: first, ids: idsAt(first) }
    const good = await upsertFeed(
      tx,
      { url: 'https://northwind.example/feed.xml', format: 'feed', publisherId },
      about,
    )
    await recordFeedRead(tx, good.id, { now: later, etag: null, lastModified: null })
    const ill = await upsertFeed(
      tx,
      { url: 'https://northwind.example/claimreview.json', format: 'datafeed', publisherId },
      about,
    )
    await recordFeedFailure(tx, ill.id, {
      now: later,
      message: 'The address answered 500; nothing was read.',
    })
    await replaceRefusals(
      tx,
      'https://northwind.example/checks/penny',
      {
        refusals: [
          {
            path: '$.claimReviewed',
            message: 'The claim is missing; put what was claimed into claimReviewed.',
            excerpt: '{"@type":"ClaimReview","reviewRating":{"alternateName":"Eh?"}}',
          },
        ],
        notes: [{ path: '$.datePublished', message: 'is not a day that exists', excerpt: '2015-06-31' }],
      },
      { now: later, publisherId },
    )
  })
}

async function upsert(db: Database, records: ReviewRecord[], now: Date, sample: boolean): Promise<void> {
  await db.transaction().execute((tx) => upsertClaimReviews(tx, records, { now, ids: idsAt(now), sample }))
}

function idsAt(now: Date) {
  return { now: () => now, randomBytes: (count: number) => randomBytes(count) }
}

/** From a committed review to an answer with it in another process: a database of its own, a writer here, a reader there. */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#config.ts'
import { percentile } from '#flows/evaluate/metrics.ts'
import { openDatabase } from '#io/database/open.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import { openJournal } from '#io/journal.ts'
import { formatTable, ms } from '../format-table.ts'
import { scaleClaims } from '../sets.ts'

const commits = 50
const ids = { now: () => new Date(), randomBytes: (count: number) => randomBytes(count) }

const dataFolder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
const config = readConfig({ ASSAY_DATA: dataFolder })
const { db, close } = await openDatabase(config, { journal: openJournal('error') })
const reader = fork(join(import.meta.dirname, 'reader.ts'), [dataFolder], {
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
})
await once(reader, 'message')

const waits: number[] = []
for await (const { review } of scaleClaims()) {
  if (waits.length === commits) break
  if (review.claim.split(' ').length < 8) continue
  reader.send(waits.length + 1)
  await once(reader, 'message')
  const found = once(reader, 'message')
  await db.transaction().execute((tx) =>
    upsertClaimReviews(
      tx,
      [
        {
          publisher: { site: 'checks.example', name: 'Checks' },
          url: `https://checks.example/${waits.length}`,
          sourceId: null,
          claim: review.claim,
          title: null,
          summary: null,
          body: null,
          rating: { words: 'False', value: 'false', scale: null },
          ratingExplanation: null,
          lang: review.lang,
          reviewedAt: null,
          claimedAt: null,
          appearances: [],
          claimant: null,
        },
      ],
      { now: new Date(), ids },
    ),
  )
  const committed = performance.now()
  await found
  waits.push(performance.now() - committed)
}
reader.disconnect()
await once(reader, 'exit')
await close()
rmSync(dataFolder, { recursive: true })

process.stdout.write(`${commits} reviews committed one after another to the embedded database by one process; another process that keeps its index
current looks every millisecond whether it holds the new one.

${formatTable(
  ['measure', 'value'],
  [
    ['commit → found, p50', `${ms(percentile(waits, 0.5))} ms`],
    ['commit → found, most', `${ms(Math.max(...waits))} ms`],
  ],
)}
`)

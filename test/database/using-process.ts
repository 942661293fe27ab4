/**
 * A process of its own that uses a data folder, for tests that kill it or run it beside others.
 * `hold`: says "open", waits for the end of its input, closes and says "closed".
 * `write`: writes one review after the other for ever and says the number of each that was acknowledged.
 */
import { randomBytes } from 'node:crypto'
import { openDatabase } from '#io/database/open.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import { reviewRecord } from './review-record.ts'

const [task, dataFolder, from = '0'] = process.argv.slice(2)
const ids = { now: () => new Date(), randomBytes: (count: number) => randomBytes(count) }
const opened = await openDatabase({ dataFolder: dataFolder!, databaseUrl: null })

if (task === 'hold') {
  process.stdout.write('open\n')
  for await (const _ of process.stdin);
  await opened.close()
  process.stdout.write('closed\n')
} else {
  for (let number = Number(from); ; number++) {
    const record = reviewRecord({ url: `https://checks.example/${number}` })
    await opened.db.transaction().execute((tx) => upsertClaimReviews(tx, [record], { now: new Date(), ids }))
    process.stdout.write(`${number}\n`)
  }
}

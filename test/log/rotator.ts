/**
 * A process that changes the log's key, for tests that kill it. Arguments as grower.ts has them: data folder, name of the run,
 * entries that are published before each change, changes (0: for ever). Says "ready", then of every change which log is out.
 */
import { readConfig } from '#config.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import { openLogPlace } from '#flows/extend-log/open-log-place.ts'
import { rotateLog } from '#flows/extend-log/rotate-log.ts'
import type { Needs } from '#flows/needs.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { insertLogEntry } from '#io/database/log/log-entries.ts'
import { findLogState } from '#io/database/log/log-state.ts'
import { openDatabase } from '#io/database/open.ts'

const [dataFolder = '', run = '', perStep = '1', steps = '0'] = process.argv.slice(2)
const config = readConfig({ ASSAY_DATA: dataFolder })
const { db, close } = await openDatabase(config)
const place = await openLogPlace(config)
const journal = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Needs['journal']
const clock = { now: () => new Date() }
const needs = { db, config, clock, journal, fetcher: {} as Needs['fetcher'] }
await openLog(needs, place)
const unlimited = steps === '0'
if (!unlimited) await publish(0)
process.stdout.write('ready\n')

for (let step = 0; unlimited || step < Number(steps); step++) {
  if (unlimited) await publish(step)
  await rotateLog(needs, place, null)
  const { number, publishedSize, root, size } = (await findLogState(db))!
  const seen = publishedSize === size ? Buffer.from(root).toString('hex') : ''
  process.stdout.write(`${JSON.stringify({ log: number, size: publishedSize, root: seen })}\n`)
}
await close()

async function publish(step: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (let at = 0; at < Number(perStep); at++) {
      const bytes = new TextEncoder().encode(canonicalJson({ run, step, at }))
      const claimReviewId = run as ClaimReviewId
      await insertLogEntry(
        tx,
        { bytes, leafHash: leafHash(bytes), kind: 'verdict', claimReviewId },
        clock.now(),
      )
    }
  })
  while ((await extendLog(needs, place)) === 'published');
}

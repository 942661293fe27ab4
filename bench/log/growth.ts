/**
 * Grows a log on a real database and disk and checks it from outside: to each size of `--sizes`, then one entry a
 * checkpoint as fast as it goes for `--publishes` of them. Prints one JSON object.
 */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { ClaimReviewId } from '#domain/ids.ts'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import type { Needs } from '#flows/needs.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { verifyLog } from '#formats/tlog/verify-log.ts'
import { insertLogEntry, pendingEntriesMax } from '#io/database/log/log-entries.ts'
import { Torture } from '../../test/log/torture.ts'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1,255,256,257,513,600,70000' },
    publishes: { type: 'string', default: '300' },
  },
})
/** Bound by the parameters of one statement. */
const rowsPerInsert = 1_000

const torture = await Torture.open()
const { database, place } = torture
const silent = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Needs['journal']
const needs = {
  db: database.db,
  clock: { now: () => new Date() },
  journal: silent,
  fetcher: {} as Needs['fetcher'],
}

let size = 0
const grown: object[] = []
for (const wanted of values.sizes.split(',').map(Number)) {
  const started = performance.now()
  while (size < wanted) {
    const count = Math.min(wanted - size, pendingEntriesMax / 2)
    await queue(count)
    size += count
    while ((await extendLog(needs, place)) === 'published');
  }
  const grownMs = performance.now() - started
  const checked = performance.now()
  const report = await verifyLog(place.filesOf(1).read, [verifierOf(await place.verifierOf(1))!])
  const partials = await missingPartials()
  grown.push({
    size,
    grown_s: seconds(grownMs),
    verified_s: seconds(performance.now() - checked),
    entries: report.entries,
    files: report.files,
    problem: report.problem,
    missing_files: partials,
    rss_mb: Math.round(process.memoryUsage.rss() / 1e6),
  })
}

// seventy thousand rows that moved within seconds: the server clears up after them by itself, only a minute later
await sql`vacuum analyze log_entries`.execute(database.db)
const took: number[] = []
const count = Number(values.publishes)
const started = performance.now()
for (let at = 0; at < count; at++) {
  const from = performance.now()
  await queue(1)
  while ((await extendLog(needs, place)) !== 'idle');
  took.push(performance.now() - from)
}
const alone_s = (performance.now() - started) / 1000
took.sort((a, b) => a - b)
const batchStarted = performance.now()
await queue(pendingEntriesMax / 2)
while ((await extendLog(needs, place)) !== 'idle');
const batch_s = (performance.now() - batchStarted) / 1000

const problems = await torture.problems()
process.stdout.write(
  `${JSON.stringify(
    {
      grown,
      one_by_one: {
        entries_per_s: Math.round(count / alone_s),
        p50_ms: Math.round(took[Math.floor(count / 2)] ?? 0),
        p99_ms: Math.round(took[Math.floor(count * 0.99)] ?? 0),
      },
      batched_entries_per_s: Math.round(pendingEntriesMax / 2 / batch_s),
      problems,
    },
    null,
    2,
  )}\n`,
)
await torture.close()

async function queue(entries: number): Promise<void> {
  const rows = Array.from({ length: entries }, () => {
    const bytes = new Uint8Array(randomBytes(200))
    return {
      bytes,
      leafHash: leafHash(bytes),
      kind: 'verdict' as const,
      claimReviewId: 'bench' as ClaimReviewId,
    }
  })
  const now = new Date()
  if (entries === 1) return database.db.transaction().execute((tx) => insertLogEntry(tx, rows[0]!, now))
  for (let at = 0; at < entries; at += rowsPerInsert) {
    const values = rows.slice(at, at + rowsPerInsert).map(({ bytes, leafHash, kind, claimReviewId }) => ({
      leaf_hash: Buffer.from(leafHash),
      bytes: Buffer.from(bytes),
      kind,
      claim_review_id: claimReviewId,
      state: 'pending' as const,
      index: null,
      pending_at: now,
      published_at: null,
    }))
    await database.db.insertInto('log_entries').values(values).execute()
  }
}

/** Partial tiles and bundles of the sizes that were signed, which must all be there. */
async function missingPartials(): Promise<number> {
  let missing = 0
  await torture.look()
  for (const { size } of torture.seen.get(1)!.values()) {
    for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / 256)) {
      if (width % 256 === 0) continue
      const index = String(Math.floor(width / 256)).padStart(3, '0')
      const part = `${index}.p/${width % 256}`
      for (const path of level === 0
        ? [`tile/0/${part}`, `tile/entries/${part}`]
        : [`tile/${level}/${part}`]) {
        if ((await place.filesOf(1).read(path)) === null) missing++
      }
    }
  }
  return missing
}

function seconds(ms: number): number {
  return Math.round(ms / 10) / 100
}

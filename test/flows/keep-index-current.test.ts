/** The index follows the database, and a start goes on from the snapshot that the last one left. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { openNeeds } from '#cli/open-needs.ts'
import { readConfig } from '#config.ts'
import { keepIndexCurrent } from '#flows/keep-index-current/keep-index-current.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import { openJournal } from '#io/journal.ts'
import { reviewRecord, written } from '../database/review-record.ts'
import { freshDatabase } from '../fresh-database.ts'

const dataFolder = mkdtempSync(join(tmpdir(), 'assay-index-'))
const lines: string[] = []
const journal = openJournal('info', (line) => void lines.push(line))
const database = await freshDatabase()
const { needs } = await openNeeds(readConfig({ ASSAY_DATA: dataFolder }), { journal, database })
const file = join(dataFolder, 'index', 'reviews.snapshot')
afterAll(() => rmSync(dataFolder, { recursive: true }))

const add = (claim: string) =>
  needs.db
    .transaction()
    .execute((tx) =>
      upsertClaimReviews(
        tx,
        [reviewRecord({ claim, url: `https://checks.example/${randomBytes(6).toString('hex')}` })],
        written(),
      ),
    )

/** What a start says in the journal, and how many reviews it holds. */
async function start(): Promise<{ size: number; said: string[] }> {
  lines.length = 0
  const live = await keepIndexCurrent(needs, () => async () => {})
  await live.caughtUp
  const { size } = live.engine
  await live.stop()
  return { size, said: lines.map((line) => String(JSON.parse(line).event)) }
}

test('a second start reads the snapshot and only what changed after it', async () => {
  await add('Bread turns to stone in the freezer.')
  expect(await start()).toEqual({ size: 1, said: ['index holds every review'] })
  await add('Moon dust cures the common cold.')
  expect(await start()).toEqual({
    size: 2,
    said: ['index read from its snapshot', 'index holds every review'],
  })
  await sql`delete from claim_reviews where record->>'claim' like 'Bread%'`.execute(needs.db)
  expect((await start()).size).toBe(2)
})

test('a damaged snapshot is said in one line and every review is read again', async () => {
  const whole = readFileSync(file)
  const held = (
    await sql<{ count: number }>`select count(*)::int as count from claim_reviews`.execute(needs.db)
  ).rows
  for (const damaged of [
    whole.subarray(0, 1_000_000),
    whole.fill(7, 5_000_000, 5_000_001),
    Buffer.alloc(0),
  ]) {
    writeFileSync(file, damaged)
    const { size, said } = await start()
    expect(size).toBe(held[0]!.count)
    expect(said).toHaveLength(2)
    expect(said[0]).toMatch(/^index is built anew: the snapshot is /)
  }
})

test('a snapshot of another database, or of what this one was before it was restored, is not read', async () => {
  await start()
  await sql`update database_identity set id = gen_random_uuid()`.execute(needs.db)
  expect((await start()).said[0]).toBe('index is built anew: the snapshot is of another database')
  await sql`update change_counters set value = 0`.execute(needs.db)
  expect((await start()).said[0]).toBe('index is built anew: the snapshot is newer than the database')
})

test('memory is known by part and by review', async () => {
  await start()
  const { body } = await needs.metrics.page()
  expect(body).toMatch(/^assay_index_bytes\{part="words"\} \d+$/m)
  expect(body).toMatch(/^assay_index_bytes_per_review \d/m)
})

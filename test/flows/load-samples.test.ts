/** Samples come with one call and go with one call, and nobody else's reviews notice. */
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { applyChanges } from '#flows/keep-index-current/apply-changes.ts'
import { addSamples } from '#flows/load-samples/add-samples.ts'
import { removeSamples } from '#flows/load-samples/remove-samples.ts'
import { countClaimReviews, listClaimReviews } from '#io/database/claim-reviews.ts'
import { listPublishers } from '#io/database/publishers.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import { createEngine } from '#matching/create-engine.ts'
import { reviewRecord } from '../database/review-record.ts'
import { freshDatabase } from '../fresh-database.ts'

const { db } = await freshDatabase()
const now = () => new Date('2025-12-01T12:00:00Z')
const needs = { db, clock: { now }, ids: { now, randomBytes } }

const someoneElses = reviewRecord()

test('samples are added once, their publishers marked, and removed without a trace', async () => {
  const { ids } = needs
  await db.transaction().execute((tx) => upsertClaimReviews(tx, [someoneElses], { now: now(), ids }))
  const engine = createEngine()
  const follow = async (after: number): Promise<number> => {
    const { changeNumber, level } = await applyChanges(db, engine, after, new AbortController().signal)
    expect(level).toBe(true)
    return changeNumber
  }

  const first = await addSamples(needs)
  expect(first).toMatchObject({ changed: 0, unchanged: 0, duplicates: 0 })
  expect(await addSamples(needs)).toEqual({ added: 0, changed: 0, unchanged: first.added, duplicates: 0 })
  const publishers = await listPublishers(db)
  expect(publishers.filter(({ sample }) => sample)).toHaveLength(3)
  expect(publishers.filter(({ sample }) => !sample).map(({ site }) => site)).toEqual(['checks.example'])
  const seen = await follow(0)
  expect(engine.size).toBe(first.added + 1)

  expect(await removeSamples(needs)).toEqual({ publishers: 3, claimReviews: first.added })
  expect(await countClaimReviews(db)).toBe(1)
  const { claimReviews } = await listClaimReviews(db, {}, { limit: 10 })
  expect(claimReviews.map(({ url }) => url)).toEqual([someoneElses.url])
  const emptied = await follow(seen)
  expect(engine.size).toBe(1)

  expect(await removeSamples(needs)).toEqual({ publishers: 0, claimReviews: 0 })
  expect(await addSamples(needs)).toEqual(first)
  await follow(emptied)
  expect(engine.size).toBe(first.added + 1)
})

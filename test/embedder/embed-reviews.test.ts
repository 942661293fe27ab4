/** Vectors of reviews in the database: made once, made anew when they must be, and taken into memory with the review. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { openNeeds } from '#cli/open-needs.ts'
import { readConfig } from '#config.ts'
import type { ReviewRecord } from '#domain/claim-review.ts'
import { embedReviews } from '#flows/embed-reviews/embed-reviews.ts'
import { keepIndexCurrent } from '#flows/keep-index-current/keep-index-current.ts'
import type { DatabaseNeeds } from '#flows/needs.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import type { Embedder } from '#io/embedder/embedder.ts'
import { openJournal } from '#io/journal.ts'
import { startWorker } from '#worker/start-worker.ts'
import { record } from '../api/records.ts'
import { freshDatabase } from '../fresh-database.ts'
import { bread, foreignWords, others } from './reviews-to-embed.ts'
import { layTinyModel } from './tiny-model.ts'
import { meaningOf, openVectorServer, sendMeanings, sendVectors } from './vector-server.ts'

const server = await openVectorServer()
const database = await freshDatabase()
const optional = resolve('node_modules', '.embedder')
const isInstalled = existsSync(join(optional, 'node_modules', 'onnxruntime-node'))
const folder = mkdtempSync(join(isInstalled ? optional : tmpdir(), 'embedded-'))
const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing) await close()
  await server.close()
  rmSync(folder, { recursive: true })
})

beforeEach(async () => {
  await sql`delete from claim_reviews`.execute(database.db)
  server.answer = sendMeanings
  server.asked.length = 0
})

type Needs = DatabaseNeeds & { embedder: Embedder }

async function needsOf(settings: Record<string, string>): Promise<Needs> {
  const dataFolder = mkdtempSync(join(folder, 'data-'))
  const config = readConfig({ ...settings, ASSAY_DATA: dataFolder, ASSAY_ALLOW_PRIVATE_HOSTS: '127.0.0.1' })
  const { needs } = await openNeeds(config, { database, journal: openJournal('silent') })
  closing.push(async () => {
    await needs.embedder!.close()
    await needs.fetcher.close()
  })
  return { ...needs, embedder: needs.embedder! }
}

const remote = (model = 'tiny') =>
  needsOf({
    ASSAY_EMBEDDER: 'remote',
    ASSAY_EMBEDDER_URL: server.url,
    ASSAY_EMBEDDER_MODEL: model,
    ASSAY_EMBEDDER_MESSAGES: 'yes',
  })

async function add(needs: Needs, ...records: ReviewRecord[]): Promise<void> {
  const options = { now: needs.clock.now(), ids: needs.ids }
  await needs.db.transaction().execute((tx) => upsertClaimReviews(tx, records, options))
}

const one = (claim: string) =>
  record({ url: `https://facts.example/${encodeURIComponent(claim.slice(0, 9))}`, claim })

/** Texts that the endpoint was asked about, without the sample that a model is tried with. */
const embedded = () => server.asked.flatMap(({ texts }) => texts).filter((text) => !text.startsWith('Assay'))

test('each review is embedded once, in batches', async () => {
  const needs = await remote()
  await add(needs, bread, ...others)
  expect(await embedReviews(needs)).toEqual({ made: others.length + 1, kept: 0, refused: 0 })
  expect(embedded()).toHaveLength(others.length + 1)
  expect(server.asked.length).toBeLessThan(others.length / 10)
  expect(await embedReviews(needs)).toEqual({ made: 0, kept: 0, refused: 0 })
  expect(embedded()).toHaveLength(others.length + 1)
})

test('a review that changes is embedded anew when its text is another, and only then', async () => {
  const needs = await remote()
  const url = 'https://facts.example/moon'
  await add(needs, record({ url, claim: 'Moon dust cures colds.' }))
  await embedReviews(needs)
  await add(needs, record({ url, claim: 'Moon dust cures colds.', summary: 'It does not.' }))
  expect(await embedReviews(needs)).toEqual({ made: 0, kept: 1, refused: 0 })
  await add(needs, record({ url, claim: 'Moon dust cures colds.', title: 'No cure in dust' }))
  expect(await embedReviews(needs)).toEqual({ made: 1, kept: 0, refused: 0 })
  expect(embedded()).toEqual(['Moon dust cures colds.', 'Moon dust cures colds. No cure in dust'])
})

test('another model, or another length, makes every vector anew', async () => {
  const needs = await remote()
  await add(needs, one('Moon dust cures colds.'), one('Bread is stone.'))
  await embedReviews(needs)
  expect((await embedReviews(await remote('other'))).made).toBe(2)
  server.answer = (texts, response) =>
    sendVectors(
      response,
      texts.map((text) => meaningOf(text, 16)),
    )
  expect((await embedReviews(await remote('other'))).made).toBe(2)
  const { rows } = await sql`select distinct model, dimension, octet_length(vector) as bytes
    from claim_review_vectors`.execute(needs.db)
  expect(rows).toEqual([{ model: 'remote:other', dimension: 16, bytes: 16 }])
})

test('a run that breaks off keeps what it has, and the next one goes on', async () => {
  const needs = await remote()
  await add(needs, ...others)
  let left = 2
  server.answer = (texts, response) => {
    if (left-- > 0) sendMeanings(texts, response)
    else response.writeHead(401).end()
  }
  const first = await embedReviews(needs)
  expect(first.made).toBeGreaterThan(0)
  expect(first.made).toBeLessThan(others.length)
  server.answer = sendMeanings
  expect((await embedReviews(needs)).made).toBe(others.length - first.made)
})

test('a text that is refused, or has no letters, keeps no other from being embedded and is not asked about again', async () => {
  const needs = await remote()
  server.answer = (texts, response) => {
    if (texts.some((text) => text.startsWith('Poison'))) response.writeHead(400).end()
    else sendMeanings(texts, response)
  }
  await add(
    needs,
    one('Poison it is.'),
    one('1 + 1 = 3'),
    one('Bread is stone.'),
    one('Moon dust cures colds.'),
  )
  expect(await embedReviews(needs)).toEqual({ made: 2, kept: 0, refused: 2 })
  const asked = server.asked.length
  expect(await embedReviews(needs)).toEqual({ made: 0, kept: 0, refused: 0 })
  expect(server.asked).toHaveLength(asked)
})

test('an endpoint that refuses everything is ill, and no review is given up for it', async () => {
  const needs = await remote()
  await needs.embedder.describe()
  await add(needs, one('Bread is stone.'))
  server.answer = (_texts, response) => response.writeHead(400).end()
  expect(await embedReviews(needs)).toEqual({ made: 0, kept: 0, refused: 0 })
  server.answer = sendMeanings
  expect((await embedReviews(needs)).made).toBe(1)
})

test('a review that is deleted takes its vector along', async () => {
  const needs = await remote()
  await add(needs, one('Bread is stone.'))
  await embedReviews(needs)
  await sql`delete from claim_reviews`.execute(needs.db)
  const { rows } = await sql`select 1 from claim_review_vectors`.execute(needs.db)
  expect(rows).toEqual([])
})

const models: [string, () => Promise<Needs>][] = [
  ['remote', remote],
  ...(isInstalled
    ? [
        ['local', () => needsOf({ ASSAY_EMBEDDER: 'local', ASSAY_EMBEDDER_FOLDER: localFolder() })] as [
          string,
          () => Promise<Needs>,
        ],
      ]
    : []),
]
const localFolder = () => layTinyModel(join(folder, 'model'))

describe.each(models)('%s', (_name, open) => {
  test('memory follows: a vector comes with its review, changes with it and goes with it', async () => {
    const needs = await open()
    await add(needs, bread, ...others)
    await embedReviews(needs)
    const live = await keepIndexCurrent(needs, () => async () => {})
    try {
      await live.vectorsCaughtUp
      const vector = (await needs.embedder.message!(foreignWords))!
      const found = () => live.engine.find({ text: foreignWords, links: [], lang: null }, 5, vector)
      expect(found()).toMatchObject({ decision: 'related', matches: [{ why: [{ kind: 'meaning' }] }] })
      const summary = 'Stored below zero, it keeps for months.'
      await add(needs, { ...bread, summary })
      await vi.waitFor(() => expect(found().decision).toBe('none'), 10_000)
      await embedReviews(needs)
      await vi.waitFor(() => expect(found().decision).toBe('related'), 10_000)
      await sql`with gone as (delete from claim_reviews where record->>'url' = ${bread.url} returning id),
        counted as (update change_counters set value = value + 1 returning value)
        insert into removed_claim_reviews select gone.id, counted.value from gone, counted`.execute(needs.db)
      await vi.waitFor(() => expect(found().decision).toBe('none'), 10_000)
    } finally {
      await live.stop()
    }
  })
})

test('the worker makes vectors by itself', async () => {
  const needs = await remote()
  await add(needs, one('Bread is stone.'))
  const worker = await startWorker(needs, database)
  try {
    await sql`select graphile_worker.add_job('embed-reviews')`.execute(needs.db)
    await vi.waitFor(() => expect(embedded()).toEqual(['Bread is stone.']), 20_000)
  } finally {
    await worker.stop()
  }
})

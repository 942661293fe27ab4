/** Claim reviews in their table: one identity, versions, lists, and the order of changes. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { ReviewRecord } from '#domain/claim-review.ts'
import { getChangeNumber, listChangedClaimReviews } from '#io/database/claim-review-changes.ts'
import {
  filterClaimReviewIds,
  findClaimReviews,
  getClaimReview,
  listClaimReviewFacets,
  listClaimReviews,
  listClaimReviewVersions,
} from '#io/database/claim-reviews.ts'
import { listPublishers } from '#io/database/publishers.ts'
import { removeSamples } from '#io/database/samples.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import { freshDatabase } from '../fresh-database.ts'
import { reviewRecord, written } from './review-record.ts'

const database = await freshDatabase()
const { db } = database
const bread = reviewRecord()

function add(records: ReviewRecord[], options: { sample?: boolean; seen?: Set<string>; now?: Date } = {}) {
  const { now, ...rest } = options
  return db.transaction().execute((tx) => upsertClaimReviews(tx, records, { ...written(now), ...rest }))
}

async function list(filter: Parameters<typeof listClaimReviews>[1] = {}) {
  return (await listClaimReviews(db, filter, { limit: 100 })).claimReviews
}

function numbered(count: number): ReviewRecord[] {
  return Array.from({ length: count }, (_, at) => reviewRecord({ url: `https://checks.example/${at}` }))
}

beforeEach(async () => {
  await db.deleteFrom('publishers').execute()
  await db.deleteFrom('removed_claim_reviews').execute()
})

describe('reading the same again', () => {
  test('adds nothing and changes nothing', async () => {
    expect(await add(numbered(700))).toEqual({ added: 700, changed: 0, unchanged: 0, duplicates: 0 })
    const before = await getChangeNumber(db)
    expect(await add(numbered(700))).toEqual({ added: 0, changed: 0, unchanged: 700, duplicates: 0 })
    expect(await getChangeNumber(db)).toBe(before)
  })

  test.each<[string, Partial<ReviewRecord>]>([
    ['with www. and a tracking parameter', { url: 'https://www.checks.example/bread/?utm_source=feed' }],
    ['with the claim in other case and punctuation', { claim: 'bread  turns to stone in the freezer!' }],
    ['with a publisher written by www.', { publisher: { site: 'WWW.checks.example', name: 'Checks' } }],
  ])('%s is the same review', async (_name, fields) => {
    await add([bread])
    const { added } = await add([reviewRecord(fields)])
    expect(added).toBe(0)
  })

  test.each<[string, Partial<ReviewRecord>]>([
    ['another claim on the same page', { claim: 'Bread turns to gold in the freezer.' }],
    ['the same claim on another page', { url: 'https://checks.example/bread-again' }],
    ['the same claim by another publisher', { publisher: { site: 'other.example', name: 'Other' } }],
    ['the same claim under an id of the source', { url: null, sourceId: '17' }],
  ])('%s is another review', async (_name, fields) => {
    expect(await add([bread, reviewRecord(fields)])).toMatchObject({ added: 2, duplicates: 0 })
  })

  test('two variants of one review in a run settle on the first, also across batches', async () => {
    const variant = reviewRecord({ summary: 'said otherwise' })
    const run = async () => {
      const seen = new Set<string>()
      return [await add([bread, variant], { seen }), await add([variant], { seen })]
    }
    expect(await run()).toMatchObject([{ added: 1, duplicates: 1 }, { duplicates: 1 }])
    expect(await run()).toMatchObject([
      { unchanged: 1, changed: 0, duplicates: 1 },
      { changed: 0, duplicates: 1 },
    ])
  })
})

describe('a review that its publisher changed', () => {
  test('keeps its id and becomes a new version; the old one stays readable', async () => {
    await add([bread], { now: new Date('2024-03-02T00:00:00Z') })
    const [first] = await list()
    const corrected = reviewRecord({ rating: { words: 'Teils falsch', value: 'mixed', scale: null } })
    expect(await add([corrected], { now: new Date('2024-04-01T00:00:00Z') })).toMatchObject({ changed: 1 })
    const now = await getClaimReview(db, first!.id)
    expect(now).toMatchObject({
      version: 2,
      rating: { words: 'Teils falsch' },
      firstSeenAt: '2024-03-02T00:00:00.000Z',
      changedAt: '2024-04-01T00:00:00.000Z',
    })
    const versions = await listClaimReviewVersions(db, first!.id)
    expect(versions.map(({ version, record, seenAt }) => [version, record.rating.words, seenAt])).toEqual([
      [2, 'Teils falsch', '2024-04-01T00:00:00.000Z'],
      [1, 'Falsch', '2024-03-02T00:00:00.000Z'],
    ])
  })

  test('is no new version when only our own reading of its rating got better', async () => {
    await add([reviewRecord({ rating: { words: 'Falsch', value: null, scale: null } })])
    expect(await add([bread])).toMatchObject({ changed: 1 })
    const [review] = await list({ ratingValue: 'false' })
    expect(review).toMatchObject({ version: 1, rating: { value: 'false' } })
  })
})

describe('what is stored', () => {
  test('is text that the database can hold, whatever came in', async () => {
    await add([reviewRecord({ claim: 'NUL \0 and half \ud83d a pair \\u0000', lang: 'x'.repeat(300) })])
    expect((await list())[0]?.claim).toBe('NUL  and half \ufffd a pair \\u0000')
  })

  test('passes the claimant through in its own record, and gives none to an index', async () => {
    await add([reviewRecord({ claimant: 'A neighbour' })])
    expect((await list())[0]?.claimant).toBe('A neighbour')
    expect(JSON.stringify(await listChangedClaimReviews(db, 0, 10))).not.toMatch(/claimant|A neighbour/)
  })

  test('takes the name of a publisher that was first seen without one', async () => {
    await add([reviewRecord({ publisher: { site: 'checks.example', name: null } })])
    await add([reviewRecord({ url: 'https://checks.example/2' })])
    expect(await listPublishers(db)).toMatchObject([
      { site: 'checks.example', name: 'Checks', claimReviews: 2 },
    ])
  })
})

describe('lists', () => {
  test('page through everything once, newest first, while reviews are added', async () => {
    await add(numbered(25))
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listClaimReviews(db, {}, { limit: 10, cursor })
      seen.push(...page.claimReviews.map((review) => review.url!))
      cursor = page.nextCursor ?? undefined
      await add([
        reviewRecord({ url: `https://checks.example/new-${seen.length}`, reviewedAt: '2025-01-01' }),
      ])
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.toSorted()).toEqual(
      numbered(25)
        .map((record) => record.url)
        .toSorted(),
    )
  })

  test('put a review that is dated in the future where it was first seen', async () => {
    const now = new Date('2024-05-01T00:00:00Z')
    await add([reviewRecord({ url: 'https://checks.example/slip', reviewedAt: '2042-05-01' })], { now })
    await add([reviewRecord({ url: 'https://checks.example/new', reviewedAt: '2024-05-02' })])
    expect((await list()).map((review) => review.url)).toEqual([
      'https://checks.example/new',
      'https://checks.example/slip',
    ])
  })

  test.each(['x', 'AAAA', '../..', 'MTIz'])('refuse the cursor %s', async (cursor) => {
    await expect(listClaimReviews(db, {}, { limit: 10, cursor })).rejects.toMatchObject({ code: 'invalid' })
  })

  test.each<[string, Parameters<typeof listClaimReviews>[1], string[]]>([
    ['a language finds its regions', { lang: 'pt' }, ['pt']],
    ['a region finds its language', { lang: 'pt-PT' }, ['pt']],
    ['a site is found with www.', { site: 'www.other.example' }, ['pt']],
    ['a rating', { ratingValue: 'false' }, ['bread', 'zh']],
    ['words in any order and case', { topic: 'STONE bread' }, ['bread']],
    ['words without their accents', { topic: 'agua' }, ['pt']],
    ['a piece of unspaced text', { topic: '變成石頭' }, ['zh']],
    ['a word that stands nowhere', { topic: 'bread giraffe' }, []],
    ['from a day on', { from: new Date('2024-02-01') }, ['bread']],
    ['up to a day', { to: new Date('2024-02-01') }, ['pt', 'zh']],
    ['all at once', { lang: 'zh', topic: '麵包', ratingValue: 'false', site: 'checks.example' }, ['zh']],
  ])('filter: %s', async (_name, filter, expected) => {
    await add([
      reviewRecord({ url: 'https://checks.example/bread' }),
      reviewRecord({
        url: 'https://other.example/pt',
        publisher: { site: 'other.example', name: 'Outra' },
        claim: 'A Água ferve a 50 graus',
        lang: 'pt-BR',
        reviewedAt: '2024-01-02',
        rating: { words: 'Enganoso', value: 'misleading', scale: null },
      }),
      reviewRecord({
        url: 'https://checks.example/zh',
        claim: '麵包在冰箱裡變成石頭',
        title: null,
        lang: 'zh-Hant',
        reviewedAt: '2024-01-01',
      }),
    ])
    const found = await list(filter)
    expect(found.map((review) => review.url?.split('/').at(-1))).toEqual(expected)
    const all = (await list()).map((review) => review.id)
    expect(await filterClaimReviewIds(db, all, filter)).toEqual(new Set(found.map((review) => review.id)))
  })

  test('ids are found in the order asked for, without those that are gone', async () => {
    await add(numbered(3))
    const ids = (await list()).map((review) => review.id).reverse()
    const gone = ids[0]!.replace(/.$/, (letter) => (letter === '0' ? '1' : '0')) as (typeof ids)[number]
    expect((await findClaimReviews(db, [gone, ...ids])).map((review) => review.id)).toEqual(ids)
    await expect(getClaimReview(db, gone)).rejects.toMatchObject({ code: 'not_found' })
    await expect(getClaimReview(db, "'; drop table")).rejects.toMatchObject({ code: 'not_found' })
  })

  test('facets count languages and ratings, most used first', async () => {
    await add([
      ...numbered(2),
      reviewRecord({
        url: 'https://checks.example/fr',
        lang: 'fr',
        rating: { words: null, value: null, scale: null },
      }),
    ])
    expect(await listClaimReviewFacets(db)).toEqual({
      langs: [
        { lang: 'en', count: 2 },
        { lang: 'fr', count: 1 },
      ],
      ratings: [{ value: 'false', count: 2 }],
    })
  })
})

describe('changes', () => {
  test('come in their order, each once, in pages of any size', async () => {
    const start = await getChangeNumber(db)
    await add(numbered(20))
    await add([reviewRecord({ url: 'https://checks.example/3', summary: 'changed' })])
    const urls: string[] = []
    let after = start
    for (;;) {
      const changes = await listChangedClaimReviews(db, after, 7)
      if (changes.length === 0) break
      for (const change of changes) if (change.kind === 'upsert') urls.push(change.record.url!)
      expect(changes.map((change) => change.changeNumber)).toEqual(
        changes.map((change) => change.changeNumber).toSorted((a, b) => a - b),
      )
      after = changes.at(-1)!.changeNumber
    }
    expect(urls).toHaveLength(20)
    expect(urls.at(-1)).toBe('https://checks.example/3')
    expect(after).toBe(await getChangeNumber(db))
  })

  test('are missed by no reader that reads while several writers commit', async () => {
    const start = await getChangeNumber(db)
    let writing = true
    const writers = Promise.all(
      [0, 1, 2, 3].map(async (writer) => {
        for (let at = 0; at < 15; at++) {
          const records = [1, 2, 3].map((n) =>
            reviewRecord({ url: `https://checks.example/${writer}-${at}-${n}` }),
          )
          await add(records)
        }
      }),
    ).finally(() => {
      writing = false
    })
    const read = new Set<string>()
    let after = start
    for (;;) {
      const last = !writing
      const changes = await listChangedClaimReviews(db, after, 10)
      for (const { id } of changes) read.add(id)
      after = changes.at(-1)?.changeNumber ?? after
      if (last && changes.length === 0) break
    }
    await writers
    expect(read.size).toBe(180)
  })

  test('tell that samples were removed, and samples come back as new ones', async () => {
    const sample = reviewRecord({ publisher: { site: 'sample.example', name: 'Sample' } })
    await add([sample], { sample: true })
    await add([bread])
    const [shown] = await list({ site: 'sample.example' })
    expect(shown?.publisher.sample).toBe(true)
    const before = await getChangeNumber(db)
    expect(await db.transaction().execute(removeSamples)).toEqual({ publishers: 1, claimReviews: 1 })
    expect(await listChangedClaimReviews(db, before, 10)).toEqual([
      { kind: 'remove', changeNumber: before + 1, id: shown!.id },
    ])
    expect((await list()).map((review) => review.url)).toEqual([bread.url])
    await add([sample], { sample: true })
    const [again] = await list({ site: 'sample.example' })
    expect(again!.id).not.toBe(shown!.id)
    expect(await db.transaction().execute(removeSamples)).toMatchObject({ claimReviews: 1 })
  })

  test('are hinted at to whoever listens', async () => {
    const { listen } = database
    const hinted = Promise.withResolvers<void>()
    let ready = false
    const listening = Promise.withResolvers<void>()
    const stop = listen('claim_reviews', () => {
      if (ready) hinted.resolve()
      ready = true
      listening.resolve()
    })
    await listening.promise
    await add([reviewRecord({ url: 'https://checks.example/hint' })])
    await hinted.promise
    await stop()
  })
})

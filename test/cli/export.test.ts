import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseClaimReviews } from '#formats/claimreview/parse-claim-reviews.ts'
import { assay, freshSettings } from './assay.ts'

const settings = freshSettings()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-export-'))
  await assay(['samples', 'add'], await settings)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('everything public is written: reviews, the same as a DataFeed, publishers, feeds, and what it all is', async () => {
  const target = join(folder, 'everything')
  const { code, stdout } = await assay(['export', '--json', target], await settings)
  expect(code).toBe(0)
  const counts = JSON.parse(stdout)

  const read = (name: string) => readFile(join(target, name), 'utf8')
  const lines = async (name: string) =>
    (await read(name))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  const reviews = await lines('claim-reviews.jsonl')
  expect(reviews).toHaveLength(counts.claimReviews)
  expect(new Set(reviews.map(({ id }) => id)).size).toBe(reviews.length)
  expect(await lines('publishers.jsonl')).toHaveLength(counts.publishers)
  expect(await lines('feeds.jsonl')).toHaveLength(counts.feeds)

  const readBack = parseClaimReviews(await read('claim-reviews.datafeed.json'), {
    kind: 'json',
    pageUrl: null,
  })
  expect(readBack.refusals).toEqual([])
  expect(readBack.records.map(({ claim }) => claim)).toEqual(reviews.map(({ claim }) => claim))

  for (const entry of (await read('SHA256SUMS')).trim().split('\n')) {
    const [sum, name] = entry.split('  ')
    expect(
      createHash('sha256')
        .update(await readFile(join(target, name!)))
        .digest('hex'),
    ).toBe(sum)
    expect(await read('README.md')).toContain(name!.replace('README.md', 'SHA256SUMS'))
  }
})

test('an empty folder that is there is taken, a full one is left as it is', async () => {
  const empty = join(folder, 'empty')
  await mkdir(empty)
  expect((await assay(['export', empty], await settings)).code).toBe(0)

  const full = join(folder, 'full')
  await mkdir(full)
  await writeFile(join(full, 'mine.txt'), 'mine')
  const { code, stderr } = await assay(['export', full], await settings)
  expect(code).toBe(1)
  expect(stderr).toMatch(/^assay: \S+ is not empty; [^\n]+\n$/)
  expect(await readdir(full)).toEqual(['mine.txt'])
})

test('a place that cannot be written is told in one line, and nothing is left behind', async () => {
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  const { code, stderr } = await assay(['export', join(file, 'below')], await settings)
  expect(code).toBe(2)
  expect(stderr).toMatch(/^assay: [^\n]+\n$/)
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
})

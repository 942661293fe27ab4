/** Speed and memory: end to end at 145,000 reviews, start from the snapshot, and against FTS5 and MiniSearch. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { averagePrecisionAt5 } from '#flows/evaluate/metrics.ts'
import type { FileClaim } from '#flows/evaluate/read-files.ts'
import { openDiskBlobs } from '#io/blobs/disk.ts'
import { createEngine } from '#matching/create-engine.ts'
import type { Engine } from '#matching/engine.ts'
import { formatTable, mb, ms, share } from '../format-table.ts'
import { createFts5, createMiniSearch, type Rival } from '../rivals.ts'
import { claimsOf, queriesOf, type SplitQuery, scaleClaims, sets } from '../sets.ts'
import { processorSeconds, residentBytes, rounds, time } from '../stopwatch.ts'

/** Matches of a timed answer, and results of a timed search. */
const answerMax = 10
const searchMax = 5
/** MiniSearch takes seconds a query at this size. */
const slowQueriesMax = 20

const queries = await queriesOf(sets.checkthat2022, 'dev')
const messageOf = (text: string) => ({ text, links: [], lang: null })

async function fill(claims: AsyncIterable<FileClaim>): Promise<Engine> {
  const engine = createEngine()
  for await (const { id, review } of claims) engine.upsert(id, review)
  return engine
}

async function collected(claims: AsyncIterable<FileClaim>): Promise<FileClaim[]> {
  const all: FileClaim[] = []
  for await (const claim of claims) all.push(claim)
  return all
}

/** The product at full size: build, answers, snapshot; then a new process that starts from the snapshot. */
async function endToEnd(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    let engine = createEngine()
    const buildSeconds = await processorSeconds(async () => {
      engine = await fill(scaleClaims())
    })
    const answers = time(queries, ({ text }) => engine.find(messageOf(text), answerMax))
    const writing = performance.now()
    await openDiskBlobs(folder).replace(
      'reviews.snapshot',
      engine.snapshot({ database: '', changeNumber: 0 }),
    )
    const writeMs = performance.now() - writing
    const held = Object.values(engine.memory()).reduce((sum, bytes) => sum + bytes, 0)
    const loaded = fromSnapshot(folder)
    return formatTable(
      ['measure', 'value'],
      [
        ['reviews', engine.size],
        ['answer end to end (clean → decide with why), p50', `${ms(answers.p50)} ms`],
        ['answer end to end, p99', `${ms(answers.p99)} ms`],
        ['every round as it came, p50 and p99', `${ms(answers.wall.p50)} and ${ms(answers.wall.p99)} ms`],
        ['answers a second of processor', Math.round(answers.rate)],
        ...hostileRow(engine),
        ['build, processor time with reading the file', `${buildSeconds.toFixed(1)} s`],
        ['index in memory', `${mb(held)} MB, ${Math.round(held / engine.size)} bytes a review`],
        ['snapshot, write', `${ms(writeMs)} ms`],
        ['snapshot, load', `${ms(loaded.loadMs)} ms`],
        ['process after loading', `${mb(loaded.bytesAtStart)} MB`],
        ['process after answering every query', `${mb(loaded.bytes)} MB`],
        ['process that built it', `${mb(residentBytes())} MB`],
      ],
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Messages made to take long: nothing may take much longer than its length. */
const hostile: readonly string[] = [
  'a'.repeat(50_000),
  'ab '.repeat(30_000),
  `a${'\u0301'.repeat(50_000)}`,
  '1,'.repeat(50_000),
  `#${'aB'.repeat(25_000)}`,
  'a\u200d'.repeat(30_000),
  'a@'.repeat(30_000),
  '+1'.repeat(30_000),
  'http://a?&a='.repeat(5_000),
  '1/1/2020 '.repeat(8_000),
  '疫苗'.repeat(30_000),
  'ก'.repeat(50_000),
  'donaudampfschiff'.repeat(4_000),
  'v4cc1n3'.repeat(8_000),
  Array.from({ length: 15_000 }, (_, at) => `w${at.toString(36)}`).join(' '),
]

function hostileRow(engine: Engine): string[][] {
  const slowest = hostile.map((text) => time([text], () => engine.find(messageOf(text), answerMax)).p50)
  return [
    [
      `slowest of ${hostile.length} messages of 30,000 to 100,000 letters made to take long`,
      `${ms(Math.max(...slowest))} ms`,
    ],
  ]
}

interface Loaded {
  loadMs: number
  bytesAtStart: number
  bytes: number
}

function fromSnapshot(folder: string): Loaded {
  const script = join(import.meta.dirname, 'loaded.ts')
  const { stdout } = spawnSync(process.execPath, ['--expose-gc', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  return JSON.parse(stdout) as Loaded
}

function own(engine: Engine): Rival[] {
  return [
    { name: 'Assay, ranked results', search: (text, limit) => engine.search(text, limit) },
    {
      name: 'Assay, answer with confidence and why',
      search: (text, limit) => engine.find(messageOf(text), limit).matches.map(({ id }) => id),
    },
  ]
}

/** Each in turn over the same queries; `judged`: the pool knows what is relevant. */
function compare(rivals: readonly (() => Rival)[], asked: readonly SplitQuery[], judged: boolean): string {
  let fastest = 0
  const rows = rivals.map((make) => {
    const { name, search } = make()
    const some = name === 'MiniSearch' && !judged ? asked.slice(0, slowQueriesMax) : asked
    const { p50, p99, rate } = time(some, ({ text }) => search(text, searchMax))
    const precision = asked.map(({ text, relevant }) =>
      judged ? averagePrecisionAt5({ found: search(text, searchMax), relevant }) : 0,
    )
    if (name.startsWith('SQLite')) fastest = rate
    return { name, p50, p99, rate, map: precision.reduce((sum, one) => sum + one, 0) / asked.length }
  })
  return formatTable(
    ['', ...(judged ? ['MAP@5'] : []), 'p50', 'p99', 'queries a second', 'against FTS5'],
    rows.map(({ name, p50, p99, rate, map }) => [
      name,
      ...(judged ? [share(map)] : []),
      `${ms(p50)} ms`,
      `${ms(p99)} ms`,
      rate < 10 ? rate.toFixed(1) : Math.round(rate),
      `${(rate / fastest).toFixed(1)} ×`,
    ]),
  )
}

async function compareOn(claims: FileClaim[], judged: boolean): Promise<string> {
  const engine = await fill(fromList(claims))
  const rivals = [() => createFts5(claims), () => createMiniSearch(claims)]
  return compare([...own(engine).map((rival) => () => rival), ...rivals], queries, judged)
}

async function* fromList(claims: readonly FileClaim[]): AsyncGenerator<FileClaim> {
  yield* claims
}

const atFullSize = await endToEnd()
const small = await compareOn(await collected(claimsOf(sets.checkthat2022)), true)
const large = await compareOn(await collected(scaleClaims()), false)
process.stdout.write(`### End to end

The ${queries.length} queries of ${sets.checkthat2022.name} dev against the merged pool of real fact-checks. Each query is asked in ${rounds}
rounds and counts with its least time.

${atFullSize}

### Against others on the same claims and queries, in the same run

On the pool of ${sets.checkthat2022.name}, best five:

${small}

On the merged pool, best five (MiniSearch: the first ${slowQueriesMax} queries):

${large}
`)

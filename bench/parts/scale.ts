/** A million reviews: the merged pool again and again, each time with other words in some places. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDiskBlobs } from '#io/blobs/disk.ts'
import { createEngine, readEngine } from '#matching/create-engine.ts'
import { randomOf, withOtherWords } from '../edits.ts'
import { formatTable, mb, ms } from '../format-table.ts'
import { queriesOf, scaleClaims, sets } from '../sets.ts'
import { processorSeconds, residentBytes, rounds, time } from '../stopwatch.ts'

const reviewsMax = 1_000_000
/** Share of the words that are exchanged for a word of another claim. */
const exchanged = 0.25

const engine = createEngine()
const vocabulary: string[] = []
const buildSeconds = await processorSeconds(async () => {
  for (let round = 0; engine.size < reviewsMax; round++) {
    for await (const { id, review } of scaleClaims()) {
      if (engine.size >= reviewsMax) break
      if (round === 0) {
        vocabulary.push(...(review.claim.match(/\p{L}{4,}/gu) ?? []).slice(0, 4))
        engine.upsert(id, review)
        continue
      }
      const other = (text: string | null) =>
        text === null ? null : withOtherWords(text, vocabulary, exchanged, randomOf(text, round))
      engine.upsert(`${id} ${round}`, {
        ...review,
        claim: other(review.claim) ?? '',
        title: other(review.title),
        summary: other(review.summary),
        body: other(review.body),
      })
    }
    process.stderr.write(`${engine.size} reviews\n`)
  }
})
const queries = await queriesOf(sets.checkthat2022, 'dev')
const answers = time(queries, ({ text }) => engine.find({ text, links: [], lang: null }, 10))
const bytes = residentBytes()
const held = Object.values(engine.memory()).reduce((sum, part) => sum + part, 0)
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
const blobs = openDiskBlobs(folder)
const writing = performance.now()
await blobs.replace('reviews.snapshot', engine.snapshot({ database: '', changeNumber: 0 }))
const writeMs = performance.now() - writing
const loading = performance.now()
const parsed = readEngine((await blobs.read('reviews.snapshot'))!)
const loadMs = performance.now() - loading
rmSync(folder, { recursive: true })
if (!parsed.ok) throw new Error(parsed.problems[0]!.message)

process.stdout.write(`The merged pool of real fact-checks repeated; from the second time on, a quarter of the words of four letters or more is
exchanged for words of other claims. The ${queries.length} queries of ${sets.checkthat2022.name} dev, end to end, each with the
least time of ${rounds} rounds.

${formatTable(
  ['measure', 'value'],
  [
    ['reviews', engine.size],
    ['answer, p50', `${ms(answers.p50)} ms`],
    ['answer, p99', `${ms(answers.p99)} ms`],
    ['every round as it came, p50 and p99', `${ms(answers.wall.p50)} and ${ms(answers.wall.p99)} ms`],
    ['process', `${mb(bytes)} MB`],
    ['index in memory', `${mb(held)} MB, ${Math.round(held / engine.size)} bytes a review`],
    ['build, processor time', `${buildSeconds.toFixed(0)} s`],
    ['snapshot, write', `${ms(writeMs)} ms`],
    ['snapshot, load', `${ms(loadMs)} ms`],
  ],
)}
`)

/**
 * What comparing meaning costs beside words, and how much of the exact order a scan of sign bits finds. The vectors are
 * made up: in bunches, as texts about the same are, and leaning to one side, as those of models do. They say nothing
 * about how well any model tells meanings.
 */
import { percentile } from '#flows/evaluate/metrics.ts'
import { packVector } from '#matching/meaning/pack-vector.ts'
import { nearness, standingOut } from '#matching/meaning/standing-out.ts'
import { VectorTable } from '#matching/meaning/vector-table.ts'
import { formatTable, ms } from '../format-table.ts'
import { residentBytes, time } from '../stopwatch.ts'
import { seededRandom } from '../train/trees.ts'

const shape = { reviews: 145_000, dimension: 384, bunch: 30, queries: 200, top: 10 } as const
const { reviews, dimension } = shape

const next = seededRandom(1)
const bell = () => next() + next() + next() + next() - 2
const around = (middle: (at: number) => number, reach: number) =>
  Float32Array.from({ length: dimension }, (_, at) => middle(at) + reach * bell())

const lean = around(() => 0, 0.5)
const centres = Array.from({ length: Math.ceil(reviews / shape.bunch) }, () => around((at) => lean[at]!, 1))
const vectors = Array.from({ length: reviews }, (_, at) => {
  const centre = centres[at % centres.length]!
  return around((place) => centre[place]!, 0.8)
})
const queries = Array.from({ length: shape.queries }, () => {
  const near = vectors[Math.floor(next() * reviews)]!
  return around((place) => near[place]!, 0.6)
})

const before = residentBytes()
const table = new VectorTable()
table.reset(dimension)
const started = performance.now()
for (const [at, vector] of vectors.entries()) table.set(`review-${at}`, packVector(vector)!)
const filled = performance.now() - started
const held = residentBytes() - before

const recalls = queries.slice(0, 50).map((query) => {
  const exact = vectors.map((vector, at) => ({ id: `review-${at}`, similarity: cosine(query, vector) }))
  exact.sort((a, b) => b.similarity - a.similarity)
  const wanted = new Set(exact.slice(0, shape.top).map(({ id }) => id))
  return table.nearest(query, shape.top).filter(({ id }) => wanted.has(id)).length / shape.top
})
const times = time(queries, (query) => standingOut(table, query))

process.stdout.write(
  `${reviews.toLocaleString('en')} made-up vectors of ${dimension} numbers, a byte a number, in bunches of ${shape.bunch}; ${queries.length} queries.
Without an embedder none of this runs.

${formatTable(
  ['measure', 'value'],
  [
    ['what stands out, beside what words take, p50', `${ms(times.p50)} ms`],
    ['p99', `${ms(times.p99)} ms`],
    [
      `of the exact ${shape.top} nearest, found (50 queries)`,
      (recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length).toFixed(3),
    ],
    ['fewest found of a query', percentile(recalls, 0).toFixed(2)],
    ['packing them and filling the table', `${ms(filled)} ms`],
    ['memory', `${Math.round(held / 1e6)} MB, ${Math.round(held / reviews)} bytes a review`],
    ['reviews that stand out, on average', meanOf(queries.map((query) => standingOut(table, query).length))],
  ],
)}

At most ${nearness.nearMax} are looked at.
`,
)

function meanOf(values: readonly number[]): string {
  return (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(1)
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [sum, first, second] = [0, 0, 0]
  for (let at = 0; at < a.length; at++) {
    sum += a[at]! * b[at]!
    first += a[at]! ** 2
    second += b[at]! ** 2
  }
  return sum / Math.sqrt(first * second)
}

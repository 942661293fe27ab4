/**
 * `npm run train`: learns the ranker and the confidence from the train splits and writes src/matching/ranker.json.
 * The same data, seed and date give the same file, bit for bit.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { qualityOf } from '#flows/evaluate/metrics.ts'
import { candidatesMax } from '#matching/decide.ts'
import { confidenceNames, featureNames } from '#matching/features/names.ts'
import { createIndex, type ReviewIndex } from '#matching/index/review-index.ts'
import { createForest, type Forest } from '#matching/rank/forest.ts'
import { weightsFormat } from '#matching/rank/ranker.ts'
import {
  claimsOf,
  haveSets,
  queriesOf,
  type SetName,
  type SplitQuery,
  setNames,
  sets,
  setsFolder,
} from '../sets.ts'
import { type Collected, collect } from './collect.ts'
import { fitConfidence, fitRank, foldOf, type Judgements, type Part } from './fit.ts'
import { type Standpoint, standpointsOf, standpointWidth } from './judgements.ts'
import { calibrationOf, cutAt, lowestCut, type Verdict } from './thresholds.ts'

const folds = 5
/** Lists of one set that confidence is learned from: more would only drown the smaller sets. */
const confidenceQueriesMax = 2500

interface Learned {
  name: SetName
  index: ReviewIndex
  queries: SplitQuery[]
  collected: Collected
}

async function readSet(name: SetName, queriesMax: number): Promise<Learned> {
  const index = createIndex()
  for await (const { id, review } of claimsOf(sets[name])) index.upsert(id, review)
  const splits = await Promise.all(sets[name].train.map((split) => queriesOf(sets[name], split)))
  const all = splits.flat()
  const every = Math.max(1, all.length / queriesMax)
  const queries = all.filter((_, at) => Math.floor(at / every) !== Math.floor((at - 1) / every))
  return { name, index, queries, collected: collect(index, queries, candidatesMax) }
}

/** Sets count by the square root of their size: none dominates, none is a rounding error. */
function partsOf(learned: Learned[], takes: (query: SplitQuery) => boolean): Part[] {
  return learned.map(({ collected, queries }) => ({
    collected,
    takes: (query) => takes(queries[query]!),
    weight: Math.sqrt(2000 / queries.length),
  }))
}

function judgementsOf(standpoints: readonly { standpoint: Standpoint; weight: number }[]): Judgements {
  const rows = new Float32Array(standpoints.length * standpointWidth)
  for (const [at, { standpoint }] of standpoints.entries()) rows.set(standpoint.row, at * standpointWidth)
  return {
    rows,
    right: Uint8Array.from(standpoints, ({ standpoint }) => Number(standpoint.right)),
    weights: Float64Array.from(standpoints, ({ weight }) => weight),
  }
}

function verdictsOf(
  standpoints: readonly Standpoint[],
  confidenceOf: (standpoint: Standpoint) => Forest,
): Verdict[] {
  return standpoints
    .filter(({ place }) => place === 0)
    .map((standpoint) => ({
      confidence: 1 / (1 + Math.exp(-confidenceOf(standpoint).score(standpoint.row, 0))),
      right: standpoint.right,
      present: standpoint.present,
    }))
}

const note = (text: string) => process.stderr.write(`${text}\n`)
const rounded = (value: number) => Number(value.toFixed(4))

async function train(seed: number, date: string, queriesMax: number): Promise<object> {
  const learned: Learned[] = []
  for (const name of setNames) {
    learned.push(await readSet(name, queriesMax))
    note(`${name}: ${learned.at(-1)!.index.size} claims, ${learned.at(-1)!.queries.length} queries`)
  }
  const foldForests = Array.from({ length: folds }, (_, fold) => {
    const trees = fitRank(
      partsOf(learned, ({ id }) => foldOf(id, folds) !== fold),
      seed,
    )
    note(`ranker without part ${fold + 1} of ${folds}: ${trees.length} trees`)
    return createForest(trees)
  })
  const rank = fitRank(
    partsOf(learned, () => true),
    seed,
  )
  const scores: Record<string, object> = {}
  const standpoints: { name: SetName; standpoint: Standpoint; weight: number }[] = []
  for (const { name, index, queries } of learned) {
    const found = standpointsOf(index, queries, candidatesMax, ({ id }) => foldForests[foldOf(id, folds)]!)
    const quality = qualityOf(found.judged)
    scores[name] = Object.fromEntries(Object.entries(quality).map(([key, value]) => [key, rounded(value)]))
    note(`${name}, ${folds}-fold: ${JSON.stringify(scores[name])}`)
    const step = Math.max(1, queries.length / confidenceQueriesMax)
    const weight = Math.sqrt(1000 / Math.min(queries.length, confidenceQueriesMax))
    const taken = new Set(
      queries.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step)).map(({ id }) => id),
    )
    for (const standpoint of found.standpoints)
      if (taken.has(standpoint.query)) standpoints.push({ name, standpoint, weight })
  }
  const confidenceFolds = Array.from({ length: folds }, (_, fold) =>
    createForest(
      fitConfidence(
        judgementsOf(standpoints.filter(({ standpoint }) => foldOf(standpoint.query, folds) !== fold)),
        seed,
      ),
    ),
  )
  const confidence = fitConfidence(judgementsOf(standpoints), seed)
  const verdicts = (wanted: (name: SetName) => boolean) =>
    verdictsOf(
      standpoints.filter(({ name }) => wanted(name)).map(({ standpoint }) => standpoint),
      ({ query }) => confidenceFolds[foldOf(query, folds)]!,
    )
  const thresholds = {
    answered: lowestCut(
      verdicts((name) => name === 'checkthat2022'),
      0.975,
    ).threshold,
    related: 0.25,
  }
  for (const name of setNames) {
    const own = verdicts((other) => other === name)
    const cut = cutAt(own, thresholds.answered)
    scores[name] = {
      ...scores[name],
      answeredPrecision: rounded(cut.precision),
      answeredCoverage: rounded(cut.coverage),
    }
    note(`${name}: answered at ${thresholds.answered}: ${JSON.stringify(cut)}`)
    note(
      calibrationOf(own)
        .map(({ said, right, count }) => `${said.toFixed(2)}→${right.toFixed(2)} (${count})`)
        .join('  '),
    )
  }
  return {
    format: weightsFormat,
    provenance: {
      about:
        'Boosted trees that rank candidates and say how sure a match is; bench/README.md says how they are made.',
      command: `npm run train -- --seed ${seed} --date ${date} --queries-max ${queriesMax}`,
      data: setNames.map((name) => `${sets[name].name}: ${sets[name].train.join(', ')}`),
      seed,
      date,
      scores: { measured: `${folds}-fold cross-validation over the queries above`, ...scores },
    },
    thresholds,
    rank: { features: featureNames, trees: rank },
    confidence: { features: confidenceNames, trees: confidence },
  }
}

/** Readable where people read (provenance, thresholds), one tree a line below. */
function formatWeights(weights: object): string {
  const lines = JSON.stringify(weights, null, 1)
  return `${lines.replace(/\[\s+(-?[\d.e-]+(?:,\s+-?[\d.e-]+)*)\s+\]/g, (_, list: string) => `[${list.replace(/\s+/g, '')}]`).replace(/\{\s+("feature"[^{}]*)\}/g, (_, tree: string) => `{${tree.replace(/\s+/g, '')}}`)}\n`
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    date: { type: 'string' },
    out: { type: 'string' },
    'queries-max': { type: 'string', default: '10000' },
  },
})
if (!haveSets()) {
  note(
    `There are no sets in ${setsFolder}; set ASSAY_BENCH to their folder (bench/README.md says what it holds).`,
  )
  process.exitCode = 1
} else {
  const date = values.date ?? new Date().toISOString().slice(0, 10)
  const weights = await train(Number(values.seed), date, Number(values['queries-max']))
  const out = values.out ?? join(import.meta.dirname, '..', '..', 'src', 'matching', 'ranker.json')
  writeFileSync(out, formatWeights(weights))
  note(`wrote ${out}`)
}

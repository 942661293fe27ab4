/** The whole of training: sets → candidates → ranker → standpoints → confidence → thresholds, in this order. */
import { qualityOf } from '#flows/evaluate/metrics.ts'
import { candidatesMax } from '#matching/decide.ts'
import type { Matchable } from '#matching/engine.ts'
import { confidenceNames, featureNames } from '#matching/features/names.ts'
import { createIndex, type ReviewIndex } from '#matching/index/review-index.ts'
import { createForest, type Forest } from '#matching/rank/forest.ts'
import { type Weights, weightsFormat } from '#matching/rank/ranker.ts'
import { claimsOf, queriesOf, type SetName, type SplitQuery, setNames, sets } from '../sets.ts'
import { type Collected, collect } from './collect.ts'
import { fitRank, foldOf, type Part } from './fit.ts'
import { otherStandpointsOf, type Pool, type Standpoint, standpointsOf } from './judgements.ts'
import { choosingSet, type Judged, learnConfidence } from './learn-confidence.ts'
import { type Drawn, drawPools } from './small-pools.ts'

export interface TrainOptions {
  seed: number
  date: string
  /** Queries taken of each set, spread evenly. */
  queriesMax: number
  note(text: string): void
}

const folds = 5
/** Queries of one set that the ranker learns from: more say the same, and many rows of few tell more than few of many. */
const rankQueriesMax = 2500
/** Queries of one set that confidence learns from: more would say the same. */
const confidenceQueriesMax = 2500

interface Learned {
  name: SetName
  index: ReviewIndex
  reviews: Map<string, Matchable>
  queries: SplitQuery[]
  collected: Collected
}

/** Everything the weights file holds. */
export async function train(options: TrainOptions): Promise<Weights & { provenance: object }> {
  const { seed, note } = options
  const learned: Learned[] = []
  for (const name of setNames) {
    const set = await readSet(name, options.queriesMax)
    learned.push(set)
    note(`${name}: ${set.index.size} claims, ${set.queries.length} queries`)
  }
  const fold = ({ id }: { id: string }) => foldOf(id, folds)
  const forests = Array.from({ length: folds }, (_, of) => {
    const trees = fitRank(
      partsOf(learned, (query) => fold(query) !== of),
      seed,
    )
    note(`ranker without part ${of + 1} of ${folds}: ${trees.length} trees`)
    return createForest(trees)
  })
  const rank = fitRank(
    partsOf(learned, () => true),
    seed,
  )
  const rankOf = (query: SplitQuery): Forest => forests[fold(query)]!
  const scores: Record<string, object> = {}
  const judgements: Judged[] = []
  const drawn: Drawn[] = []
  for (const { name, index, queries, reviews } of learned) {
    const learnedFrom = new Set(spread(queries, confidenceQueriesMax).map(({ id }) => id))
    const { standpoints, judged } = standpointsOf(
      { index, reviews },
      queries,
      candidatesMax,
      rankOf,
      ({ id }) => learnedFrom.has(id),
    )
    scores[name] = rounded(qualityOf(judged))
    note(`${name}, ${folds}-fold: ${JSON.stringify(scores[name])}`)
    const heldOut = await heldOutOf(name, { index, reviews }, createForest(rank))
    const isComplete = name === choosingSet
    const others = isComplete ? otherStandpointsOf({ index, reviews }, queries, candidatesMax, rankOf) : []
    judgements.push({ name, standpoints, others, heldOut, queries: learnedFrom.size })
    drawn.push({ queries, judged, reviews })
  }
  const small: Judged = { name: 'small pools', standpoints: [], others: [], heldOut: [], queries: 0 }
  for (const { index, queries, reviews } of drawPools(drawn, seed)) {
    const { standpoints } = standpointsOf({ index, reviews }, queries, candidatesMax, rankOf)
    small.standpoints.push(...standpoints)
    small.queries += queries.length
  }
  const confidence = learnConfidence([...judgements, small], fold, folds, seed, note)
  return {
    format: weightsFormat,
    provenance: provenanceOf(options, scores),
    thresholds: confidence.thresholds,
    rank: {
      features: featureNames,
      trees: rank,
    },
    confidence: {
      features: confidenceNames,
      languages: confidence.languages,
      rule: confidence.rule,
      trees: confidence.trees,
    },
  }
}

async function readSet(name: SetName, queriesMax: number): Promise<Learned> {
  const index = createIndex()
  const reviews = new Map<string, Matchable>()
  for await (const { id, review } of claimsOf(sets[name])) {
    index.upsert(id, review)
    reviews.set(id, review)
  }
  const splits = await Promise.all(sets[name].train.map((split) => queriesOf(sets[name], split)))
  const queries = spread(splits.flat(), queriesMax)
  const collected = collect(index, spread(queries, rankQueriesMax), candidatesMax)
  return { name, index, reviews, queries, collected }
}

/** Standpoints of the splits that are only measured: thresholds may be chosen by them, nothing is learned. */
async function heldOutOf(name: SetName, pool: Pool, rank: Forest): Promise<Standpoint[]> {
  const splits = await Promise.all(sets[name].measured.map((split) => queriesOf(sets[name], split)))
  return standpointsOf(pool, splits.flat(), candidatesMax, () => rank).standpoints
}

/** At most so many, from first to last at even distances. */
function spread<T>(all: readonly T[], most: number): T[] {
  const every = Math.max(1, all.length / most)
  return all.filter((_, at) => Math.floor(at / every) !== Math.floor((at - 1) / every))
}

/** Sets count by the square root of their size: none dominates, none is a rounding error. */
function partsOf(learned: Learned[], takes: (query: SplitQuery) => boolean): Part[] {
  return learned.map(({ collected }) => ({
    collected,
    takes: (query) => takes(collected.queries[query]!),
    weight: Math.sqrt(2000 / collected.queries.length),
  }))
}

function provenanceOf({ seed, date, queriesMax }: TrainOptions, scores: object): object {
  return {
    about:
      'Boosted trees that rank candidates and say how sure a match is; bench/README.md says how they are made.',
    command: `npm run train -- --seed ${seed} --date ${date} --queries-max ${queriesMax}`,
    data: setNames.map((name) => `${sets[name].name}: ${sets[name].train.join(', ')}`),
    seed,
    date,
    scores: { measured: `${folds}-fold cross-validation over the queries above`, ...scores },
  }
}

function rounded(figures: object): object {
  return Object.fromEntries(
    Object.entries(figures).map(([key, value]) => [key, Number(Number(value).toFixed(4))]),
  )
}

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
import { standpointsOf } from './judgements.ts'
import { type Judged, learnConfidence } from './learn-confidence.ts'
import { type Drawn, drawPools } from './small-pools.ts'

export interface TrainOptions {
  seed: number
  date: string
  /** Queries taken of each set, spread evenly. */
  queriesMax: number
  note(text: string): void
}

const folds = 5

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
  const rankOf = (query: SplitQuery): Forest => forests[fold(query)]!
  const scores: Record<string, object> = {}
  const judgements: Judged[] = []
  const drawn: Drawn[] = []
  for (const { name, index, queries, reviews } of learned) {
    const { standpoints, judged } = standpointsOf({ index, reviews }, queries, candidatesMax, rankOf)
    scores[name] = rounded(qualityOf(judged))
    note(`${name}, ${folds}-fold: ${JSON.stringify(scores[name])}`)
    judgements.push({ name, standpoints, queries: queries.length })
    drawn.push({ queries, judged, reviews })
  }
  const small: Judged = { name: 'small pools', standpoints: [], queries: 0 }
  for (const { index, queries, reviews } of drawPools(drawn, seed)) {
    const { standpoints } = standpointsOf({ index, reviews }, queries, candidatesMax, rankOf)
    small.standpoints.push(...standpoints)
    small.queries += queries.length
  }
  const confidence = learnConfidence([...judgements, small], fold, folds, seed, note)
  for (const [name, figures] of Object.entries(confidence.scores)) {
    scores[name] = { ...scores[name], ...rounded(figures) }
  }
  return {
    format: weightsFormat,
    provenance: provenanceOf(options, scores),
    thresholds: confidence.thresholds,
    rank: {
      features: featureNames,
      trees: fitRank(
        partsOf(learned, () => true),
        seed,
      ),
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
  const all = splits.flat()
  const every = Math.max(1, all.length / queriesMax)
  const queries = all.filter((_, at) => Math.floor(at / every) !== Math.floor((at - 1) / every))
  return { name, index, reviews, queries, collected: collect(index, queries, candidatesMax) }
}

/** Sets count by the square root of their size: none dominates, none is a rounding error. */
function partsOf(learned: Learned[], takes: (query: SplitQuery) => boolean): Part[] {
  return learned.map(({ collected, queries }) => ({
    collected,
    takes: (query) => takes(queries[query]!),
    weight: Math.sqrt(2000 / queries.length),
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

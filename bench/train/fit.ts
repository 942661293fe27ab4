/** Rows → trees: the ranker over whole lists, the confidence over single candidates. */
import { width } from '#matching/features/measure.ts'
import { type Direction, featureTable, standingTable } from '#matching/features/names.ts'
import { type BoostOptions, boost, createRankLoss, type Lists, type Loss, rightLoss } from './boost.ts'
import type { Collected } from './collect.ts'
import { binRows, edgesOf, type Tree } from './trees.ts'

/** Lists to learn from, with how much each of their queries counts. */
export interface Part {
  collected: Collected
  takes(query: number): boolean
  weight: number
}

/** Chosen on the dev splits and by cross-validation over the train splits. */
export const rankOptions = {
  treesMax: 200,
  leavesMax: 24,
  hessianMin: 1e-3,
  rowsMin: 50,
  lambda: 1,
  shrinkage: 0.1,
  featureShare: 0.6,
  queryShare: 0.8,
} satisfies Partial<BoostOptions>

/** Chosen by the logarithmic loss of five-fold confidence on the train split of CheckThat! 2022. */
export const confidenceOptions = {
  treesMax: 400,
  leavesMax: 6,
  hessianMin: 5,
  rowsMin: 40,
  lambda: 2,
  shrinkage: 0.05,
  featureShare: 0.6,
  queryShare: 0.8,
} satisfies Partial<BoostOptions>

function directions(table: readonly (readonly [string, Direction, string])[]): number[] {
  return table.map(([, direction]) => (direction === 'free' ? 0 : direction === 'rises' ? 1 : -1))
}

export function fitRank(parts: Part[], seed: number, options: Partial<BoostOptions> = {}): Tree[] {
  const { rows, relevant, starts, weights } = join(parts)
  const monotone = Int8Array.from(directions(featureTable))
  const count = relevant.length
  const edges = Array.from({ length: width }, (_, feature) => edgesOf(rows, count, width, feature))
  const lists = { starts, relevant, weights }
  return grown(rows, edges, lists, createRankLoss(lists), {
    ...rankOptions,
    ...options,
    monotone,
    seed,
  })
}

/** Single candidates, each with its own weight; `rows` hold features and standing. */
export interface Judgements {
  rows: Float32Array
  right: Uint8Array
  weights: Float64Array
}

export function fitConfidence({ rows, right, weights }: Judgements, seed: number): Tree[] {
  const features = width + standingTable.length
  const monotone = Int8Array.from([...featureTable.map(() => 0), ...directions(standingTable)])
  const edges = Array.from({ length: features }, (_, feature) =>
    edgesOf(rows, right.length, features, feature),
  )
  const starts = Int32Array.from({ length: right.length + 1 }, (_, at) => at)
  return grown(rows, edges, { starts, relevant: right, weights }, rightLoss, {
    ...confidenceOptions,
    monotone,
    seed,
  })
}

function grown(
  rows: Float32Array,
  edges: number[][],
  lists: Lists,
  loss: Loss,
  options: BoostOptions,
): Tree[] {
  const count = lists.relevant.length
  return boost(binRows(rows, count, edges), lists, new Float64Array(count), loss, options)
}

function join(parts: Part[]) {
  const taken = parts.flatMap(({ collected, takes, weight }) =>
    collected.queries.flatMap((_, query) => (takes(query) ? [{ collected, query, weight }] : [])),
  )
  const starts = new Int32Array(taken.length + 1)
  for (const [at, { collected, query }] of taken.entries()) {
    starts[at + 1] = starts[at]! + collected.starts[query + 1]! - collected.starts[query]!
  }
  const count = starts.at(-1)!
  const rows = new Float32Array(count * width)
  const relevant = new Uint8Array(count)
  for (const [at, { collected, query }] of taken.entries()) {
    const from = collected.starts[query]!
    const to = collected.starts[query + 1]!
    rows.set(collected.rows.subarray(from * width, to * width), starts[at]! * width)
    relevant.set(collected.relevant.subarray(from, to), starts[at]!)
  }
  return { rows, relevant, starts, weights: Float64Array.from(taken, ({ weight }) => weight) }
}

/** Which of `folds` parts a query belongs to: by its id, so that the same query is always in the same part. */
export function foldOf(id: string, folds: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return ((hash ^ (hash >>> 13)) >>> 0) % folds
}

/** Boosting: the losses that trees are grown to (rank within a query; right or wrong) and when to stop. */
import { addOutputs, type Binned, type GrowOptions, growTree, seededRandom, type Tree } from './trees.ts'

/** Rows of one query stand together; `starts` has one more entry than there are queries. */
export interface Lists {
  starts: Int32Array
  /** Per row: 1 relevant, 0 not. */
  relevant: Uint8Array
  /** Per query: how much it counts. */
  weights: Float64Array
}

export interface BoostOptions extends GrowOptions {
  treesMax: number
  seed: number
  /** Share of the queries that one tree learns from. */
  queryShare: number
  /** Called after each tree with its number; true stops. */
  stop?(trees: number, scores: Float64Array): boolean
}

export type Loss = (
  lists: Lists,
  scores: Float64Array,
  gradients: Float64Array,
  hessians: Float64Array,
) => void

/** Trees for a loss, first to last. `scores` starts where it is and ends as the sum of all outputs. */
export function boost(
  data: Binned,
  lists: Lists,
  scores: Float64Array,
  loss: Loss,
  options: BoostOptions,
): Tree[] {
  const random = seededRandom(options.seed)
  const gradients = new Float64Array(data.rows)
  const hessians = new Float64Array(data.rows)
  const trees: Tree[] = []
  const queries = lists.starts.length - 1
  while (trees.length < options.treesMax) {
    loss(lists, scores, gradients, hessians)
    const taken: number[] = []
    for (let query = 0; query < queries; query++) {
      if (lists.weights[query]! <= 0 || (options.queryShare < 1 && random() >= options.queryShare)) continue
      for (let row = lists.starts[query]!; row < lists.starts[query + 1]!; row++) taken.push(row)
    }
    const tree = growTree(data, Int32Array.from(taken), gradients, hessians, options, random)
    addOutputs(tree, data, scores)
    trees.push(tree)
    if (options.stop?.(trees.length, scores)) break
  }
  return trees
}

/**
 * LambdaMART: each pair of a relevant and another candidate pulls in proportion to what swapping them would change
 * in discounted gain. Source: Burges 2010, section 7. Made for one run: it keeps the order of the last tree, from
 * which the next differs little.
 */
export function createRankLoss({ starts, relevant, weights }: Lists): Loss {
  const order = Int32Array.from(relevant, (_, row) => row)
  const rank = new Int32Array(relevant.length)
  const longest = starts.reduce((most, start, at) => Math.max(most, start - (starts[at - 1] ?? 0)), 0)
  const discounts = Float64Array.from({ length: longest }, (_, at) => 1 / Math.log2(at + 2))
  return (_lists, scores, gradients, hessians) => {
    gradients.fill(0)
    hessians.fill(0)
    for (let query = 0; query < starts.length - 1; query++) {
      const weight = weights[query]!
      const start = starts[query]!
      const end = starts[query + 1]!
      if (weight <= 0 || start === end) continue
      sortByScore(order, scores, start, end)
      let ideal = 0
      let good = 0
      for (let at = start; at < end; at++) {
        rank[order[at]!] = at - start
        if (relevant[at] === 1) ideal += discounts[good++]!
      }
      for (let one = start; one < end; one++) {
        if (relevant[one] !== 1) continue
        const own = discounts[rank[one]!]!
        for (let bad = start; bad < end; bad++) {
          if (relevant[bad] === 1) continue
          const swap = (weight * Math.abs(own - discounts[rank[bad]!]!)) / ideal
          const miss = 1 / (1 + Math.exp(scores[one]! - scores[bad]!))
          const curve = swap * Math.max(miss * (1 - miss), 1e-6)
          gradients[one] = gradients[one]! - swap * miss
          gradients[bad] = gradients[bad]! + swap * miss
          hessians[one] = hessians[one]! + curve
          hessians[bad] = hessians[bad]! + curve
        }
      }
    }
  }
}

/** Sorts rows of one query by score, greatest first, equal ones by row; quick when they nearly are. */
function sortByScore(order: Int32Array, scores: Float64Array, start: number, end: number): void {
  for (let at = start + 1; at < end; at++) {
    const row = order[at]!
    const score = scores[row]!
    let to = at
    while (to > start) {
      const before = order[to - 1]!
      if (scores[before]! > score || (scores[before] === score && before < row)) break
      order[to] = before
      to--
    }
    order[to] = row
  }
}

/** Log loss of "this candidate is right". */
export const rightLoss: Loss = (lists, scores, gradients, hessians) => {
  for (let query = 0; query < lists.starts.length - 1; query++) {
    const weight = lists.weights[query]!
    for (let row = lists.starts[query]!; row < lists.starts[query + 1]!; row++) {
      const probability = 1 / (1 + Math.exp(-scores[row]!))
      gradients[row] = weight * (probability - lists.relevant[row]!)
      hessians[row] = weight * Math.max(probability * (1 - probability), 1e-6)
    }
  }
}

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
 * in discounted gain. Source: Burges 2010, section 7.
 */
export const rankLoss: Loss = (lists, scores, gradients, hessians) => {
  gradients.fill(0)
  hessians.fill(0)
  for (let query = 0; query < lists.starts.length - 1; query++) {
    const weight = lists.weights[query]!
    if (weight <= 0) continue
    const start = lists.starts[query]!
    const count = lists.starts[query + 1]! - start
    const order = Array.from({ length: count }, (_, at) => start + at)
    order.sort((a, b) => scores[b]! - scores[a]! || a - b)
    const rank = new Int32Array(count)
    let relevant = 0
    for (let at = 0; at < count; at++) {
      rank[order[at]! - start] = at
      relevant += lists.relevant[start + at]!
    }
    let ideal = 0
    for (let at = 0; at < relevant; at++) ideal += discount(at)
    for (let good = start; good < start + count; good++) {
      if (lists.relevant[good] !== 1) continue
      for (let bad = start; bad < start + count; bad++) {
        if (lists.relevant[bad] === 1) continue
        const swap = Math.abs(discount(rank[good - start]!) - discount(rank[bad - start]!)) / ideal
        const miss = 1 / (1 + Math.exp(scores[good]! - scores[bad]!))
        const pull = weight * swap * miss
        const curve = weight * swap * Math.max(miss * (1 - miss), 1e-6)
        gradients[good] = gradients[good]! - pull
        gradients[bad] = gradients[bad]! + pull
        hessians[good] = hessians[good]! + curve
        hessians[bad] = hessians[bad]! + curve
      }
    }
  }
}

function discount(rank: number): number {
  return 1 / Math.log2(rank + 2)
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

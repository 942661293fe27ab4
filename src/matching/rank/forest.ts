/**
 * Boosted trees, scored without walking them. A tree walked node by node takes a turn at each that no processor can foresee;
 * here the nodes of all trees stand sorted by feature and threshold, and for each feature a row runs along those it is above.
 * Each strikes from its tree the leaves it shuts off, and the first leaf left is where the row falls.
 * Source: Lucchese and others 2015 (QuickScorer).
 */

/** As the weights file keeps a tree: node i goes left when row[feature[i]] <= threshold[i]; a child below 0 is leaf ~child. */
export interface StoredTree {
  feature: readonly number[]
  threshold: readonly number[]
  left: readonly number[]
  right: readonly number[]
  value: readonly number[]
}

export interface Forest {
  /** Sum of what the trees say of the row that starts at `base`. */
  score(rows: Float32Array, base: number): number
  /** The trees before `at` and those from there on. */
  split(at: number): [Forest, Forest]
}

/** The leaves of a tree are the bits of one whole number. */
export const leavesMax = 32

/** One node as a row meets it: above the threshold, only the leaves of `left` stay. */
interface Turn {
  feature: number
  threshold: number
  tree: number
  left: number
}

export function createForest(trees: readonly StoredTree[]): Forest {
  const turns: Turn[] = []
  const values = new Float64Array(trees.length * leavesMax)
  for (const [tree, stored] of trees.entries()) {
    const order = leavesInOrder(stored, tree, turns)
    for (const [place, leaf] of order.entries()) values[tree * leavesMax + place] = stored.value[leaf]!
  }
  turns.sort((a, b) => a.feature - b.feature || a.threshold - b.threshold)
  const features = turns.length === 0 ? 0 : turns.at(-1)!.feature + 1
  const ends = Int32Array.from(
    { length: features },
    (_, of) => turns.findLastIndex(({ feature }) => feature <= of) + 1,
  )
  const thresholds = Float64Array.from(turns, ({ threshold }) => threshold)
  const treeOf = Int32Array.from(turns, ({ tree }) => tree)
  const leftOf = Int32Array.from(turns, ({ left }) => left)
  const leaves = new Int32Array(trees.length)
  return {
    score(rows, base) {
      leaves.fill(-1)
      let turn = 0
      for (let feature = 0; feature < features; feature++) {
        const value = rows[base + feature]!
        const end = ends[feature]!
        for (; turn < end && !(value <= thresholds[turn]!); turn++) {
          const tree = treeOf[turn]!
          leaves[tree] = leaves[tree]! & leftOf[turn]!
        }
        turn = end
      }
      let sum = 0
      for (let tree = 0; tree < leaves.length; tree++) {
        const left = leaves[tree]!
        sum += values[tree * leavesMax + 31 - Math.clz32(left & -left)]!
      }
      return sum
    },
    split: (at) => [createForest(trees.slice(0, at)), createForest(trees.slice(at))],
  }
}

/** Leaves of a tree from left to right; adds its nodes to `turns`. */
function leavesInOrder(
  { feature, threshold, left, right }: StoredTree,
  tree: number,
  turns: Turn[],
): number[] {
  const order: number[] = []
  const visit = (child: number): void => {
    if (child < 0) {
      order.push(~child)
      return
    }
    const from = order.length
    visit(left[child]!)
    const shut = 2 ** order.length - 2 ** from
    turns.push({ feature: feature[child]!, threshold: threshold[child]!, tree, left: ~shut })
    visit(right[child]!)
  }
  visit(feature.length === 0 ? ~0 : 0)
  return order
}

/** What is wrong with trees read from a file, or null: every child exists and comes later, every number is finite. */
export function problemOfTrees(trees: unknown, features: number): string | null {
  if (!Array.isArray(trees) || trees.length === 0) return 'has no trees'
  for (const [index, tree] of trees.entries()) {
    const problem = problemOfTree(tree, features)
    if (problem !== null) return `tree ${index} ${problem}`
  }
  return null
}

function problemOfTree(tree: unknown, features: number): string | null {
  if (typeof tree !== 'object' || tree === null) return 'is not an object'
  const { feature, threshold, left, right, value } = tree as Record<string, unknown>
  const lists = [feature, threshold, left, right, value]
  if (!lists.every((list): list is number[] => Array.isArray(list) && list.every(Number.isFinite))) {
    return 'lacks a list of finite numbers'
  }
  const [features_, , lefts, rights, values] = lists as [number[], number[], number[], number[], number[]]
  const nodes = features_.length
  if (lists.slice(0, 4).some((list) => (list as number[]).length !== nodes))
    return 'has lists of unequal length'
  if (values.length !== nodes + 1) return 'must have one leaf more than nodes'
  if (features_.some((of) => !Number.isInteger(of) || of < 0 || of >= features))
    return 'tests a feature that is not there'
  if (values.length > leavesMax) return `has more than ${leavesMax} leaves`
  const childIsWrong = (child: number, node: number) =>
    !Number.isInteger(child) || (child < 0 ? ~child >= values.length : child <= node || child >= nodes)
  for (let node = 0; node < nodes; node++) {
    if (childIsWrong(lefts[node]!, node) || childIsWrong(rights[node]!, node)) return 'points outside itself'
  }
  if (new Set([...lefts, ...rights]).size !== 2 * nodes) return 'has a branch that hangs twice'
  return null
}

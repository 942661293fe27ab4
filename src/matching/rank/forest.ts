/** Boosted trees laid flat for speed: every node of every tree in five arrays, walked without a call. */

/** As the weights file keeps a tree: node i goes left when row[feature[i]] <= threshold[i]; a child below 0 is leaf ~child. */
export interface StoredTree {
  feature: readonly number[]
  threshold: readonly number[]
  left: readonly number[]
  right: readonly number[]
  value: readonly number[]
}

export interface Forest {
  readonly trees: number
  /** Sum of what the trees say of the row that starts at `base`: all of them, or those from `from` up to `to`. */
  score(rows: Float32Array, base: number, from?: number, to?: number): number
}

export function createForest(trees: readonly StoredTree[]): Forest {
  const nodes = trees.reduce((sum, tree) => sum + tree.feature.length, 0)
  const leaves = trees.reduce((sum, tree) => sum + tree.value.length, 0)
  const feature = new Uint8Array(nodes)
  const threshold = new Float64Array(nodes)
  const left = new Int32Array(nodes)
  const right = new Int32Array(nodes)
  const value = new Float64Array(leaves)
  const roots = new Int32Array(trees.length)
  let node = 0
  let leaf = 0
  for (const [index, tree] of trees.entries()) {
    const placed = (child: number) => (child < 0 ? ~(~child + leaf) : child + node)
    roots[index] = tree.feature.length === 0 ? ~leaf : node
    for (let at = 0; at < tree.feature.length; at++) {
      feature[node + at] = tree.feature[at]!
      threshold[node + at] = tree.threshold[at]!
      left[node + at] = placed(tree.left[at]!)
      right[node + at] = placed(tree.right[at]!)
    }
    value.set(tree.value, leaf)
    node += tree.feature.length
    leaf += tree.value.length
  }
  return {
    trees: trees.length,
    score(rows, base, from = 0, to = roots.length) {
      let sum = 0
      for (let tree = from; tree < to; tree++) {
        let at = roots[tree]!
        while (at >= 0) at = rows[base + feature[at]!]! <= threshold[at]! ? left[at]! : right[at]!
        sum += value[~at]!
      }
      return sum
    },
  }
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
  const childIsWrong = (child: number, node: number) =>
    !Number.isInteger(child) || (child < 0 ? ~child >= values.length : child <= node || child >= nodes)
  for (let node = 0; node < nodes; node++) {
    if (childIsWrong(lefts[node]!, node) || childIsWrong(rights[node]!, node)) return 'points outside itself'
  }
  return null
}

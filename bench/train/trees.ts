/**
 * Gradient-boosted regression trees over binned features: what `npm run train` grows the ranker and the calibrator with.
 * Single-threaded and seeded, so that the same rows give the same trees, bit for bit.
 * Source: Friedman 2001 (boosting); Ke et al. 2017 (histograms, leaf-wise growth).
 */

/** Rows of features, each already replaced by the number of its bin. */
export interface Binned {
  rows: number
  features: number
  /** Row by row; a value is in bin b when it is greater than exactly b of the feature's edges. */
  bins: Uint8Array
  /** Ascending thresholds of each feature, at most `binsMax - 1`. */
  edges: number[][]
}

/** A tree in arrays: node i goes left when row[feature[i]] <= threshold[i]; a child below 0 is the leaf ~child. */
export interface Tree {
  feature: number[]
  threshold: number[]
  left: number[]
  right: number[]
  value: number[]
}

export interface GrowOptions {
  leavesMax: number
  /** Least sum of second derivatives in a leaf. */
  hessianMin: number
  rowsMin: number
  /** L2 penalty on leaf values. */
  lambda: number
  shrinkage: number
  /** Share of the features that one tree may use. */
  featureShare: number
  /** Per feature: 1 the score may only rise with it, -1 only fall, 0 free. */
  monotone: Int8Array
}

export const binsMax = 64

/** A small seeded generator (mulberry32), 0 to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Thresholds at quantiles of the distinct values, rounded to few digits so that the weights stay readable. */
export function edgesOf(values: Float32Array, rows: number, features: number, feature: number): number[] {
  const sampleEvery = Math.max(1, Math.floor(rows / 200_000))
  const sample = new Float32Array(Math.ceil(rows / sampleEvery))
  for (let at = 0; at < sample.length; at++) sample[at] = values[at * sampleEvery * features + feature]!
  sample.sort()
  const edges: number[] = []
  for (let bin = 1; bin < binsMax; bin++) {
    const at = Math.floor((bin * sample.length) / binsMax)
    const below = sample[at - 1] ?? sample[at]!
    const edge = Number(((below + sample[at]!) / 2).toPrecision(5))
    if (edges.length === 0 || edge > edges.at(-1)!) edges.push(edge)
  }
  const distinct = new Set(sample)
  if (distinct.size > binsMax) return edges
  const sorted = [...distinct].sort((a, b) => a - b)
  return sorted.slice(1).map((value, at) => Number(((value + sorted[at]!) / 2).toPrecision(5)))
}

/** Replaces each value by its bin. */
export function binRows(values: Float32Array, rows: number, edges: number[][]): Binned {
  const features = edges.length
  const bins = new Uint8Array(rows * features)
  for (let feature = 0; feature < features; feature++) {
    const own = Float64Array.from(edges[feature]!)
    for (let row = 0, at = feature; row < rows; row++, at += features) {
      const value = values[at]!
      let low = 0
      let high = own.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (value > own[middle]!) low = middle + 1
        else high = middle
      }
      bins[at] = low
    }
  }
  return { rows, features, bins, edges }
}

interface Leaf {
  start: number
  end: number
  gradient: number
  hessian: number
  histogram: Float64Array
  low: number
  high: number
  /** Where the parent points at this leaf: node and side; -1 at the root. */
  parent: number
  side: 'left' | 'right'
  split: Split | null
}

interface Split {
  gain: number
  feature: number
  bin: number
  leftGradient: number
  leftHessian: number
}

/**
 * Grows one tree to the negative gradient and adds its output to `scores`.
 * @param order row numbers to learn from; reordered in place
 */
export function growTree(
  data: Binned,
  order: Int32Array,
  gradients: Float64Array,
  hessians: Float64Array,
  options: GrowOptions,
  random: () => number,
): Tree {
  const tree: Tree = { feature: [], threshold: [], left: [], right: [], value: [] }
  const used = Int32Array.from({ length: data.features }, (_, feature) => feature).filter(
    () => options.featureShare >= 1 || random() < options.featureShare,
  )
  const spare = new Int32Array(order.length)
  const root: Leaf = {
    start: 0,
    end: order.length,
    gradient: 0,
    hessian: 0,
    histogram: histogramOf(data, order, 0, order.length, gradients, hessians, used),
    low: -Infinity,
    high: Infinity,
    parent: -1,
    side: 'left',
    split: null,
  }
  for (const row of order) {
    root.gradient += gradients[row]!
    root.hessian += hessians[row]!
  }
  root.split = bestSplit(data, root, used, options)
  const leaves = [root]
  while (leaves.length < options.leavesMax) {
    let best = -1
    for (let at = 0; at < leaves.length; at++) {
      const split = leaves[at]!.split
      if (split && (best < 0 || split.gain > leaves[best]!.split!.gain)) best = at
    }
    if (best < 0) break
    const [left, right] = splitLeaf(
      data,
      leaves[best]!,
      order,
      spare,
      gradients,
      hessians,
      used,
      options,
      tree,
    )
    leaves[best] = left
    leaves.push(right)
  }
  for (const leaf of leaves) {
    const value = Number(
      (leafValue(leaf.gradient, leaf.hessian, leaf, options) * options.shrinkage).toPrecision(4),
    )
    if (leaf.parent >= 0) tree[leaf.side][leaf.parent] = ~tree.value.length
    tree.value.push(value)
  }
  return tree
}

function leafValue(
  gradient: number,
  hessian: number,
  bounds: { low: number; high: number },
  { lambda }: GrowOptions,
) {
  return Math.min(bounds.high, Math.max(bounds.low, -gradient / (hessian + lambda)))
}

function splitLeaf(
  data: Binned,
  leaf: Leaf,
  order: Int32Array,
  spare: Int32Array,
  gradients: Float64Array,
  hessians: Float64Array,
  used: Int32Array,
  options: GrowOptions,
  tree: Tree,
): [Leaf, Leaf] {
  const { feature, bin, leftGradient, leftHessian } = leaf.split!
  let middle = leaf.start
  let held = 0
  for (let at = leaf.start; at < leaf.end; at++) {
    const row = order[at]!
    if (data.bins[row * data.features + feature]! <= bin) order[middle++] = row
    else spare[held++] = row
  }
  order.set(spare.subarray(0, held), middle)
  const node = tree.feature.length
  tree.feature.push(feature)
  tree.threshold.push(data.edges[feature]![bin]!)
  tree.left.push(0)
  tree.right.push(0)
  if (leaf.parent >= 0) tree[leaf.side][leaf.parent] = node
  const smallIsLeft = middle - leaf.start <= leaf.end - middle
  const small = smallIsLeft
    ? histogramOf(data, order, leaf.start, middle, gradients, hessians, used)
    : histogramOf(data, order, middle, leaf.end, gradients, hessians, used)
  const large = leaf.histogram
  for (let at = 0; at < large.length; at++) large[at] = large[at]! - small[at]!
  const left: Leaf = {
    ...leaf,
    end: middle,
    gradient: leftGradient,
    hessian: leftHessian,
    histogram: smallIsLeft ? small : large,
    parent: node,
    side: 'left',
    split: null,
  }
  const right: Leaf = {
    ...leaf,
    start: middle,
    gradient: leaf.gradient - leftGradient,
    hessian: leaf.hessian - leftHessian,
    histogram: smallIsLeft ? large : small,
    parent: node,
    side: 'right',
    split: null,
  }
  const direction = options.monotone[feature]!
  if (direction !== 0) {
    const between =
      (leafValue(left.gradient, left.hessian, leaf, options) +
        leafValue(right.gradient, right.hessian, leaf, options)) /
      2
    if (direction > 0) {
      left.high = between
      right.low = between
    } else {
      left.low = between
      right.high = between
    }
  }
  left.split = bestSplit(data, left, used, options)
  right.split = bestSplit(data, right, used, options)
  return [left, right]
}

/** Sums of gradient, hessian and rows per bin of each used feature. */
function histogramOf(
  data: Binned,
  order: Int32Array,
  start: number,
  end: number,
  gradients: Float64Array,
  hessians: Float64Array,
  used: Int32Array,
): Float64Array {
  const histogram = new Float64Array(data.features * binsMax * 3)
  const { bins, features } = data
  for (let at = start; at < end; at++) {
    const row = order[at]!
    const gradient = gradients[row]!
    const hessian = hessians[row]!
    const base = row * features
    for (let index = 0; index < used.length; index++) {
      const feature = used[index]!
      const slot = (feature * binsMax + bins[base + feature]!) * 3
      histogram[slot] = histogram[slot]! + gradient
      histogram[slot + 1] = histogram[slot + 1]! + hessian
      histogram[slot + 2] = histogram[slot + 2]! + 1
    }
  }
  return histogram
}

function bestSplit(data: Binned, leaf: Leaf, used: Int32Array, options: GrowOptions): Split | null {
  const rows = leaf.end - leaf.start
  if (rows < 2 * options.rowsMin) return null
  const { lambda } = options
  const parentScore = leaf.gradient ** 2 / (leaf.hessian + lambda)
  let best: Split | null = null
  for (const feature of used) {
    const direction = options.monotone[feature]!
    let gradient = 0
    let hessian = 0
    let count = 0
    for (let bin = 0; bin < data.edges[feature]!.length; bin++) {
      const slot = (feature * binsMax + bin) * 3
      gradient += leaf.histogram[slot]!
      hessian += leaf.histogram[slot + 1]!
      count += leaf.histogram[slot + 2]!
      if (count < options.rowsMin || hessian < options.hessianMin) continue
      const restHessian = leaf.hessian - hessian
      if (rows - count < options.rowsMin || restHessian < options.hessianMin) break
      const rest = leaf.gradient - gradient
      const gain = gradient ** 2 / (hessian + lambda) + rest ** 2 / (restHessian + lambda) - parentScore
      if (gain <= 1e-9 || (best && gain <= best.gain)) continue
      if (direction !== 0) {
        const below = leafValue(gradient, hessian, leaf, options)
        const above = leafValue(rest, restHessian, leaf, options)
        if (direction > 0 ? below > above : below < above) continue
      }
      best = { gain, feature, bin, leftGradient: gradient, leftHessian: hessian }
    }
  }
  return best
}

/** Adds a tree's output for every row. */
export function addOutputs(tree: Tree, data: Binned, scores: Float64Array): void {
  const cuts = tree.feature.map((feature, node) => data.edges[feature]!.indexOf(tree.threshold[node]!))
  for (let row = 0; row < data.rows; row++) {
    const base = row * data.features
    let node = tree.feature.length === 0 ? ~0 : 0
    while (node >= 0) {
      node = data.bins[base + tree.feature[node]!]! <= cuts[node]! ? tree.left[node]! : tree.right[node]!
    }
    scores[row] = scores[row]! + tree.value[~node]!
  }
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createForest, leavesMax, problemOfTrees, type StoredTree } from './forest.ts'

const tree = { feature: [1], threshold: [0.5], left: [-1], right: [-2], value: [-2, 3] }

test('a row falls to the leaf on its side of each threshold, and trees add up', () => {
  const forest = createForest([tree, tree])
  expect(forest.score(Float32Array.of(9, 0.5, 9, 0.6), 0)).toBe(-4)
  expect(forest.score(Float32Array.of(9, 0.5, 9, 0.6), 2)).toBe(6)
})

const features = 4

/** Trees of one to `leavesMax` leaves: each time one leaf, drawn, becomes a node with two. */
const trees = fc
  .array(fc.record({ leaf: fc.nat(), feature: fc.nat(features - 1), threshold: fc.nat(8) }), {
    maxLength: leavesMax - 1,
  })
  .map((splits): StoredTree => {
    const grown: StoredTree = { feature: [], threshold: [], left: [], right: [], value: [0] }
    const { feature, left, right, threshold, value } = grown as Record<keyof StoredTree, number[]>
    const hung: { from: number[]; at: number }[] = []
    for (const split of splits) {
      const leaf = split.leaf % value.length
      const node = feature.length
      const parent = hung[leaf]
      if (parent) parent.from[parent.at] = node
      feature.push(split.feature)
      threshold.push(split.threshold)
      left.push(~leaf)
      right.push(~value.length)
      hung[leaf] = { from: left, at: node }
      hung[value.length] = { from: right, at: node }
      value.push(value.length)
    }
    return grown
  })

function walk(tree: StoredTree, row: Float32Array): number {
  let at = tree.feature.length === 0 ? ~0 : 0
  while (at >= 0) at = row[tree.feature[at]!]! <= tree.threshold[at]! ? tree.left[at]! : tree.right[at]!
  return tree.value[~at]!
}

test('a forest says what its trees say when each is walked node by node, whole or split', () => {
  const rows = fc.array(fc.integer({ min: -1, max: 9 }), { minLength: features, maxLength: features })
  fc.assert(
    fc.property(fc.array(trees, { maxLength: 5 }), rows, fc.nat(6), (forest, values, at) => {
      expect(problemOfTrees([...forest, tree], features)).toBeNull()
      const row = Float32Array.from(values)
      const walked = forest.reduce((sum, each) => sum + walk(each, row), 0)
      expect(createForest(forest).score(row, 0)).toBe(walked)
      const [first, rest] = createForest(forest).split(at)
      expect(first.score(row, 0) + rest.score(row, 0)).toBe(walked)
    }),
    { seed: 5 },
  )
})

test('a damaged tree is refused with what is wrong with it', () => {
  expect(problemOfTrees([tree], 2)).toBeNull()
  expect(problemOfTrees([], 2)).toContain('no trees')
  expect(problemOfTrees([tree], 1)).toContain('feature that is not there')
  expect(problemOfTrees([{ ...tree, right: [0] }], 2)).toContain('outside itself')
  expect(problemOfTrees([{ ...tree, value: [1] }], 2)).toContain('one leaf more')
  expect(problemOfTrees([{ ...tree, right: [-1] }], 2)).toContain('hangs twice')
  const chain = Array.from({ length: leavesMax }, (_, at) => at)
  const long = {
    feature: chain.map(() => 0),
    threshold: chain,
    left: chain.map((at) => ~at),
    right: chain.map((at) => (at + 1 < leavesMax ? at + 1 : ~leavesMax)),
    value: [...chain, leavesMax],
  }
  expect(problemOfTrees([long], 1)).toContain('more than 32 leaves')
  expect(problemOfTrees([{ ...tree, threshold: [Number.NaN] }], 2)).toContain('finite')
})

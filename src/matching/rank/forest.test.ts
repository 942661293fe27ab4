import { expect, test } from 'vitest'
import { createForest, problemOfTrees } from './forest.ts'

const tree = { feature: [1], threshold: [0.5], left: [-1], right: [-2], value: [-2, 3] }

test('a row falls to the leaf on its side of each threshold, and trees add up', () => {
  const forest = createForest([tree, tree])
  expect(forest.score(Float32Array.of(9, 0.5, 9, 0.6), 0)).toBe(-4)
  expect(forest.score(Float32Array.of(9, 0.5, 9, 0.6), 2)).toBe(6)
  expect(forest.score(Float32Array.of(9, 0.5, 9, 0.6), 2, 1)).toBe(3)
})

test('a damaged tree is refused with what is wrong with it', () => {
  expect(problemOfTrees([tree], 2)).toBeNull()
  expect(problemOfTrees([], 2)).toContain('no trees')
  expect(problemOfTrees([tree], 1)).toContain('feature that is not there')
  expect(problemOfTrees([{ ...tree, right: [0] }], 2)).toContain('outside itself')
  expect(problemOfTrees([{ ...tree, value: [1] }], 2)).toContain('one leaf more')
  expect(problemOfTrees([{ ...tree, threshold: [Number.NaN] }], 2)).toContain('finite')
})

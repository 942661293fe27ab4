import { expect, test } from 'vitest'
import { areaUnderCurve, averagePrecisionAt5, percentile, qualityOf } from './metrics.ts'

test('average precision counts the first five and divides by all that is relevant', () => {
  const relevant = new Set(['a', 'b'])
  expect(averagePrecisionAt5({ found: ['a', 'x', 'b'], relevant })).toBeCloseTo((1 + 2 / 3) / 2)
  expect(averagePrecisionAt5({ found: ['1', '2', '3', '4', '5', 'a'], relevant })).toBe(0)
})

test('a perfect ranking scores one on every measure, an empty one nothing', () => {
  const relevant = new Set(['a'])
  expect(qualityOf([{ found: ['a'], relevant }])).toEqual({
    n: 1,
    'map@5': 1,
    mrr: 1,
    'p@1': 1,
    's@10': 1,
    'r@50': 1,
  })
  expect(qualityOf([{ found: [], relevant }])['r@50']).toBe(0)
})

test('the area under the curve is a chance, ties count half', () => {
  expect(areaUnderCurve([0.9, 0.8], [0.1, 0.2])).toBe(1)
  expect(areaUnderCurve([0.5], [0.5])).toBe(0.5)
  expect(areaUnderCurve([0.1], [0.9])).toBe(0)
})

test('a percentile is a value that was measured', () => {
  expect(percentile([3, 1, 2], 0.5)).toBe(2)
  expect(percentile([], 0.99)).toBe(0)
})

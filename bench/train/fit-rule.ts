/** Logistic regression by Newton's method: how the rule for untrained languages gets its weights. */
import { ruleFeatures, ruleValue, type StoredRule } from '#matching/rank/rule.ts'
import type { Judgements } from './fit.ts'

const steps = 12
/** Penalty on squared weights: keeps two that say the same from pulling apart. */
const penalty = 3

/** Weights that make the rule's probabilities fit the judgements. */
export function fitRule({ rows, right, weights }: Judgements): StoredRule {
  const count = ruleFeatures.length + 1
  const width = rows.length / Math.max(1, right.length)
  const inputs = Array.from(right, (_, at) => {
    const row = rows.subarray(at * width, (at + 1) * width)
    return Float64Array.from({ length: count }, (_, of) => (of === count - 1 ? 1 : ruleValue(row, of)))
  })
  let found = new Float64Array(count)
  for (let step = 0; step < steps; step++) {
    const gradient = found.map((weight) => -penalty * weight)
    const curve = Array.from({ length: count }, (_, at) => {
      const line = new Float64Array(count)
      line[at] = penalty
      return line
    })
    for (const [at, input] of inputs.entries()) {
      const said = 1 / (1 + Math.exp(-input.reduce((sum, value, of) => sum + value * found[of]!, 0)))
      const pull = weights[at]! * (right[at]! - said)
      const bend = weights[at]! * said * (1 - said)
      for (let of = 0; of < count; of++) {
        gradient[of] = gradient[of]! + pull * input[of]!
        const line = curve[of]!
        for (let by = 0; by < count; by++) line[by] = line[by]! + bend * input[of]! * input[by]!
      }
    }
    const move = solved(curve, gradient)
    found = found.map((weight, at) => weight + move[at]!)
  }
  const rounded = Array.from(found, (weight) => Number(weight.toPrecision(4)))
  return { features: ruleFeatures, weights: rounded.slice(0, -1), bias: rounded.at(-1)! }
}

/** Solves a small symmetric system by elimination; the penalty keeps its pivots above zero. */
export function solved(matrix: Float64Array[], vector: Float64Array): Float64Array {
  const count = vector.length
  const left = matrix.map((line) => line.slice())
  const result = vector.slice()
  for (let at = 0; at < count; at++) {
    for (let below = at + 1; below < count; below++) {
      const share = left[below]![at]! / left[at]![at]!
      for (let of = at; of < count; of++) left[below]![of] = left[below]![of]! - share * left[at]![of]!
      result[below] = result[below]! - share * result[at]!
    }
  }
  for (let at = count - 1; at >= 0; at--) {
    for (let of = at + 1; of < count; of++) result[at] = result[at]! - left[at]![of]! * result[of]!
    result[at] = result[at]! / left[at]![at]!
  }
  return result
}

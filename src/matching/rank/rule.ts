/**
 * The rule for languages that the trees were not trained in: a weighted sum of a few comparisons that mean the same in
 * every language. It can only lower what the trees say.
 */
import { confidenceNames } from '../features/names.ts'

/** What the rule weighs; the order of its weights. */
export const ruleFeatures = [
  'claimCovered',
  'coveredBothWays',
  'messageCovered',
  'rareAgreement',
  'claimRarestMissing',
  'messageRarestMissing',
  'window',
  'runShare',
  'rankMargin',
  'numbersDiffer',
  'namesDiffer',
  'negationDiffers',
] as const

export const ruleColumns = ruleFeatures.map((name) => confidenceNames.indexOf(name))

/** As the weights file keeps it. */
export interface StoredRule {
  readonly features: readonly string[]
  readonly weights: readonly number[]
  readonly bias: number
}

/** Limits of a compared value: beyond them a margin says no more. */
const reach = 4

/** The log of the odds that the candidate whose row this is is right. */
export function ruleOdds({ weights, bias }: StoredRule, row: Float32Array): number {
  return weights.reduce((sum, weight, at) => sum + weight * ruleValue(row, at), bias)
}

/** The value of the rule's feature `at` in a row. */
export function ruleValue(row: Float32Array, at: number): number {
  return Math.max(-reach, Math.min(reach, row[ruleColumns[at]!]!))
}

/** What is wrong with a rule read from a file, or null. */
export function problemOfRule(rule: unknown): string | null {
  if (typeof rule !== 'object' || rule === null) return 'is not there'
  const { features, weights, bias } = rule as Record<string, unknown>
  if (JSON.stringify(features) !== JSON.stringify(ruleFeatures)) return 'was fitted on other features'
  const numbers = Array.isArray(weights) ? [...(weights as unknown[]), bias] : []
  if (numbers.length !== ruleFeatures.length + 1 || !numbers.every(Number.isFinite)) {
    return 'lacks a finite weight for each of its features'
  }
  return null
}

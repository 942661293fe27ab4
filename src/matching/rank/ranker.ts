/** The weights file read and checked: ranking and confidence as two forests over named features. */
import type { Parsed } from '#domain/errors.ts'
import { confidenceNames, featureNames } from '../features/names.ts'
import { createForest, type Forest, problemOfTrees, type StoredTree } from './forest.ts'
import { problemOfRule, ruleOdds, type StoredRule } from './rule.ts'

/** The form of the file; another number is another form and is refused. */
export const weightsFormat = 1

export interface Ranker {
  rank: Forest
  /** Log of the odds that the candidate whose row this is answers a message of that language; null: unknown. */
  odds(row: Float32Array, lang: string | null): number
  /** Least confidence of each decision. */
  thresholds: { answered: number; related: number }
}

/** @returns problems when a file is of another version, was trained on other features, or is damaged */
export function parseRanker(data: unknown): Parsed<Ranker> {
  const problem = problemOf(data)
  if (problem !== null) {
    return {
      ok: false,
      problems: [{ path: '$', message: `${problem}; train the weights again: npm run train` }],
    }
  }
  const { rank, confidence, thresholds } = data as Weights
  const trees = createForest(confidence.trees)
  const languages = new Set(confidence.languages)
  return {
    ok: true,
    value: {
      rank: createForest(rank.trees),
      odds(row, lang) {
        const odds = trees.score(row, 0)
        return lang !== null && languages.has(lang) ? odds : Math.min(odds, ruleOdds(confidence.rule, row))
      },
      thresholds: { answered: thresholds.answered, related: thresholds.related },
    },
  }
}

/** What the file holds beside its provenance. */
export interface Weights {
  format: number
  rank: { features: readonly string[]; trees: readonly StoredTree[] }
  confidence: {
    features: readonly string[]
    /** ISO 639-1 of the languages that the trees know; in others the rule has its say too. */
    languages: readonly string[]
    rule: StoredRule
    trees: readonly StoredTree[]
  }
  thresholds: { answered: number; related: number }
}

function problemOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null) return 'the weights are no object'
  const { format, rank, confidence, thresholds } = data as Record<string, unknown>
  if (format !== weightsFormat) return `the weights are of form ${String(format)}, not ${weightsFormat}`
  const parts = [
    ['rank', rank, featureNames],
    ['confidence', confidence, confidenceNames],
  ] as const
  for (const [name, part, names] of parts) {
    if (typeof part !== 'object' || part === null) return `the weights lack "${name}"`
    const { features, trees } = part as Record<string, unknown>
    if (JSON.stringify(features) !== JSON.stringify(names)) return `"${name}" was trained on other features`
    const problem = problemOfTrees(trees, names.length)
    if (problem !== null) return `"${name}" ${problem}`
  }
  const { languages, rule } = confidence as Record<string, unknown>
  const isList = Array.isArray(languages) && languages.every((lang) => typeof lang === 'string')
  if (!isList) return 'the weights lack the "languages" of "confidence"'
  const ruleProblem = problemOfRule(rule)
  if (ruleProblem !== null) return `the rule of "confidence" ${ruleProblem}`
  if (typeof thresholds !== 'object' || thresholds === null) return 'the weights lack "thresholds"'
  const { answered, related } = thresholds as Record<string, unknown>
  const isShare = (value: unknown) => typeof value === 'number' && value > 0 && value < 1
  if (!isShare(answered) || !isShare(related)) return 'the thresholds are not between 0 and 1'
  return null
}

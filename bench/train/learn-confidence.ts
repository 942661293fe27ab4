/** Standpoints → the trees and the rule that say how sure a match is, and from where on it counts as an answer. */
import { createForest, type Forest } from '#matching/rank/forest.ts'
import { ruleOdds, type StoredRule } from '#matching/rank/rule.ts'
import { fitConfidence, type Judgements } from './fit.ts'
import { fitRule } from './fit-rule.ts'
import { type Standpoint, standpointWidth } from './judgements.ts'
import { calibrationOf, cutAt, lowestCut, type Verdict } from './thresholds.ts'
import type { Tree } from './trees.ts'

/** What was found for the queries of one set. */
export interface Judged {
  name: string
  standpoints: Standpoint[]
  queries: number
}

/** A language counts as trained from this many queries on. */
const languageQueriesMin = 150
/** Sets are worth this many queries each, however many they have. */
const queriesWorth = 1000
/** The set whose judgements are complete enough to set the threshold by, and what must be reached on it. */
const threshold = { set: 'checkthat2022', precisionMin: 0.972, related: 0.25 } as const

export interface LearnedConfidence {
  trees: Tree[]
  rule: StoredRule
  languages: string[]
  thresholds: { answered: number; related: number }
  /** Per set: precision and coverage of what is answered, by models that did not learn from the query. */
  scores: Record<string, { answeredPrecision: number; answeredCoverage: number }>
}

export function learnConfidence(
  sets: readonly Judged[],
  foldOf: (query: { id: string }) => number,
  folds: number,
  seed: number,
  note: (text: string) => void,
): LearnedConfidence {
  const languages = languagesOf(sets)
  const known = new Set(languages)
  const models = Array.from({ length: folds }, (_, fold) => {
    const judgements = judgementsOf(sets, ({ query }) => foldOf({ id: query }) !== fold)
    return { forest: createForest(fitConfidence(judgements, seed)), rule: fitRule(judgements) }
  })
  const verdictsOf = ({ standpoints }: Judged): Verdict[] =>
    firstOnly(standpoints).map((standpoint) => {
      const { forest, rule } = models[foldOf({ id: standpoint.query })]!
      const odds = oddsOf(standpoint, forest, rule, known)
      return { confidence: probability(odds), right: standpoint.right, present: standpoint.present }
    })
  const verdicts = new Map(sets.map((set) => [set.name, verdictsOf(set)]))
  const answered = lowestCut(verdicts.get(threshold.set) ?? [], threshold.precisionMin).threshold
  const scores: LearnedConfidence['scores'] = {}
  for (const [name, own] of verdicts) {
    const { precision, coverage } = cutAt(own, answered)
    scores[name] = { answeredPrecision: precision, answeredCoverage: coverage }
    note(`${name}: at ${answered} precision ${precision.toFixed(3)}, coverage ${coverage.toFixed(3)}`)
    note(calibrationOf(own).map(formatBin).join('  '))
  }
  noteUntrained(sets, languages, answered, seed, note)
  const all = judgementsOf(sets, () => true)
  return {
    trees: fitConfidence(all, seed),
    rule: fitRule(all),
    languages,
    thresholds: { answered, related: threshold.related },
    scores,
  }
}

/** How the rule holds where it is needed: each language judged by models that never saw it. */
function noteUntrained(
  sets: readonly Judged[],
  languages: readonly string[],
  answered: number,
  seed: number,
  note: (text: string) => void,
): void {
  const all: Verdict[] = []
  for (const left of languages) {
    if (left === 'en') continue
    const judgements = judgementsOf(sets, ({ lang }) => lang !== left)
    const forest = createForest(fitConfidence(judgements, seed))
    const rule = fitRule(judgements)
    for (const { standpoints } of sets) {
      const own = standpoints.filter(({ lang }) => lang === left)
      for (const standpoint of firstOnly(own)) {
        const confidence = probability(oddsOf(standpoint, forest, rule, new Set()))
        all.push({ confidence, right: standpoint.right, present: standpoint.present })
      }
    }
  }
  const { precision, coverage } = cutAt(all, answered)
  note(`languages left out: precision ${precision.toFixed(3)}, coverage ${coverage.toFixed(3)}`)
  note(calibrationOf(all).map(formatBin).join('  '))
}

function formatBin({ said, right, count }: { said: number; right: number; count: number }): string {
  return `${said.toFixed(2)}→${right.toFixed(2)} (${count})`
}

/** The best place of each list; lists whose best place is a twin of the relevant claim tell nothing. */
function firstOnly(standpoints: readonly Standpoint[]): Standpoint[] {
  return standpoints.filter(({ place }) => place === 0)
}

function oddsOf(
  { lang, row }: Standpoint,
  forest: Forest,
  rule: StoredRule,
  known: ReadonlySet<string>,
): number {
  const odds = forest.score(row, 0)
  return lang !== null && known.has(lang) ? odds : Math.min(odds, ruleOdds(rule, row))
}

function probability(odds: number): number {
  return 1 / (1 + Math.exp(-odds))
}

function languagesOf(sets: readonly Judged[]): string[] {
  const counts = new Map<string, number>()
  for (const { lang, present, place } of sets.flatMap(({ standpoints }) => standpoints)) {
    if (lang !== null && present && place === 0) counts.set(lang, (counts.get(lang) ?? 0) + 1)
  }
  return [...counts].flatMap(([lang, count]) => (count >= languageQueriesMin ? [lang] : [])).sort()
}

function judgementsOf(sets: readonly Judged[], takes: (standpoint: Standpoint) => boolean): Judgements {
  const taken = sets.flatMap(({ standpoints, queries }) => {
    const weight = queriesWorth / Math.max(queriesWorth, queries)
    return standpoints.filter(takes).map((standpoint) => ({ standpoint, weight }))
  })
  const rows = new Float32Array(taken.length * standpointWidth)
  for (const [at, { standpoint }] of taken.entries()) rows.set(standpoint.row, at * standpointWidth)
  return {
    rows,
    right: Uint8Array.from(taken, ({ standpoint }) => Number(standpoint.right)),
    weights: Float64Array.from(taken, ({ weight }) => weight),
  }
}

/** Standpoints → the trees and the rule that say how sure a match is, and from where on it counts as an answer. */
import { confidenceFrom } from '#matching/rank/confidence.ts'
import { createForest, type Forest } from '#matching/rank/forest.ts'
import { ruleOdds, type StoredRule } from '#matching/rank/rule.ts'
import { fitConfidence, type Judgements } from './fit.ts'
import { fitRule } from './fit-rule.ts'
import { type Standpoint, standpointWidth } from './judgements.ts'
import { calibrationOf, cutAt, type Verdict } from './thresholds.ts'
import type { Tree } from './trees.ts'

/** What was found for the queries of one set. */
export interface Judged {
  name: string
  standpoints: Standpoint[]
  /** Of splits that nothing is learned from. */
  heldOut: Standpoint[]
  queries: number
}

/** A language counts as trained from this many queries on. */
const languageQueriesMin = 150
/** Sets are worth this many queries each, however many they have. */
const queriesWorth = 1000
/**
 * Chosen on the dev split of CheckThat! 2022, whose judgements are the most complete: with gold removed for half, answers
 * are right at least .97 of the time there. The held-out figures are noted at every training.
 */
const thresholds = { answered: 0.77, related: 0.25 } as const

export interface LearnedConfidence {
  trees: Tree[]
  rule: StoredRule
  languages: string[]
  thresholds: { answered: number; related: number }
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
  const all = judgementsOf(sets, () => true)
  const trees = fitConfidence(all, seed)
  const rule = fitRule(all)
  const final = { forest: createForest(trees), rule }
  const verdictsOf = (standpoints: readonly Standpoint[], modelOf: (standpoint: Standpoint) => Model) =>
    firstOnly(standpoints).map((standpoint) => verdictOf(standpoint, modelOf(standpoint), known))
  const byFold = ({ query }: Standpoint) => models[foldOf({ id: query })]!
  const verdicts = new Map(sets.map(({ name, standpoints }) => [name, verdictsOf(standpoints, byFold)]))
  for (const { name, heldOut } of sets) {
    if (heldOut.length > 0)
      verdicts.set(
        `${name}, held out`,
        verdictsOf(heldOut, () => final),
      )
  }
  for (const [name, own] of verdicts) {
    const { precision, coverage } = cutAt(own, thresholds.answered)
    note(
      `${name}: at ${thresholds.answered} precision ${precision.toFixed(3)}, coverage ${coverage.toFixed(3)}`,
    )
    note(calibrationOf(own).map(formatBin).join('  '))
  }
  noteUntrained(sets, languages, seed, note)
  return {
    trees,
    rule,
    languages,
    thresholds,
  }
}

const languageGroups = 4

/** How the rule holds where it is needed: languages judged by models that never saw them, a few at a time. */
function noteUntrained(
  sets: readonly Judged[],
  languages: readonly string[],
  seed: number,
  note: (text: string) => void,
): void {
  const all: Verdict[] = []
  for (let group = 0; group < languageGroups; group++) {
    const left = new Set(languages.filter((lang, at) => lang !== 'en' && at % languageGroups === group))
    const isLeft = ({ lang }: Standpoint) => lang !== null && left.has(lang)
    const judgements = judgementsOf(sets, (standpoint) => !isLeft(standpoint))
    const forest = createForest(fitConfidence(judgements, seed))
    const rule = fitRule(judgements)
    for (const { standpoints } of sets) {
      for (const standpoint of firstOnly(standpoints.filter(isLeft)))
        all.push(verdictOf(standpoint, { forest, rule }, new Set()))
    }
  }
  const { precision, coverage } = cutAt(all, thresholds.answered)
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

interface Model {
  forest: Forest
  rule: StoredRule
}

/** As the product decides. */
function verdictOf(
  { lang, row, right, present }: Standpoint,
  model: Model,
  known: ReadonlySet<string>,
): Verdict {
  const learned = model.forest.score(row, 0)
  const odds = lang !== null && known.has(lang) ? learned : Math.min(learned, ruleOdds(model.rule, row))
  return { confidence: confidenceFrom(odds, row, thresholds.answered), right, present }
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

/** Standpoints → the trees and the rule that say how sure a match is, and from where on it counts as an answer. */
import { confidenceFrom } from '#matching/rank/confidence.ts'
import { createForest, type Forest } from '#matching/rank/forest.ts'
import { ruleOdds, type StoredRule } from '#matching/rank/rule.ts'
import type { SetName } from '../sets.ts'
import { fitConfidence, type Judgements } from './fit.ts'
import { fitRule } from './fit-rule.ts'
import { type Standpoint, standpointWidth } from './judgements.ts'
import { answeredAim, answeredFrom, type Cut, calibrationOf, cutAt, type Verdict } from './thresholds.ts'
import type { Tree } from './trees.ts'

/** What was found for the queries of one set. */
export interface Judged {
  name: string
  standpoints: Standpoint[]
  /** Of the same queries in other circumstances: learned from, never judged by. */
  others: Standpoint[]
  /** Of splits that nothing is learned from. */
  heldOut: Standpoint[]
  queries: number
}

/** A language counts as trained from this many queries on. */
const languageQueriesMin = 150
/** Sets are worth this many queries each, however many they have. */
const queriesWorth = 1000
/** The set whose judgements are the most complete says more than the others of what is right. */
const completeWeight = 6
/** From a chance of one in four on a match is worth showing. */
const related = 0.25
/**
 * The set on which `answered` is chosen, by its measured split and the folds of its train split. Each counts the same: the
 * folds are the larger and the harder sample, judged by models that learned from a fifth less. Its judgements are the most
 * complete; of the others, what counts as wrong often says the same as what is right.
 */
export const choosingSet = 'checkthat2022' satisfies SetName
/** What answers in languages without training data are held to, and how far the rule's odds may be lowered for it. */
const untrained = { precisionMin: 0.95, loweredMax: 4, step: 0.25 } as const

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
  const final = { forest: createForest(trees), rule: fitRule(all) }
  const verdictsOf = (standpoints: readonly Standpoint[], modelOf: (standpoint: Standpoint) => Model) =>
    firstOnly(standpoints).map((standpoint) => verdictOf(standpoint, modelOf(standpoint), known))
  const byFold = ({ query }: Standpoint) => models[foldOf({ id: query })]!
  const verdicts = new Map(sets.map(({ name, standpoints }) => [name, verdictsOf(standpoints, byFold)]))
  const heldOut = new Map(sets.map(({ name, heldOut: own }) => [name, verdictsOf(own, () => final)]))
  const answered = answeredFrom([heldOut.get(choosingSet)!, verdicts.get(choosingSet)!])
  for (const [name, own] of [...verdicts, ...heldOut]) {
    if (own.length === 0) continue
    note(`${name}${own === heldOut.get(name) ? ', held out' : ''}: ${formatCut(cutAt(own, answered))}`)
    note(calibrationOf(own).map(formatBin).join('  '))
  }
  const lowered = loweredFor(sets, languages, seed, answered, note)
  const rule = { ...final.rule, bias: Number((final.rule.bias - lowered).toPrecision(4)) }
  return { trees, rule, languages, thresholds: { answered, related } }
}

const languageGroups = 4

/**
 * By how much the rule's odds are lowered so that its answers hold where it is needed: in languages judged by models that
 * never saw them, a few at a time.
 */
function loweredFor(
  sets: readonly Judged[],
  languages: readonly string[],
  seed: number,
  answered: number,
  note: (text: string) => void,
): number {
  const left: { standpoint: Standpoint; model: Model }[] = []
  for (let group = 0; group < languageGroups; group++) {
    const own = new Set(languages.filter((lang, at) => lang !== 'en' && at % languageGroups === group))
    const isLeft = ({ lang }: Standpoint) => lang !== null && own.has(lang)
    const judgements = judgementsOf(sets, (standpoint) => !isLeft(standpoint))
    const model = { forest: createForest(fitConfidence(judgements, seed)), rule: fitRule(judgements) }
    for (const { standpoints } of sets) {
      const told = standpoints.filter((standpoint) => isLeft(standpoint) && !standpoint.twin)
      for (const standpoint of firstOnly(told)) left.push({ standpoint, model })
    }
  }
  for (let lowered = 0; ; lowered += untrained.step) {
    const all = left.map(({ standpoint, model: { forest, rule } }) =>
      verdictOf(standpoint, { forest, rule: { ...rule, bias: rule.bias - lowered } }, new Set()),
    )
    const cut = cutAt(all, answered)
    note(`languages left out, odds lowered by ${lowered}: ${formatCut(cut)}`)
    if (cut.precision < untrained.precisionMin && lowered < untrained.loweredMax) continue
    note(calibrationOf(all).map(formatBin).join('  '))
    return lowered
  }
}

function formatCut({ threshold, precision, coverage }: Cut): string {
  return `from ${threshold} on precision ${precision.toFixed(3)}, coverage ${coverage.toFixed(3)}`
}

function formatBin({ said, right, count }: { said: number; right: number; count: number }): string {
  return `${said.toFixed(2)}→${right.toFixed(2)} (${count})`
}

/** The best place of each list. */
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
  return { confidence: confidenceFrom(odds, row, answeredAim.highest, answeredAim.lowest), right, present }
}

function languagesOf(sets: readonly Judged[]): string[] {
  const counts = new Map<string, number>()
  for (const { lang, present, place } of sets.flatMap(({ standpoints }) => standpoints)) {
    if (lang !== null && present && place === 0) counts.set(lang, (counts.get(lang) ?? 0) + 1)
  }
  return [...counts].flatMap(([lang, count]) => (count >= languageQueriesMin ? [lang] : [])).sort()
}

function judgementsOf(sets: readonly Judged[], takes: (standpoint: Standpoint) => boolean): Judgements {
  const taken = sets.flatMap(({ name, others, queries, standpoints }) => {
    const share = standpoints.length / Math.max(1, standpoints.length + others.length)
    const weight =
      (name === choosingSet ? completeWeight : 1) * (queriesWorth / Math.max(queriesWorth, queries)) * share
    return [...standpoints, ...others]
      .filter((standpoint) => !standpoint.twin && takes(standpoint))
      .map((standpoint) => ({ standpoint, weight }))
  })
  const rows = new Float32Array(taken.length * standpointWidth)
  for (const [at, { standpoint }] of taken.entries()) rows.set(standpoint.row, at * standpointWidth)
  return {
    rows,
    right: Uint8Array.from(taken, ({ standpoint }) => Number(standpoint.right)),
    weights: Float64Array.from(taken, ({ weight }) => weight),
  }
}

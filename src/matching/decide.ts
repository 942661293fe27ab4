/** Candidates → rank → DECIDE: an ordered list with calibrated confidence, the decision, and why. */
import type { ClaimReviewId } from '#domain/ids.ts'
import type { Decision, Match } from '#domain/message.ts'
import type { Candidates, Documents, DocumentTerms, Judge, Query } from './candidates.ts'
import { type Conflicts, conflictsOf } from './explain/conflicts.ts'
import { explain } from './explain/explain.ts'
import { messageSequence, type Reading, readMatch } from './explain/reading.ts'
import { createMeasure, width } from './features/measure.ts'
import { column, confidenceNames } from './features/names.ts'
import { parseRanker, type Ranker } from './rank/ranker.ts'
import weights from './ranker.json' with { type: 'json' }

/** Candidates asked for per query. Source: bench/results.md, recall by depth. */
export const candidatesMax = 120
/** Matches that are read closely: a decision is about these alone. */
const readMax = 10

/** One candidate at its place, read closely. */
export interface Standing {
  doc: number
  /** Place among the candidates as the index gave them. */
  at: number
  reading: Reading
  conflicts: Conflicts
  /** The row that confidence is judged by, as `confidenceNames` lists it. */
  row: Float32Array
}

/** The judge of the shipped weights, or of others. @throws Error when the weights are not fit */
export function createJudge(data: unknown = weights): Judge {
  const parsed = parseRanker(data)
  if (!parsed.ok) throw new Error(parsed.problems[0]!.message)
  const ranker = parsed.value
  const ordered = createOrder(ranker)
  const stand = createStanding()
  return {
    candidatesMax,
    rank: (query, candidates, documents, limit) =>
      ordered(query, candidates, documents)
        .order.slice(0, limit)
        .map(({ at, score }) => ({ doc: candidates.docs[at]!, score })),
    judge(query, candidates, documents, limit) {
      const { order, rows } = ordered(query, candidates, documents)
      const standings = stand(query, candidates, documents, rows, order, Math.min(limit, readMax))
      const matches = standings
        .map((standing) => matchOf(standing, query, documents, ranker))
        .filter((match) => match.confidence >= ranker.thresholds.related)
        .sort((a, b) => b.confidence - a.confidence)
      return { decision: decisionOf(matches[0], ranker), matches }
    },
  }
}

interface Placed {
  at: number
  score: number
}

/** Ranks a list: every candidate's row and the candidates best first. Rows are valid until the next call. */
export function createOrder(ranker: Pick<Ranker, 'rank'>) {
  const measure = createMeasure()
  return (
    query: Query,
    candidates: Candidates,
    documents: Documents,
  ): { rows: Float32Array; order: Placed[] } => {
    const { rows, count } = measure(query, candidates, documents)
    const order = Array.from({ length: count }, (_, at) => ({
      at,
      score: ranker.rank.score(rows, at * width),
    }))
    order.sort((a, b) => b.score - a.score || a.at - b.at)
    return { rows, order }
  }
}

/** Reads the best of a ranked list closely: how each stands against the others, and what it says differently. */
export function createStanding() {
  let terms: DocumentTerms | null = null
  return (
    query: Query,
    candidates: Candidates,
    documents: Documents,
    rows: Float32Array,
    order: readonly Placed[],
    limit: number,
  ): Standing[] => {
    terms ??= documents.newTerms()
    const message = messageSequence(query)
    const best = order.slice(0, limit + 1).map(({ at, score }) => {
      const doc = candidates.docs[at]!
      documents.readTerms(doc, terms!)
      return { at, doc, score, reading: readMatch(query, message, documents, doc, terms!) }
    })
    return best.slice(0, limit).map(({ at, doc, score, reading }) => {
      const rival = best.find((other) => other.at !== at && !isSameClaim(other.reading, reading))
      const conflicts = conflictsOf(reading)
      const row = new Float32Array(confidenceNames.length)
      row.set(rows.subarray(at * width, (at + 1) * width))
      row[width] = score
      row[width + 1] = rival ? score - rival.score : score - lowestOf(best)
      row[width + 2] = Math.min(1, conflicts.numbers.length)
      row[width + 3] = Math.min(1, conflicts.names.length)
      row[width + 4] = Math.min(1, conflicts.negation.length)
      return { at, doc, reading, conflicts, row }
    })
  }
}

function lowestOf(best: readonly { score: number }[]): number {
  return best.at(-1)?.score ?? 0
}

/** Share of the terms of two claims, by the smaller, from which they count as one claim told twice. */
const sameClaimMin = 0.7

function isSameClaim(a: Reading, b: Reading): boolean {
  const first = new Set(a.claim.terms)
  const second = new Set(b.claim.terms)
  if (first.size === 0 || second.size === 0) return false
  return first.intersection(second).size / first.union(second).size >= sameClaimMin
}

function matchOf(standing: Standing, query: Query, documents: Documents, ranker: Ranker): Match {
  const { conflicts, doc, reading, row } = standing
  const odds = ranker.confidence.score(row, 0)
  const differs = conflicts.negation.length + conflicts.numbers.length + conflicts.names.length > 0
  const most = differs ? ranker.thresholds.answered - confidenceStep : 1 - confidenceStep
  const confidence = Math.min(most, 1 / (1 + Math.exp(-odds)))
  return {
    id: documents.id(doc) as ClaimReviewId,
    confidence: Math.round(confidence / confidenceStep) * confidenceStep,
    why: explain(query, reading, documents, row[column.near]!, conflicts),
  }
}

/** Confidence is given in steps of a thousandth: more digits would claim more than was measured. */
const confidenceStep = 0.001

function decisionOf(best: Match | undefined, { thresholds }: Ranker): Decision {
  if (best === undefined) return 'none'
  return best.confidence >= thresholds.answered ? 'answered' : 'related'
}

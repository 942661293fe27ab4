/** Candidates → rank → DECIDE: an ordered list with calibrated confidence, the decision, and why. */
import type { ClaimReviewId } from '#domain/ids.ts'
import type { Decision, Match } from '#domain/message.ts'
import { type Documents, type Judge, type Query, termFlags } from './candidates.ts'
import { explain } from './explain/explain.ts'
import { column } from './features/names.ts'
import { confidenceFrom, confidenceStep } from './rank/confidence.ts'
import { createOrder } from './rank/order.ts'
import { parseRanker, type Ranker } from './rank/ranker.ts'
import { countSharedWords } from './rank/same-text.ts'
import { createStanding, type Standing } from './rank/standing.ts'
import weights from './ranker.json' with { type: 'json' }

/** Candidates asked for per query, whose number sets what ranking costs. */
export const candidatesMax = 120
/** Matches that are read closely: a decision is about these alone. */
const readMax = 10

/** The judge of the shipped weights, or of others. @throws Error when the weights are not fit */
export function createJudge(data: unknown = weights): Judge {
  const parsed = parseRanker(data)
  if (!parsed.ok) throw new Error(parsed.problems[0]!.message)
  const ranker = parsed.value
  const ordered = createOrder(ranker)
  const stand = createStanding()
  return {
    candidatesMax,
    thresholds: ranker.thresholds,
    rank: (query, candidates, documents, limit) =>
      ordered(query, candidates, documents)
        .order.slice(0, limit)
        .map(({ at, score }) => ({ doc: candidates.docs[at]!, score })),
    judge(query, candidates, documents, limit) {
      const list = ordered(query, candidates, documents)
      const matches = stand(query, candidates, documents, list, Math.min(limit, readMax))
        .map((standing) => ({ standing, confidence: confidenceOf(standing, query, ranker) }))
        .filter(({ confidence }) => confidence >= ranker.thresholds.related)
        .sort((a, b) => b.confidence - a.confidence)
        .map(({ standing, confidence }) => matchOf(standing, confidence, query, documents))
      return { decision: decisionOf(matches[0], ranker), matches }
    },
  }
}

function matchOf(
  { conflicts, doc, reading, row }: Standing,
  confidence: number,
  query: Query,
  documents: Documents,
): Match {
  return {
    id: documents.id(doc) as ClaimReviewId,
    confidence,
    why: explain(query, reading, documents, row[column.near]!, conflicts),
  }
}

/** One word in common is a topic, not an answer: among few reviews even rare words tell nothing apart. */
const sharedWordsMin = 2

function confidenceOf({ linked, reading, row }: Standing, query: Query, ranker: Ranker): number {
  const { answered } = ranker.thresholds
  const learned = confidenceFrom(ranker.odds(row, query.lang), row, answered)
  const confidence =
    countSharedWords(reading) < sharedWordsMin ? Math.min(learned, answered - confidenceStep) : learned
  return rounded(linked ? Math.max(confidence, linkConfidence(query)) : confidence)
}

function rounded(confidence: number): number {
  return Number((Math.round(confidence / confidenceStep) * confidenceStep).toFixed(3))
}

/**
 * A review's own address, or that of a post it reviewed, says which review is meant. Not learned: the sets hold no such
 * messages. Beside a long text of its own an address may only be a source.
 */
const linked = { alone: 0.98, besideText: 0.6, ownWordsMax: 25 } as const

function linkConfidence(query: Query): number {
  const silent = termFlags.LINK | termFlags.STOP | termFlags.PART
  const ownWords = query.flags.reduce((sum, flags) => sum + Number((flags & silent) === 0), 0)
  return ownWords <= linked.ownWordsMax ? linked.alone : linked.besideText
}

function decisionOf(best: Match | undefined, { thresholds }: Ranker): Decision {
  if (best === undefined) return 'none'
  return best.confidence >= thresholds.answered ? 'answered' : 'related'
}

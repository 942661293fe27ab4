/**
 * What confidence is learned from: the best candidates of lists ranked by a model that never saw their query, each list
 * once with the relevant claims among its candidates and once without.
 */

import type { Judged } from '#flows/evaluate/metrics.ts'
import type { CandidateSource, Candidates, Query } from '#matching/candidates.ts'
import { scoreSlots } from '#matching/candidates.ts'
import { createOrder, createStanding } from '#matching/decide.ts'
import { confidenceNames } from '#matching/features/names.ts'
import type { Forest } from '#matching/rank/forest.ts'
import type { SplitQuery } from '../sets.ts'

/** One candidate that was read closely. */
export interface Standpoint {
  query: string
  /** Whether the relevant claims were among the candidates. */
  present: boolean
  /** Place in the ranked list, from 0. */
  place: number
  right: boolean
  row: Float32Array
}

export const standpointWidth = confidenceNames.length

/** Places of a list that confidence is learned from. */
const places = 3

export interface Standpoints {
  standpoints: Standpoint[]
  /** The ranking of each query, to be measured. */
  judged: Judged[]
}

/** @param rankOf the ranker for a query: one that did not learn from it */
export function standpointsOf(
  source: CandidateSource,
  queries: readonly SplitQuery[],
  limit: number,
  rankOf: (query: SplitQuery) => Forest,
): Standpoints {
  const stand = createStanding()
  const orders = new Map<Forest, ReturnType<typeof createOrder>>()
  const found: Standpoints = { standpoints: [], judged: [] }
  const { documents } = source
  for (const asked of queries) {
    const isRelevant = (doc: number) => asked.relevant.has(documents.id(doc))
    const query = source.queries({ text: asked.text, links: [], lang: null })[0]
    const rank = rankOf(asked)
    const order = orders.get(rank) ?? createOrder({ rank })
    orders.set(rank, order)
    const read = (asQuery: Query, candidates: Candidates, present: boolean) => {
      const ranked = order(asQuery, candidates, documents)
      if (present) {
        const best = ranked.order.slice(0, 50).map(({ at }) => documents.id(candidates.docs[at]!))
        found.judged.push({ found: best, relevant: asked.relevant })
      }
      const standings = stand(asQuery, candidates, documents, ranked.rows, ranked.order, places)
      for (const [place, { doc, row }] of standings.entries()) {
        found.standpoints.push({ query: asked.id, present, place, right: isRelevant(doc), row })
      }
    }
    if (query === undefined) {
      found.judged.push({ found: [], relevant: asked.relevant })
      continue
    }
    const all = source.candidates(query, limit)
    read(query, all, true)
    read(query, without(all, isRelevant), false)
  }
  return found
}

/** The candidates without some: as if those reviews were not in the pool. */
export function without(candidates: Candidates, gone: (doc: number) => boolean): Candidates {
  const slots = scoreSlots.length
  const kept: number[] = []
  for (let at = 0; at < candidates.count; at++) if (!gone(candidates.docs[at]!)) kept.push(at)
  const scores = new Float32Array(kept.length * slots)
  for (const [to, from] of kept.entries()) {
    scores.set(candidates.scores.subarray(from * slots, (from + 1) * slots), to * slots)
  }
  return { count: kept.length, docs: Int32Array.from(kept, (at) => candidates.docs[at]!), scores }
}

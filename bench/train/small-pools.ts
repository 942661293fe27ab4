/**
 * Small pools, as a new desk has them: a handful to a few hundred reviews of many languages. What is sure among a
 * hundred thousand reviews is worth another number among a hundred, so confidence learns from both.
 */
import type { Judged } from '#flows/evaluate/metrics.ts'
import type { Matchable } from '#matching/engine.ts'
import { createIndex } from '#matching/index/review-index.ts'
import { forwarded, tersely } from '../edits.ts'
import type { SplitQuery } from '../sets.ts'
import { copiesOf } from './copies.ts'
import type { Pool } from './judgements.ts'
import { seededRandom } from './trees.ts'

/** A set as small pools are drawn from it. */
export interface Drawn {
  queries: readonly SplitQuery[]
  /** The ranking of each query among all reviews, in the order of the queries. */
  judged: readonly Judged[]
  reviews: ReadonlyMap<string, Matchable>
}

export const smallPools = {
  count: 240,
  queriesMin: 3,
  queriesMax: 24,
  rivalsMax: 4,
  othersMax: 400,
  retoldShare: 0.45,
  terseShare: 0.4,
  copiedShare: 0.15,
} as const

export interface AskedPool extends Pool {
  queries: SplitQuery[]
}

/**
 * The query put as plainly as people ask: by the review's own headline, which the pool then lacks, by the claim as it
 * looks after some forwards, or by a few of its words. The sets hold posts; many messages are one sentence.
 */
function retold(query: SplitQuery, reviews: Map<string, Matchable>, random: () => number): SplitQuery {
  const [id] = query.relevant
  const review = id === undefined ? undefined : reviews.get(id)
  if (id === undefined || review === undefined || query.relevant.size > 1) return query
  const { claim, title } = review
  if (random() < smallPools.terseShare) return { ...query, text: tersely(claim, random) }
  if (title === null || title === claim) return { ...query, text: forwarded(claim, random) }
  reviews.set(id, { ...review, title: null })
  return { ...query, text: title }
}

/** Adds some reviews once more: that says nothing of whether a message is about them. Ids of the copies by the id copied. */
function addCopies(reviews: Map<string, Matchable>, random: () => number): Map<string, string[]> {
  const added = new Map<string, string[]>()
  for (const [id, review] of [...reviews]) {
    if (random() >= smallPools.copiedShare) continue
    const copies = copiesOf(id, review, random)
    for (const [copy, as] of copies) reviews.set(copy, as)
    added.set(
      id,
      copies.map(([copy]) => copy),
    )
  }
  return added
}

/** Pools that hold what their queries are about, the reviews most easily taken for it, and some others. */
export function* drawPools(sets: readonly Drawn[], seed: number): Generator<AskedPool> {
  const random = seededRandom(seed)
  const below = (count: number) => Math.floor(random() * count)
  const ids = sets.map(({ reviews }) => [...reviews.keys()])
  for (let pool = 0; pool < smallPools.count; pool++) {
    const mixed = pool % 2 === 0
    const setOf = () => (mixed ? below(sets.length) : (pool >> 1) % sets.length)
    const reviews = new Map<string, Matchable>()
    const queries = new Map<string, SplitQuery>()
    const put = (id: string, from: Drawn) => {
      const review = from.reviews.get(id)
      if (review && !reviews.has(id)) reviews.set(id, review)
    }
    const { queriesMin, queriesMax, rivalsMax, othersMax } = smallPools
    const wanted = queriesMin + below(queriesMax - queriesMin + 1)
    const rivals = below(rivalsMax + 1)
    while (queries.size < wanted) {
      const set = sets[setOf()]!
      const at = below(set.queries.length)
      const query = set.queries[at]!
      for (const id of query.relevant) put(id, set)
      queries.set(query.id, random() < smallPools.retoldShare ? retold(query, reviews, random) : query)
      for (const id of set.judged[at]!.found.slice(0, rivals)) put(id, set)
    }
    const others = Math.floor(othersMax ** random()) - 1
    for (let at = 0; at < others; at++) {
      const of = setOf()
      put(ids[of]![below(ids[of]!.length)]!, sets[of]!)
    }
    const copies = addCopies(reviews, random)
    const index = createIndex()
    for (const [id, review] of reviews) index.upsert(id, review)
    const asked = [...queries.values()].map((query) => {
      const relevant = [...query.relevant].flatMap((id) => [id, ...(copies.get(id) ?? [])])
      return { ...query, relevant: new Set(relevant) }
    })
    yield { index, reviews, queries: asked }
  }
}

/** Candidates → measured and ranked, best first. */
import type { Candidates, Documents, Query } from '../candidates.ts'
import { createMeasure, width } from '../features/measure.ts'
import { column } from '../features/names.ts'
import type { Ranker } from './ranker.ts'

export interface Placed {
  /** Place among the candidates as the index gave them. */
  at: number
  score: number
}

export interface Ordered {
  rows: Float32Array
  order: Placed[]
  /** How many at the front are there because the message has their address. */
  linked: number
}

/**
 * Trees that every candidate is scored by, and candidates that the others are asked about too. The first trees tell
 * most, and a query has milliseconds on one core.
 */
const cascade = { trees: 40, keptMax: 60 } as const

/** Ranks a list: every candidate's row and the candidates best first. Rows are valid until the next call. */
export function createOrder({ rank }: Pick<Ranker, 'rank'>) {
  const measure = createMeasure()
  const [first, rest] = rank.split(cascade.trees)
  return (query: Query, candidates: Candidates, documents: Documents): Ordered => {
    const { rows, count } = measure(query, candidates, documents)
    const order: Placed[] = Array.from({ length: count }, (_, at) => ({
      at,
      score: first.score(rows, at * width),
    }))
    order.sort(byScore)
    const kept = order.splice(0, cascade.keptMax)
    for (const placed of kept) placed.score += rest.score(rows, placed.at * width)
    kept.sort(byScore)
    const lowest = kept.at(-1)?.score ?? 0
    for (const placed of order) placed.score = Math.min(placed.score, lowest)
    return { rows, ...linkedFirst([...kept, ...order], rows, query) }
  }
}

function byScore(a: Placed, b: Placed): number {
  return b.score - a.score || a.at - b.at
}

/** An address that more reviews share than this is a site's front door, not what one of them is about. */
const linkedMax = 3
const pathOfLink = /:\/\/[^/]+\/./

/** Reviews that are at an address of the message, or about what stood there, come before all that only share words. */
function linkedFirst(order: Placed[], rows: Float32Array, query: Query): Omit<Ordered, 'rows'> {
  const none = { order, linked: 0 }
  if (!query.links.some((link) => pathOfLink.test(link))) return none
  const isLinked = ({ at }: Placed) => rows[at * width + column.links]! > 0
  const linked = order.filter(isLinked)
  if (linked.length === 0 || linked.length > linkedMax) return none
  return { order: [...linked, ...order.filter((placed) => !isLinked(placed))], linked: linked.length }
}

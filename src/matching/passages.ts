/**
 * A long message as one list: what its passages find is asked of the whole too, and how well each candidate stands in
 * its best passage goes along. Passages stay queries of their own, for messages that say several things.
 */
import { type CandidateSource, type Candidates, type Query, scoreSlots } from './candidates.ts'

/** Candidates asked for per passage, and how many of the best of them the whole is asked about. */
const passageLimits = { candidatesMax: 60, alsoMax: 40 } as const

/** A query with its candidates. */
export interface Asked {
  query: Query
  candidates: Candidates
}

/** What a passage says of a candidate, as shares of the passage's best. */
export const passageSlots = ['words', 'grams', 'claim', 'near'] as const

/** Each query with its candidates, the whole first: its list holds the best of the passages. */
export function askAll(source: CandidateSource, queries: readonly Query[], limit: number): Asked[] {
  const [whole, ...parts] = queries
  if (whole === undefined) return []
  if (parts.length === 0) return [{ query: whole, candidates: source.candidates(whole, limit) }]
  const passages = parts.map((query) => ({
    query,
    candidates: source.candidates(query, Math.min(limit, passageLimits.candidatesMax)),
  }))
  const shares = passages.map(({ candidates }) => sharesOf(candidates))
  const also = passages.flatMap(({ candidates }, of) => bestOf(candidates, shares[of]!))
  const found = source.candidates(whole, limit, also)
  const own = sharesOf(found)
  const placeOf = new Map(Array.from(found.docs, (doc, at) => [doc, at]))
  for (const [of, { candidates }] of passages.entries()) {
    for (let at = 0; at < candidates.count; at++) {
      const to = placeOf.get(candidates.docs[at]!)
      if (to === undefined) continue
      for (let slot = 0; slot < width; slot++) {
        own[to * width + slot] = Math.max(own[to * width + slot]!, shares[of]![at * width + slot]!)
      }
    }
  }
  return [{ query: whole, candidates: { ...found, passages: own } }, ...passages]
}

const width = passageSlots.length
const places = passageSlots.map((name) => scoreSlots.indexOf(name))

/** A row for each candidate: its scores as shares of the list's best; nearness is a share already. */
export function sharesOf({ count, scores }: Candidates): Float32Array {
  const slots = scoreSlots.length
  const best = places.map((slot) => {
    let most = 0
    for (let at = 0; at < count; at++) most = Math.max(most, scores[at * slots + slot]!)
    return passageSlots[places.indexOf(slot)] === 'near' ? 1 : most
  })
  const shares = new Float32Array(count * width)
  for (let at = 0; at < count; at++) {
    for (let of = 0; of < width; of++) {
      if (best[of]! > 0) shares[at * width + of] = scores[at * slots + places[of]!]! / best[of]!
    }
  }
  return shares
}

/** The best of a passage's candidates by words and letters together. */
function bestOf({ count, docs }: Candidates, shares: Float32Array): number[] {
  const order = Array.from({ length: count }, (_, at) => ({
    doc: docs[at]!,
    share: shares[at * width]! + shares[at * width + 1]! + shares[at * width + 2]!,
  }))
  order.sort((a, b) => b.share - a.share || a.doc - b.doc)
  return order.slice(0, passageLimits.alsoMax).map(({ doc }) => doc)
}

/** The best of a ranked list read closely: how each stands against the others, and what it says differently. */
import type { Candidates, Documents, DocumentTerms, Query } from '../candidates.ts'
import { type Conflicts, conflictsOf } from '../explain/conflicts.ts'
import { messageSequence, type Reading, readMatch } from '../explain/reading.ts'
import { width } from '../features/measure.ts'
import { column, confidenceNames } from '../features/names.ts'
import type { Ordered } from './order.ts'
import { plainWordsOf } from './plain-words.ts'
import { isSameText } from './same-text.ts'

/** Places of a list that a match is held against, however many are shown. */
const rivalsMax = 5
/** How far above the next a match counts when there is no next. */
const marginAlone = 4

/** One candidate at its place, read closely. */
export interface Standing {
  doc: number
  reading: Reading
  conflicts: Conflicts
  /** Whether it is there because the message has its address. */
  linked: boolean
  /** The row that confidence is judged by, as `confidenceNames` lists it. */
  row: Float32Array
}

/** Reads the first `limit` of a list; keeps its buffers, so one reader serves one query at a time. */
export function createStanding() {
  let terms: DocumentTerms | null = null
  return (
    query: Query,
    candidates: Candidates,
    documents: Documents,
    { rows, order, linked }: Ordered,
    limit: number,
  ): Standing[] => {
    terms ??= documents.newTerms()
    const message = messageSequence(query)
    const best = order.slice(0, Math.max(limit, rivalsMax)).map(({ at, score }) => {
      const doc = candidates.docs[at]!
      documents.readTerms(doc, terms!)
      return { at, doc, score, reading: readMatch(query, message, documents, doc, terms!) }
    })
    const rivals = best.slice(0, rivalsMax)
    return best.slice(0, limit).map(({ at, doc, score, reading }, place) => {
      const rival = rivals.find((other) => other.at !== at && !isSameClaim(other.reading, reading))
      const conflicts = conflictsOf(reading)
      const row = new Float32Array(confidenceNames.length)
      row.set(rows.subarray(at * width, (at + 1) * width))
      row[width] = score
      row[width + 1] = rival ? score - rival.score : marginAlone
      row[width + 2] = Math.min(1, conflicts.numbers.length)
      row[width + 3] = Math.min(1, conflicts.names.length)
      row[width + 4] = Math.min(1, conflicts.negation.length)
      row[width + 5] = Number(isSameText(reading, row))
      row[width + 6] = sizeOf(documents.size)
      const plain = plainWordsOf(reading, documents)
      row[width + 7] = plain.claim ?? row[column.claimCovered]!
      row[width + 8] = plain.title ?? -1
      row[width + 9] = plain.message ?? -1
      row[width + 10] = Math.log1p(plain.shared)
      row[width + 11] = plain.counted
      return { doc, reading, conflicts, linked: place < linked, row }
    })
  }
}

/** Half powers of ten: coarse, so that no model can count the reviews that are missing. */
function sizeOf(reviews: number): number {
  return Math.round(2 * Math.log10(1 + reviews)) / 2
}

/** Share of the terms of two claims from which they count as one claim told twice. */
const sameClaimMin = 0.7

function isSameClaim(a: Reading, b: Reading): boolean {
  const first = new Set(a.claim.terms)
  const second = new Set(b.claim.terms)
  if (first.size === 0 || second.size === 0) return false
  return first.intersection(second).size / first.union(second).size >= sameClaimMin
}

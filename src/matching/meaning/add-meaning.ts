/** message → … → decide → MEANING: the last step of an engine that has vectors, on what words have found and decided. */
import type { Found, Message, Why } from '#domain/message.ts'
import { conflictsOf } from '../explain/conflicts.ts'
import { explain } from '../explain/explain.ts'
import { messageSequence, readMatch } from '../explain/reading.ts'
import type { ReviewIndex } from '../index/review-index.ts'
import { fuse, type Thresholds } from './fuse.ts'
import { standingOut } from './standing-out.ts'
import type { VectorTable } from './vector-table.ts'

export interface MeaningNeeds {
  index: ReviewIndex
  vectors: VectorTable
  thresholds: Thresholds
}

/** What was asked, and what words found of it. */
export interface FoundByWords {
  message: Message
  vector: Float32Array
  found: Found
  limit: number
}

export function addMeaning(
  { index, vectors, thresholds }: MeaningNeeds,
  { message, vector, found, limit }: FoundByWords,
): Found {
  if (found.decision === 'answered') return found
  const near = standingOut(vectors, vector)
  if (near.length === 0) return found
  return fuse(found, near, thresholds, limit, whysByWords(index, message))
}

/** What words say of a review, for one message; null for a review that is gone or says something else than the message. */
function whysByWords(index: ReviewIndex, message: Message): (id: string) => Why[] | null {
  const { documents } = index
  const query = index.queries(message)[0]!
  const sequence = messageSequence(query)
  const terms = documents.newTerms()
  return (id) => {
    const doc = index.documentOf(id)
    if (doc === null) return null
    documents.readTerms(doc, terms)
    const reading = readMatch(query, sequence, documents, doc, terms)
    const conflicts = conflictsOf(reading)
    const differs = Object.values(conflicts).some((pieces: string[]) => pieces.length > 0)
    return differs ? null : explain(query, reading, documents, 0, conflicts)
  }
}

/** Message and review side by side, for the few matches that are shown: sequences of terms that know how they were written. */
import { type Documents, type DocumentTerms, type Query, termFlags } from '../candidates.ts'

const { GRAM, LINK, NUMBER, PART, STOP } = termFlags

/** One text in reading order: readings beside the first and links are left out. */
export interface Sequence {
  count: number
  terms: Int32Array
  flags: Uint8Array
  /** How the term at a place was written. */
  written(place: number): string
  /** Canonical value of a number; null for other terms. */
  number(place: number): string | null
}

export interface Reading {
  message: Sequence
  claim: Sequence
  title: Sequence
  /** Every term of the message, and of any field of the review. */
  messageTerms: ReadonlySet<number>
  reviewTerms: ReadonlySet<number>
}

/** Most terms of a message that are read for its why; what stands further down still counts in the ranking. */
const messageTermsMax = 2_000

/** The message as one sequence; made once, used for each of its matches. */
export function messageSequence(query: Query): Sequence {
  const places: number[] = []
  for (let at = 0; at < query.count && places.length < messageTermsMax; at++) {
    if ((query.flags[at]! & (PART | LINK)) === 0) places.push(at)
  }
  return sequenceOf(
    places,
    query.terms,
    query.flags,
    (at) => query.text.slice(query.starts[at], query.ends[at]),
    (at) => query.numbers[at] ?? null,
  )
}

function sequenceOf(
  places: number[],
  terms: Int32Array,
  flags: Uint8Array,
  written: (at: number) => string,
  number: (at: number) => string | null,
): Sequence {
  return {
    count: places.length,
    terms: Int32Array.from(places, (at) => terms[at]!),
    flags: Uint8Array.from(places, (at) => flags[at]!),
    written: (place) => written(places[place]!),
    number: (place) => number(places[place]!),
  }
}

export function readMatch(
  query: Query,
  message: Sequence,
  documents: Documents,
  doc: number,
  document: DocumentTerms,
): Reading {
  let numbers: (string | null)[] | null = null
  const fieldSequence = (field: 0 | 1): Sequence => {
    const start = document.fieldStarts[field]!
    const places: number[] = []
    for (let at = start; at < document.fieldStarts[field + 1]!; at++) {
      if ((document.flags[at]! & (PART | LINK)) === 0) places.push(at)
    }
    let surfaces: string[] | null = null
    return sequenceOf(
      places,
      document.terms,
      document.flags,
      (at) => {
        surfaces ??= documents.surfaces(doc, field === 0 ? 'claim' : 'title')
        return surfaces[at - start] ?? ''
      },
      (at) => {
        numbers ??= documents.numbers(doc)
        return numbers[at] ?? null
      },
    )
  }
  return {
    message,
    claim: fieldSequence(0),
    title: fieldSequence(1),
    messageTerms: new Set(query.terms.subarray(0, query.count)),
    reviewTerms: new Set(document.terms.subarray(0, document.count)),
  }
}

/** Whether a term says something alone: not a bare stop word. */
export function isContent(flags: number): boolean {
  return (flags & STOP) === 0
}

export function isNumber(flags: number): boolean {
  return (flags & NUMBER) !== 0
}

export function isGram(flags: number): boolean {
  return (flags & GRAM) !== 0
}

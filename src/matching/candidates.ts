/**
 * What analysis and index hand to ranking: message → normalise → CANDIDATES → rank → decide.
 *
 * A message is cut into queries: the whole of it and, when it is long, each of its parts. The index gives for each
 * query its candidates with scores by channel and field, and opens any document as the terms it was indexed by.
 * Everything downstream (features, rank, decide, explain) works on these numbers; no text is analysed twice.
 */
import type { Found, Message } from '#domain/message.ts'

/** In this order everywhere: `fieldStarts`, score slots, the index's own files. */
export const fields = ['claim', 'title', 'summary', 'body'] as const
export type Field = (typeof fields)[number]

/**
 * Marks of one term, as bits. NAME: written with a capital where its language would not demand one, or a handle.
 * NUMBER: a quantity, year or date, already in canonical form. NEGATION: says "not" in some language.
 * GRAM: a piece of a word (Chinese, Japanese, Thai, Lao, Khmer, Burmese bigram): neighbours overlap.
 * LINK: a canonical address. PART: another reading beside the first, at the same place: half of a compound or hashtag,
 * a second stem. STOP: a word that its language cannot do without and that says nothing alone.
 */
export const termFlags = { NAME: 1, NUMBER: 2, NEGATION: 4, GRAM: 8, LINK: 16, PART: 32, STOP: 64 } as const

/**
 * One number each in a candidate's row of scores, exact for every candidate whichever channel found it; 0: nothing in common.
 * `near`: the greater share of shingles (three terms in a row) that message and claim, or message and title, have in
 * common, counted from the shorter side, 0 to 1.
 */
export const scoreSlots = ['words', 'claim', 'title', 'summary', 'body', 'grams', 'links', 'near'] as const
export type ScoreSlot = (typeof scoreSlots)[number]

/** One thing asked of the index: a whole message or a part of it, analysed. Arrays run in the order of the text. */
export interface Query {
  /** The text as written, of this part. */
  readonly text: string
  readonly count: number
  /** Ids in the index's vocabulary; negative: no live review has the term (equal terms still have equal ids). */
  readonly terms: Int32Array
  readonly flags: Uint8Array
  /** Weight of rarity, more than 0; terms that no review has weigh as much as the rarest. */
  readonly idf: Float32Array
  /** UTF-16 offsets into `text` of what the term was made from. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** Canonical value of the terms flagged NUMBER ('500', '50%', '2020', '2020-02-14'), by position; null elsewhere. */
  readonly numbers: readonly (string | null)[]
  /** Main language (ISO 639-1) as detected, or the hint; null when unknown. */
  readonly lang: string | null
  /** Canonical addresses in the text and given beside it. */
  readonly links: readonly string[]
  /** Days since 1970-01-01 of the day the message says it was written (a signature such as "— X (@x) May 4, 2020"). */
  readonly day: number | null
}

/** Candidates of one query, in no promised order: the best by words and by letters, each at most the limit asked for, and those that share a link. */
export interface Candidates {
  readonly count: number
  /** Document numbers: valid until the next change of the index. */
  readonly docs: Int32Array
  /** `count` rows of `scoreSlots.length` numbers, 0 or more each. */
  readonly scores: Float32Array
  /** A number for each candidate's claim: equal ones say the same, word for word. */
  readonly claims: Int32Array
  /** Of a message with passages: how each candidate stands in its best one; see passages.ts. */
  readonly passages?: Float32Array
}

/** The terms of one document, read into arrays that the caller owns and hands in again. */
export interface DocumentTerms {
  count: number
  terms: Int32Array
  flags: Uint8Array
  /** Where each of `fields` starts, and the end: five numbers. */
  fieldStarts: Int32Array
}

/** Opens documents of the index. Numbers are valid until the next change. */
export interface Documents {
  /** Number of live documents. */
  readonly size: number
  /** Empty buffers for `readTerms`. */
  newTerms(): DocumentTerms
  readTerms(doc: number, into: DocumentTerms): void
  idf(term: number): number
  /** Terms per field, on average over the live reviews that have the field; 1 or more. */
  readonly averageLengths: Float64Array
  /** The review's id as given. */
  id(doc: number): string
  /** The text as given; summary and body are not kept, and are empty. */
  text(doc: number, field: Field): string
  /** Days since 1970-01-01 of the review; NaN when unknown. */
  day(doc: number): number
  /** ISO 639-1; null when unknown. */
  lang(doc: number): string | null
  /** Surface of the terms of one kept field (claim, title), by position in that field; for explaining the few shown. */
  surfaces(doc: number, field: Field): string[]
  /** Canonical value of each NUMBER term of claim and title, by position counted from the start of the claim. */
  numbers(doc: number): (string | null)[]
}

/** The index as the ranker and its training see it. */
export interface CandidateSource {
  readonly documents: Documents
  /** The whole message first, then its parts when it holds several claims; at most `queryLimits.partsMax` in all. */
  queries(message: Message): Query[]
  /** @param also documents that are scored too, whatever their scores are */
  candidates(query: Query, limit: number, also?: readonly number[]): Candidates
}

/** What turns candidates into matches. */
export interface Judge {
  /** Candidates asked for per query. */
  readonly candidatesMax: number
  /** Least confidence of a match that answers, and of one that is shown. */
  readonly thresholds: { readonly answered: number; readonly related: number }
  /** The matches worth showing, with confidence and why, best first, at most `limit`; none: decision 'none'. */
  judge(query: Query, candidates: Candidates, documents: Documents, limit: number): Found
  /** The same order without a decision. */
  rank(query: Query, candidates: Candidates, documents: Documents, limit: number): Ranked[]
}

export interface Ranked {
  doc: number
  score: number
}

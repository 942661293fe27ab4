/** Documents found → candidates with every score exact: by field, by words, letters, links and nearness. */
import {
  type Candidates,
  type Documents,
  type DocumentTerms,
  fields,
  type Query,
  scoreSlots,
  termFlags,
} from '../candidates.ts'
import { fieldPivots, fieldWeights, lengthShare, saturation } from './entry.ts'
import { impactMax } from './postings.ts'
import { rarity } from './rarity.ts'
import type { Counts } from './review-index.ts'
import type { FoundDocs } from './search.ts'

const slots = scoreSlots.length
const { LINK, PART } = termFlags

export class Scorer {
  readonly #counts: Counts
  /** Per term id: 1 + its place among the query's distinct terms, or 0. */
  #places = new Int32Array(1024)
  #weights = new Float64Array(64)
  #sums = new Float64Array(64)
  #frequencies = new Float64Array(64)
  readonly #shingles = new Set<number>()
  #terms: DocumentTerms | null = null

  constructor(counts: Counts) {
    this.#counts = counts
  }

  score(query: Query, found: FoundDocs, documents: Documents): Candidates {
    const distinct = this.#lay(query)
    const shingles = this.#layShingles(query)
    const scores = new Float32Array(found.count * slots)
    const claims = new Int32Array(found.count)
    this.#terms ??= documents.newTerms()
    const terms = this.#terms
    for (let at = 0; at < found.count; at++) {
      documents.readTerms(found.docs[at]!, terms)
      const row = scores.subarray(at * slots, (at + 1) * slots)
      this.#fieldScores(terms, distinct, row)
      row[5] = found.gramSums[at]! / (256 * impactMax)
      row[7] = Math.max(this.#near(terms, 0, shingles), this.#near(terms, 1, shingles))
      claims[at] = claimNumber(terms)
    }
    for (const term of query.terms) if (term >= 0) this.#places[term] = 0
    return { count: found.count, docs: found.docs, scores, claims }
  }

  #lay(query: Query): number {
    const { vocabulary, live } = this.#counts
    if (this.#places.length < vocabulary.count) this.#places = new Int32Array(vocabulary.count * 2)
    let distinct = 0
    if (this.#weights.length <= query.count) {
      this.#weights = new Float64Array(query.count * 2)
      this.#sums = new Float64Array(query.count * 2)
      this.#frequencies = new Float64Array(query.count * 2)
    }
    for (let at = 0; at < query.count; at++) {
      const term = query.terms[at]!
      if (term < 0 || this.#places[term] !== 0) continue
      this.#places[term] = ++distinct
      this.#weights[distinct] = rarity(vocabulary.live(term), live)
    }
    return distinct
  }

  #layShingles(query: Query): number {
    const shingles = this.#shingles
    shingles.clear()
    let first = -1
    let second = -1
    let count = 0
    for (let at = 0; at < query.count; at++) {
      if ((query.flags[at]! & (PART | LINK)) !== 0) continue
      const third = query.terms[at]!
      if (count >= 2) shingles.add(shingleOf(first, second, third))
      first = second
      second = third
      count++
    }
    return shingles.size
  }

  #fieldScores(terms: DocumentTerms, distinct: number, row: Float32Array): void {
    const { fieldStarts } = terms
    const sums = this.#sums.fill(0, 0, distinct + 1)
    const frequencies = this.#frequencies
    for (let field = 0; field < fields.length; field++) {
      const from = fieldStarts[field]!
      const to = fieldStarts[field + 1]!
      if (from === to) continue
      frequencies.fill(0, 0, distinct + 1)
      for (let at = from; at < to; at++) {
        const place = this.#places[terms.terms[at]!]!
        if (place !== 0)
          frequencies[place] = frequencies[place]! + ((terms.flags[at]! & PART) !== 0 ? 0.5 : 1)
      }
      const norm = 1 - lengthShare + (lengthShare * (to - from)) / fieldPivots[field]!
      let score = 0
      for (let place = 1; place <= distinct; place++) {
        const frequency = frequencies[place]!
        if (frequency === 0) continue
        const strength = frequency / norm
        score += (this.#weights[place]! * strength * (saturation + 1)) / (strength + saturation)
        sums[place] = sums[place]! + fieldWeights[field]! * strength
      }
      row[1 + field] = score
    }
    let links = 0
    for (let at = fieldStarts[fields.length]!; at < terms.count; at++) {
      const place = this.#places[terms.terms[at]!]!
      if (place !== 0) links += this.#weights[place]!
    }
    row[6] = links
    let words = 0
    for (let place = 1; place <= distinct; place++) {
      const strength = sums[place]!
      if (strength > 0)
        words += (this.#weights[place]! * strength * (saturation + 1)) / (strength + saturation)
    }
    row[0] = words
  }

  #near(terms: DocumentTerms, field: number, shingles: number): number {
    let first = -1
    let second = -1
    let count = 0
    let shared = 0
    for (let at = terms.fieldStarts[field]!; at < terms.fieldStarts[field + 1]!; at++) {
      if ((terms.flags[at]! & (PART | LINK)) !== 0) continue
      const third = terms.terms[at]!
      if (count >= 2 && this.#shingles.has(shingleOf(first, second, third))) shared++
      first = second
      second = third
      count++
    }
    const own = count - 2
    return own < 1 || shingles < 1 ? 0 : Math.min(1, shared / Math.min(own, shingles))
  }
}

/** Three terms in a row as one number; two triples that share it are one in four thousand million. */
function shingleOf(first: number, second: number, third: number): number {
  return (Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b) ^ third) >>> 0
}

/** The claim's terms in their order as one number. */
function claimNumber({ fieldStarts, terms }: DocumentTerms): number {
  let hash = 0x811c9dc5
  for (let at = fieldStarts[0]!; at < fieldStarts[1]!; at++) hash = Math.imul(hash ^ terms[at]!, 0x01000193)
  return hash
}

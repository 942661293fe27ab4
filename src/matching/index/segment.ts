/** A sealed part of the index: documents that came one after another, and the lists of their terms. */

import { IntColumn } from './columns.ts'
import {
  type DocumentTable,
  DocumentWriter,
  hashOfId,
  idSlotsOf,
  readId,
  type WrittenTerms,
} from './documents.ts'
import { type Postings, PostingsWriter } from './postings.ts'

export const channels = ['words', 'grams'] as const
export type Channel = (typeof channels)[number]

export interface Segment {
  readonly documents: DocumentTable
  readonly words: Postings
  readonly grams: Postings
  readonly idSlots: Int32Array
  /** One byte a document, 1: live. The only part that changes. */
  readonly live: Uint8Array
  liveCount: number
}

/** Where an id's document is in a segment, live or not; -1 when it is not there. */
export function findInSegment(segment: Segment, id: string): number {
  const { idSlots, documents, live } = segment
  const hash = hashOfId(id)
  const mask = idSlots.length - 1
  for (let at = hash & mask; idSlots[at] !== 0; at = (at + 1) & mask) {
    const doc = idSlots[at]! - 1
    if (live[doc] === 1 && documents.idHashes[doc] === hash && readId(documents, doc) === id) return doc
  }
  return -1
}

export function segmentBytes({ documents, words, grams, idSlots, live }: Segment): Record<string, number> {
  const lists = ({ terms, offsets, bytes }: Postings) =>
    terms.byteLength + offsets.byteLength + bytes.byteLength
  return {
    words: lists(words),
    grams: lists(grams),
    texts: documents.texts.byteLength + documents.textOffsets.byteLength,
    terms: documents.terms.byteLength + documents.termOffsets.byteLength,
    ids: idSlots.byteLength + documents.idHashes.byteLength,
    rest: live.byteLength + documents.days.byteLength + documents.langs.byteLength,
  }
}

/** A term of a document with its impact, in columns; documents come in ascending order. */
class PostingColumns {
  readonly terms = new IntColumn(1 << 14)
  readonly docs = new IntColumn(1 << 14)
  readonly impacts = new IntColumn(1 << 14)

  push(term: number, doc: number, impact: number): void {
    this.terms.push(term)
    this.docs.push(doc)
    this.impacts.push(impact)
  }

  /** The lists, by ascending term. */
  sealed(): Postings {
    const order = orderedBy(this.terms.data, this.terms.length)
    const writer = new PostingsWriter()
    const docs = new Int32Array(order.length)
    const impacts = new Uint8Array(order.length)
    for (let from = 0; from < order.length; ) {
      const term = this.terms.data[order[from]!]!
      let count = 0
      while (from < order.length && this.terms.data[order[from]!] === term) {
        docs[count] = this.docs.data[order[from]!]!
        impacts[count++] = this.impacts.data[order[from]!]!
        from++
      }
      writer.add(term, docs, impacts, count)
    }
    return writer.sealed()
  }
}

const digitBits = 11

/** Places of the first `count` keys, 0 or more, in ascending order, equal keys in their own order: a radix sort. */
function orderedBy(keys: Int32Array, count: number): Int32Array {
  let most = 0
  for (let at = 0; at < count; at++) if (keys[at]! > most) most = keys[at]!
  let order = new Int32Array(count)
  for (let at = 0; at < count; at++) order[at] = at
  let next = new Int32Array(count)
  const starts = new Int32Array((1 << digitBits) + 1)
  for (let shift = 0; shift < 31 && most >>> shift > 0; shift += digitBits) {
    starts.fill(0)
    for (let at = 0; at < count; at++) starts[((keys[at]! >>> shift) & ((1 << digitBits) - 1)) + 1]!++
    for (let digit = 0; digit < 1 << digitBits; digit++) starts[digit + 1]! += starts[digit]!
    for (let at = 0; at < count; at++) {
      const from = order[at]!
      next[starts[(keys[from]! >>> shift) & ((1 << digitBits) - 1)]!++] = from
    }
    ;[order, next] = [next, order]
  }
  return order
}

/** Collects new documents until they are sealed. */
export class Head {
  readonly #documents = new DocumentWriter()
  readonly #words = new PostingColumns()
  readonly #grams = new PostingColumns()
  readonly #ids = new Set<string>()

  get count(): number {
    return this.#documents.count
  }

  has(id: string): boolean {
    return this.#ids.has(id)
  }

  add(entry: Entry): void {
    const doc = this.#documents.add(entry.id, entry.claim, entry.title, entry.terms, entry.day, entry.lang)
    this.#ids.add(entry.id)
    for (let at = 0; at < entry.wordCount; at++)
      this.#words.push(entry.words[at]!, doc, entry.wordImpacts[at]!)
    for (let at = 0; at < entry.gramCount; at++) this.#grams.push(entry.grams[at]!, doc, entry.gramImpact)
  }

  sealed(): Segment {
    const documents = this.#documents.sealed()
    return {
      documents,
      words: this.#words.sealed(),
      grams: this.#grams.sealed(),
      idSlots: idSlotsOf(documents),
      live: new Uint8Array(documents.count).fill(1),
      liveCount: documents.count,
    }
  }
}

/** One review, ready to be kept. Arrays are read up to their counts; words and grams hold each term once. */
export interface Entry {
  id: string
  claim: string
  title: string
  terms: WrittenTerms
  day: number
  lang: string | null
  words: Int32Array
  wordImpacts: Uint8Array
  wordCount: number
  grams: Int32Array
  gramCount: number
  gramImpact: number
}

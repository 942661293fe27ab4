/** The index: holds reviews by their terms and gives candidates for a query. */
import type { Parsed } from '#domain/errors.ts'
import type { Message } from '#domain/message.ts'
import {
  type CandidateSource,
  type Candidates,
  type Documents,
  type DocumentTerms,
  type Field,
  fields,
  type Query,
} from '../candidates.ts'
import type { Matchable, SnapshotStamp } from '../engine.ts'
import { Analyser } from '../text/analyse.ts'
import { Terms } from '../text/terms.ts'
import {
  type DocumentTable,
  noDay,
  readId,
  readTerms,
  readTexts,
  termOwnFlags,
  unpackLang,
} from './documents.ts'
import { EntryMaker } from './entry.ts'
import { gramKinds } from './grams.ts'
import { QueryMaker } from './query.ts'
import { Rarity } from './rarity.ts'
import { Scorer } from './scores.ts'
import { Search } from './search.ts'
import { segmentBytes } from './segment.ts'
import { Segments } from './segments.ts'
import { formatSnapshot, type IndexState, parseSnapshot } from './snapshot.ts'
import { Vocabulary } from './vocabulary.ts'

export interface ReviewIndex extends CandidateSource {
  /** Adds the review, or replaces the one of the same id. */
  upsert(id: string, review: Matchable): void
  /** False when there was none. */
  remove(id: string): boolean
  readonly size: number
  /** Number of the live document of that id; null when there is none. */
  documentOf(id: string): number | null
  /** Bytes held, by part. */
  memory(): Record<string, number>
  /** The index as it is now, as bytes in pieces; changes made while they are taken are not in them. */
  snapshot(stamp: SnapshotStamp): Generator<Uint8Array, void, void>
}

export function createIndex(): ReviewIndex {
  return new SegmentedIndex()
}

/** The index that a snapshot holds. Refused: damaged or cut bytes, another form, texts that are read otherwise today. */
export function readIndex(bytes: Uint8Array): Parsed<{ index: ReviewIndex; stamp: SnapshotStamp }> {
  const parsed = parseSnapshot(bytes)
  if (!parsed.ok) return parsed
  const index = new SegmentedIndex(parsed.value.state)
  if (index.readsAsBefore()) return { ok: true, value: { index, stamp: parsed.value.stamp } }
  const message = 'the snapshot was written by a version that reads texts otherwise'
  return { ok: false, problems: [{ path: '$', message }] }
}

/** Reviews of a snapshot whose texts are read again before it is trusted: some 20 ms. */
const readAgainMax = 256

/** What all parts of the index share: who counts live reviews. */
export interface Counts {
  readonly vocabulary: Vocabulary
  /** Live reviews per gram. */
  readonly grams: Int32Array
  live: number
  /** Terms per field over all live reviews, and how many have the field. */
  readonly fieldTerms: Float64Array
  readonly fieldReviews: Float64Array
}

function noCounts(): Counts {
  return {
    vocabulary: new Vocabulary(),
    grams: new Int32Array(gramKinds),
    live: 0,
    fieldTerms: new Float64Array(fields.length),
    fieldReviews: new Float64Array(fields.length),
  }
}

class SegmentedIndex implements ReviewIndex, Documents {
  readonly #counts: Counts
  readonly #segments: Segments
  readonly #analyser = new Analyser()
  readonly #entries: EntryMaker
  readonly #queries: QueryMaker
  readonly #search: Search
  readonly #scorer: Scorer
  readonly #rarity = new Rarity()
  readonly #terms = new Terms()
  readonly #read = this.newTerms()
  readonly documents: Documents = this

  constructor({ counts, segments }: IndexState = { counts: noCounts(), segments: [] }) {
    this.#counts = counts
    this.#segments = new Segments([...segments])
    this.#entries = new EntryMaker(this.#analyser, counts.vocabulary)
    this.#queries = new QueryMaker(this.#analyser, counts)
    this.#search = new Search(counts)
    this.#scorer = new Scorer(counts)
  }

  get size(): number {
    return this.#counts.live
  }

  upsert(id: string, review: Matchable): void {
    this.remove(id)
    const entry = this.#entries.make(id, review)
    this.#count(entry.words, entry.wordCount, entry.grams, entry.gramCount, entry.terms.starts, 1)
    this.#segments.add(entry)
  }

  remove(id: string): boolean {
    const place = this.#segments.find(id)
    if (place === null) return false
    const { documents } = place.segment
    const read = this.#read
    readTerms(documents, place.doc, this.#counts.vocabulary, read)
    const words = read.terms.subarray(0, read.count).slice().sort()
    let distinct = 0
    for (let at = 0; at < words.length; at++)
      if (at === 0 || words[at] !== words[at - 1]) words[distinct++] = words[at]!
    const { claim, title } = readTexts(documents, place.doc)
    const lang = unpackLang(documents.langs[place.doc]!)
    const { grams, count } = this.#entries.grams(claim, title, lang)
    this.#count(words, distinct, grams, count, read.fieldStarts, -1)
    this.#segments.kill(place)
    return true
  }

  documentOf(id: string): number | null {
    const place = this.#segments.find(id)
    if (place === null) return null
    let base = 0
    for (const segment of this.#segments.all()) {
      if (segment === place.segment) return base + place.doc
      base += segment.documents.count
    }
    return null
  }

  memory(): Record<string, number> {
    const { vocabulary, grams } = this.#counts
    const sums: Record<string, number> = { vocabulary: vocabulary.bytes, grams: grams.byteLength }
    for (const segment of this.#segments.all()) {
      for (const [part, bytes] of Object.entries(segmentBytes(segment)))
        sums[part] = (sums[part] ?? 0) + bytes
    }
    return sums
  }

  snapshot(stamp: SnapshotStamp): Generator<Uint8Array, void, void> {
    return formatSnapshot({ counts: this.#counts, segments: this.#segments.all() }, stamp)
  }

  /** Whether the claims and titles of some reviews, spread over all, still give the terms that they were indexed by. */
  readsAsBefore(): boolean {
    const segments = this.#segments.all()
    const count = segments.reduce((sum, { documents }) => sum + documents.count, 0)
    const step = Math.max(1, Math.floor(count / readAgainMax))
    let base = 0
    for (const { documents } of segments) {
      for (let doc = (step - (base % step)) % step; doc < documents.count; doc += step) {
        if (!this.#readsAsBefore(documents, doc)) return false
      }
      base += documents.count
    }
    return true
  }

  #readsAsBefore(table: DocumentTable, doc: number): boolean {
    const { vocabulary } = this.#counts
    const texts = readTexts(table, doc)
    const lang = unpackLang(table.langs[doc]!)
    const kept = this.#read
    const terms = this.#terms
    readTerms(table, doc, vocabulary, kept)
    for (const [field, text] of [texts.claim, texts.title].entries()) {
      terms.clear()
      if (text !== '') this.#analyser.analyse(text, lang, terms)
      const from = kept.fieldStarts[field]!
      if (kept.fieldStarts[field + 1]! - from !== terms.count) return false
      for (let at = 0; at < terms.count; at++) {
        if (vocabulary.find(terms.low[at]!, terms.high[at]!) !== kept.terms[from + at]) return false
        if (((kept.flags[from + at]! ^ terms.flags[at]!) & ~termOwnFlags) !== 0) return false
      }
    }
    return true
  }

  #count(
    words: Int32Array,
    wordCount: number,
    grams: Int32Array,
    gramCount: number,
    starts: Int32Array,
    by: 1 | -1,
  ): void {
    const counts = this.#counts
    for (let at = 0; at < wordCount; at++) counts.vocabulary.addLive(words[at]!, by)
    for (let at = 0; at < gramCount; at++) counts.grams[grams[at]!] = counts.grams[grams[at]!]! + by
    for (let field = 0; field < fields.length; field++) {
      const length = starts[field + 1]! - starts[field]!
      if (length === 0) continue
      counts.fieldTerms[field] = counts.fieldTerms[field]! + by * length
      counts.fieldReviews[field] = counts.fieldReviews[field]! + by
    }
    counts.live += by
  }

  queries(message: Message): Query[] {
    return this.#queries.make(message)
  }

  candidates(query: Query, limit: number, also: readonly number[] = []): Candidates {
    const found = this.#search.run(this.#segments.all(), query, limit, also)
    return this.#scorer.score(query, found, this)
  }

  get averageLengths(): Float64Array {
    const { fieldTerms, fieldReviews } = this.#counts
    return fieldTerms.map((terms, field) => Math.max(1, terms / Math.max(1, fieldReviews[field]!)))
  }

  newTerms(): DocumentTerms {
    return {
      count: 0,
      terms: new Int32Array(128),
      flags: new Uint8Array(128),
      fieldStarts: new Int32Array(fields.length + 1),
    }
  }

  /** Segment and place of a document number. */
  #at(doc: number): { table: DocumentTable; place: number } {
    let base = 0
    for (const { documents } of this.#segments.all()) {
      if (doc < base + documents.count) return { table: documents, place: doc - base }
      base += documents.count
    }
    throw new RangeError(`no document has the number ${doc}`)
  }

  readTerms(doc: number, into: DocumentTerms): void {
    const { table, place } = this.#at(doc)
    readTerms(table, place, this.#counts.vocabulary, into)
  }

  idf(term: number): number {
    return this.#rarity.of(term < 0 ? 0 : this.#counts.vocabulary.live(term), this.#counts.live)
  }

  id(doc: number): string {
    const { table, place } = this.#at(doc)
    return readId(table, place)
  }

  text(doc: number, field: Field): string {
    const { table, place } = this.#at(doc)
    const { claim, title } = readTexts(table, place)
    return field === 'claim' ? claim : field === 'title' ? title : ''
  }

  day(doc: number): number {
    const { table, place } = this.#at(doc)
    const day = table.days[place]!
    return day === noDay ? Number.NaN : day
  }

  lang(doc: number): string | null {
    const { table, place } = this.#at(doc)
    return unpackLang(table.langs[place]!)
  }

  surfaces(doc: number, field: Field): string[] {
    const text = this.text(doc, field)
    const terms = this.#terms
    terms.clear()
    this.#analyser.analyse(text, this.lang(doc), terms)
    return Array.from({ length: terms.count }, (_, at) => text.slice(terms.starts[at], terms.ends[at]))
  }

  numbers(doc: number): (string | null)[] {
    const terms = this.#terms
    terms.clear()
    for (const field of ['claim', 'title'] as const)
      this.#analyser.analyse(this.text(doc, field), this.lang(doc), terms)
    return terms.numbers.slice()
  }
}

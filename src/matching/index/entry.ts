/** A review → what is kept of it: terms by field, the strength of each in the review, its letters. */
import { fields, termFlags } from '../candidates.ts'
import type { Matchable } from '../engine.ts'
import type { Analyser } from '../text/analyse.ts'
import { hashInto } from '../text/hash.ts'
import { baseLanguage, languageOf } from '../text/language.ts'
import { canonicalUrl } from '../text/links.ts'
import { Terms } from '../text/terms.ts'
import { IntColumn } from './columns.ts'
import { noDay, termOwnFlags } from './documents.ts'
import { GramReader, gramBits, gramLetters } from './grams.ts'
import { blockPostings, impactMax } from './postings.ts'
import type { Entry } from './segment.ts'
import type { Vocabulary } from './vocabulary.ts'

/** How much of each field is read, in UTF-16 code units. Measured: beyond these a review is found by what comes before. */
export const fieldLettersMax = { claim: 2_000, title: 500, summary: 2_000, body: 6_000 } as const
/** How much of claim and title the letters channel reads. */
const gramLettersMax = { claim: 400, title: 200 } as const
/** Links kept of one review. */
const linksMax = 20

/** Per field: what a term in it counts, and the number of terms of an average one. Constants, so that scores depend on live reviews only. */
export const fieldWeights = [1, 0.8, 0.6, 0.4] as const
export const fieldPivots = [18, 11, 26, 200] as const
/** Saturation and length normalisation. Source: Robertson and Zaragoza 2009, BM25F. */
export const saturation = 1.2
export const lengthShare = 0.4

const gramPivot = 120
const gramLengthShare = 0.3

/** All that an entry depends on beside its text: an index made with other constants does not go together with this one. */
export const indexConstants = [
  fieldLettersMax,
  gramLettersMax,
  linksMax,
  fieldWeights,
  fieldPivots,
  saturation,
  lengthShare,
  gramPivot,
  gramLengthShare,
  gramLetters,
  gramBits,
  impactMax,
  blockPostings,
] as const

/** Makes entries; one at a time, in buffers that the next one uses again. */
export class EntryMaker {
  readonly #analyser: Analyser
  readonly #vocabulary: Vocabulary
  readonly #terms = new Terms()
  readonly #ids = new IntColumn()
  readonly #flags = new IntColumn()
  readonly #starts = new Int32Array(fields.length + 2)
  readonly #letters = new Uint16Array(gramLettersMax.claim + gramLettersMax.title)
  #letterCount = 0
  readonly #gramReader = new GramReader()
  /** Per term id, its strength so far in the document being read. */
  #strength = new Float32Array(1024)
  readonly #entry: Entry = {
    id: '',
    claim: '',
    title: '',
    terms: { ids: this.#ids, flags: this.#flags, starts: this.#starts },
    day: noDay,
    lang: null,
    words: new Int32Array(256),
    wordImpacts: new Uint8Array(256),
    wordCount: 0,
    grams: this.#gramReader.grams,
    gramCount: 0,
    gramImpact: 1,
  }

  constructor(analyser: Analyser, vocabulary: Vocabulary) {
    this.#analyser = analyser
    this.#vocabulary = vocabulary
  }

  /** The entry of a review; valid until the next call. */
  make(id: string, review: Matchable): Entry {
    const entry = this.#entry
    entry.id = id
    entry.claim = clipped(review.claim, fieldLettersMax.claim)
    entry.title = clipped(review.title ?? '', fieldLettersMax.title)
    entry.lang = baseLanguage(review.lang) ?? languageOf(`${entry.claim} ${entry.title}`)
    entry.day = dayOf(review.reviewedAt)
    const texts = [
      entry.claim,
      entry.title,
      clipped(review.summary ?? '', fieldLettersMax.summary),
      clipped(review.body ?? '', fieldLettersMax.body),
    ]
    this.#ids.length = 0
    this.#flags.length = 0
    entry.wordCount = 0
    this.#letterCount = 0
    for (let field = 0; field < texts.length; field++) {
      this.#readField(field, texts[field]!, entry.lang)
      if (field === 0) this.#keepLetters(gramLettersMax.claim)
      if (field === 1 && entry.title !== entry.claim) this.#keepLetters(gramLettersMax.title)
    }
    this.#readLinks(review.links)
    this.#seal(entry)
    this.#gramReader.read(this.#letters, this.#letterCount)
    entry.grams = this.#gramReader.grams
    entry.gramCount = this.#gramReader.count
    entry.gramImpact = quantised(
      1 / (1 - gramLengthShare + (gramLengthShare * entry.gramCount) / gramPivot) / 1.43,
    )
    return entry
  }

  /** Distinct grams of a claim and title, as an entry would have them; valid until the next call. */
  grams(claim: string, title: string, lang: string | null): GramReader {
    const terms = this.#terms
    terms.clear()
    this.#analyser.analyse(claim, lang, terms)
    this.#letterCount = 0
    this.#keepLetters(gramLettersMax.claim)
    terms.clear()
    if (title !== claim) this.#analyser.analyse(title, lang, terms)
    this.#keepLetters(gramLettersMax.title)
    this.#gramReader.read(this.#letters, this.#letterCount)
    return this.#gramReader
  }

  #keepLetters(most: number): void {
    const count = Math.min(most, this.#terms.letterCount)
    this.#letters.set(this.#terms.letters.subarray(0, count), this.#letterCount)
    this.#letterCount += count
  }

  #readField(field: number, text: string, lang: string | null): void {
    const terms = this.#terms
    const start = this.#ids.length
    this.#starts[field] = start
    this.#starts[field + 1] = start
    terms.clear()
    if (text === '') return
    this.#analyser.analyse(text, lang, terms)
    const lengthNorm = 1 - lengthShare + (lengthShare * terms.count) / fieldPivots[field]!
    const strength = fieldWeights[field]! / lengthNorm
    for (let at = 0; at < terms.count; at++) {
      const flags = terms.flags[at]!
      const term = this.#vocabulary.add(terms.low[at]!, terms.high[at]!, flags & termOwnFlags)
      this.#ids.push(term)
      this.#flags.push(flags)
      this.#strengthen(term, (flags & termFlags.PART) === 0 ? strength : strength / 2)
    }
    this.#starts[field + 1] = this.#ids.length
  }

  #readLinks(links: readonly string[]): void {
    for (const link of links.slice(0, linksMax)) {
      const canonical = canonicalUrl(link)
      if (canonical === null) continue
      hashInto(canonical, hashed)
      const term = this.#vocabulary.add(hashed[0]!, hashed[1]!, termFlags.LINK)
      this.#ids.push(term)
      this.#flags.push(termFlags.LINK)
      this.#strengthen(term, 1)
    }
    this.#starts[fields.length + 1] = this.#ids.length
  }

  #strengthen(term: number, strength: number): void {
    if (term >= this.#strength.length) {
      const grown = new Float32Array(Math.max(term + 1, this.#strength.length * 2))
      grown.set(this.#strength)
      this.#strength = grown
    }
    if (this.#strength[term] === 0) {
      const entry = this.#entry
      if (entry.wordCount === entry.words.length) {
        const words = new Int32Array(entry.wordCount * 2)
        words.set(entry.words)
        entry.words = words
        entry.wordImpacts = new Uint8Array(entry.wordCount * 2)
      }
      entry.words[entry.wordCount++] = term
    }
    this.#strength[term] = this.#strength[term]! + strength
  }

  #seal(entry: Entry): void {
    for (let at = 0; at < entry.wordCount; at++) {
      const term = entry.words[at]!
      const strength = this.#strength[term]!
      entry.wordImpacts[at] = quantised(strength / (strength + saturation))
      this.#strength[term] = 0
    }
  }
}

const hashed = new Int32Array(2)

/** A share, 0 to 1, in steps of a fifteenth, never 0. */
function quantised(share: number): number {
  return Math.max(1, Math.min(impactMax, Math.round(share * impactMax)))
}

/** Well-formed, so that it is the same when it is read back from UTF-8. */
function clipped(text: string, lettersMax: number): string {
  return (text.length > lettersMax ? text.slice(0, lettersMax) : text).toWellFormed()
}

const dayMs = 86_400_000

function dayOf(date: string | null): number {
  const time = date === null ? Number.NaN : Date.parse(date)
  return Number.isNaN(time) ? noDay : Math.floor(time / dayMs)
}

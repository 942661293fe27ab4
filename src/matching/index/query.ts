/** A message → the queries asked of the index: the whole and, when it is long, its parts. */
import type { Message } from '#domain/message.ts'
import { type Query, termFlags } from '../candidates.ts'
import type { Analyser, Span } from '../text/analyse.ts'
import { halvesOf } from '../text/compounds.ts'
import { findSignedDay } from '../text/dates.ts'
import { hashStem, stemOf } from '../text/forms.ts'
import { hashInto } from '../text/hash.ts'
import { baseLanguage, languageOf } from '../text/language.ts'
import { canonicalUrl } from '../text/links.ts'
import { boilerplateSpans } from '../text/message/boilerplate.ts'
import { passagesOf } from '../text/message/passages.ts'
import { spelledWord } from '../text/normalise.ts'
import { Stemmer } from '../text/stem.ts'
import { Terms } from '../text/terms.ts'
import { nearestKnown } from './misspelt.ts'
import { rarity } from './rarity.ts'
import type { Counts } from './review-index.ts'

/** `partsMax` bounds what one message costs; `unknownWordsMax`, the words of one query that other readings are sought for. */
export const queryLimits = { partsMax: 8, unknownWordsMax: 60 } as const

/** Analysed text of a query that only the index reads. */
export interface AskedQuery extends Query {
  readonly letters: Uint16Array
}

const { GRAM, LINK, NUMBER, PART, STOP } = termFlags

export class QueryMaker {
  readonly #analyser: Analyser
  readonly #counts: Counts
  readonly #terms = new Terms()
  readonly #stemmer = new Stemmer()

  constructor(analyser: Analyser, counts: Counts) {
    this.#analyser = analyser
    this.#counts = counts
  }

  /** The whole first, then its passages when it is long. */
  make({ text, links, lang: hint }: Message): AskedQuery[] {
    const lang = languageOf(text) ?? baseLanguage(hint)
    const skipped = boilerplateSpans(text)
    const given = links.map(canonicalUrl).filter((link) => link !== null)
    const whole = this.#read(text, lang, skipped, given, findSignedDay(text))
    const parts = passagesOf(text, skipped, queryLimits.partsMax - 1).map((passage) =>
      this.#read(text.slice(passage.start, passage.end), lang, within(skipped, passage), [], whole.day),
    )
    return [whole, ...parts.filter(({ count }) => count > 0)]
  }

  #read(
    text: string,
    lang: string | null,
    skipped: readonly Span[],
    given: string[],
    day: number | null,
  ): AskedQuery {
    const found = this.#terms
    found.clear()
    this.#analyser.analyse(text, lang, found, skipped)
    // A message of nothing but "please share" is asked about as it stands.
    if (found.count === 0 && skipped.length > 0) this.#analyser.analyse(text, lang, found)
    const read = found.count
    this.#addReadings(text, lang, found)
    const isOrdered = found.count === read
    addLinks(given, text.length, found)
    const { count } = found
    const order = Int32Array.from({ length: count }, (_, at) => at)
    if (!isOrdered) order.sort((a, b) => found.starts[a]! - found.starts[b]! || a - b)
    const terms = new Int32Array(count)
    const idf = new Float32Array(count)
    const links = given.slice()
    for (let at = 0; at < count; at++) {
      const from = order[at]!
      const having = this.#having(found.low[from]!, found.high[from]!)
      terms[at] =
        having === 0 ? -1 - (found.low[from]! & 0x3fffffff) : this.#id(found.low[from]!, found.high[from]!)
      idf[at] = rarity(having, this.#counts.live)
      if (found.flags[from]! & LINK && found.ends[from]! > found.starts[from]!) {
        const link = canonicalUrl(text.slice(found.starts[from], found.ends[from]))
        if (link !== null) links.push(link)
      }
    }
    return {
      text,
      count,
      terms,
      flags: Uint8Array.from(order, (from) => found.flags[from]!),
      idf,
      starts: order.map((from) => found.starts[from]!),
      ends: order.map((from) => found.ends[from]!),
      numbers: Array.from(order, (from) => found.numbers[from] ?? null),
      lang,
      links,
      day,
      letters: found.letters.slice(0, found.letterCount),
    }
  }

  #id(low: number, high: number): number {
    return this.#counts.vocabulary.find(low, high)
  }

  /** Live reviews that have a term. */
  #having(low: number, high: number): number {
    const id = this.#id(low, high)
    return id < 0 ? 0 : this.#counts.vocabulary.live(id)
  }

  /** For words that no review has, readings beside them: its halves, its stem in English, the word it is a slip of. */
  #addReadings(text: string, lang: string | null, found: Terms): void {
    const { count } = found
    let left: number = queryLimits.unknownWordsMax
    for (let at = 0; at < count && left > 0; at++) {
      if ((found.flags[at]! & (GRAM | LINK | NUMBER | PART | STOP)) !== 0) continue
      if (this.#having(found.low[at]!, found.high[at]!) > 0) continue
      left--
      const start = found.starts[at]!
      const end = found.ends[at]!
      const spelled = spelledWord(text.slice(start, end))
      if (lang !== 'en' && latinWord.test(spelled)) this.#addEnglish(spelled, start, end, found)
      const halves = halvesOf(spelled, lang, this.#stemmer, (low, high) => this.#having(low, high))
      if (halves === null) {
        const meant = nearestKnown(stemOf(spelled, lang, this.#stemmer), (low, high) =>
          this.#having(low, high),
        )
        if (meant !== null) found.push(meant[0], meant[1], PART, start, end, null)
        continue
      }
      const cut = Math.min(end, start + halves.cut)
      found.push(halves.left[0], halves.left[1], PART, start, cut, null)
      found.push(halves.right[0], halves.right[1], PART, cut, end, null)
    }
  }

  /** English words stand in messages of every language. */
  #addEnglish(spelled: string, start: number, end: number, found: Terms): void {
    hashStem(stemOf(spelled, 'en', this.#stemmer), hashed)
    if (this.#having(hashed[0]!, hashed[1]!) > 0) found.push(hashed[0]!, hashed[1]!, PART, start, end, null)
  }
}

const latinWord = /^[a-z]{3,40}$/

/** Links given beside a text are asked for too; they stand nowhere in it: at its end, with no length. */
function addLinks(links: readonly string[], end: number, found: Terms): void {
  for (const link of links) {
    hashInto(link, hashed)
    found.push(hashed[0]!, hashed[1]!, LINK, end, end, null)
  }
}

const hashed = new Int32Array(2)

/** The spans of the text that lie in a passage, counted from its start. */
function within(spans: readonly Span[], { start, end }: Span): Span[] {
  return spans
    .filter((span) => span.end > start && span.start < end)
    .map((span) => ({ start: Math.max(0, span.start - start), end: Math.min(end, span.end) - start }))
}

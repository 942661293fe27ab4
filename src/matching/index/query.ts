/** A message → the queries asked of the index: the whole and, when it is long, its parts. */
import type { Message } from '#domain/message.ts'
import { type Query, termFlags } from '../candidates.ts'
import { type Analyser, Terms } from '../text/analyse.ts'
import { baseLanguage, languageOf } from '../text/language.ts'
import { canonicalUrl } from '../text/links.ts'
import type { Counts } from './review-index.ts'
import { rarity } from './review-index.ts'

export const queryLimits = { partsMax: 8 } as const

/** Analysed text of a query that only the index reads. */
export interface AskedQuery extends Query {
  readonly letters: Uint16Array
}

export class QueryMaker {
  readonly #analyser: Analyser
  readonly #counts: Counts
  readonly #terms = new Terms()

  constructor(analyser: Analyser, counts: Counts) {
    this.#analyser = analyser
    this.#counts = counts
  }

  make(message: Message): AskedQuery[] {
    const lang = languageOf(message.text) ?? baseLanguage(message.lang)
    const found = this.#terms
    found.clear()
    this.#analyser.analyse(message.text, lang, found)
    const { count } = found
    const terms = new Int32Array(count)
    const idf = new Float32Array(count)
    const links = message.links.map(canonicalUrl).filter((link) => link !== null)
    const { vocabulary, live } = this.#counts
    for (let at = 0; at < count; at++) {
      const id = vocabulary.find(found.low[at]!, found.high[at]!)
      const having = id < 0 ? 0 : vocabulary.live(id)
      terms[at] = having === 0 ? -1 - (found.low[at]! & 0x3fffffff) : id
      idf[at] = rarity(having, live)
      if (found.flags[at]! & termFlags.LINK) {
        const link = canonicalUrl(message.text.slice(found.starts[at], found.ends[at]))
        if (link !== null) links.push(link)
      }
    }
    return [
      {
        text: message.text,
        count,
        terms,
        flags: found.flags.slice(0, count),
        idf,
        starts: found.starts.slice(0, count),
        ends: found.ends.slice(0, count),
        numbers: found.numbers.slice(0, count),
        lang,
        links,
        day: null,
        letters: found.letters.slice(0, found.letterCount),
      },
    ]
  }
}

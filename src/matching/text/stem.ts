/** Word endings off, by language, with a bounded memory owned by whoever makes the stemmer. */
import snowball from 'snowball-stemmers'

/** ISO 639-1 → Snowball's name. */
const algorithms: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  cs: 'czech',
  da: 'danish',
  de: 'german',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hu: 'hungarian',
  hy: 'armenian',
  it: 'italian',
  nb: 'norwegian',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sl: 'slovene',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
}

/** Languages that have a stemmer. */
export const stemmedLanguages: readonly string[] = Object.keys(algorithms)

/** Words kept per language before the memory is emptied. */
const memoryWordsMax = 20_000

/** Stems words of many languages; equal words give equal stems whatever was asked before. */
export class Stemmer {
  readonly #byLanguage = new Map<string, { stem(word: string): string }>()
  readonly #memory = new Map<string, Map<string, string>>()

  /** The stem of a spelled (lower-case, accents kept) word; the word itself for a language without a stemmer. */
  stem(word: string, lang: string | null): string {
    const name = lang === null ? undefined : algorithms[lang]
    if (name === undefined || lang === null || word.length < 3) return word
    let memory = this.#memory.get(lang)
    if (memory === undefined) {
      memory = new Map()
      this.#memory.set(lang, memory)
    }
    const known = memory.get(word)
    if (known !== undefined) return known
    let stemmer = this.#byLanguage.get(lang)
    if (stemmer === undefined) {
      stemmer = snowball.newStemmer(name)
      this.#byLanguage.set(lang, stemmer)
    }
    const stem = stemmer.stem(word) || word
    if (memory.size >= memoryWordsMax) memory.clear()
    memory.set(word, stem)
    return stem
  }
}

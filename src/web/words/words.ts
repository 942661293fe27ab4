/** The words of the pages in one language: messages by typed key, and dates, numbers and names as that language writes them. */
import { IntlMessageFormat } from 'intl-messageformat'
import ar from './ar.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import es from './es.json' with { type: 'json' }
import { directions, type Language } from './languages.ts'
import zhHant from './zh-Hant.json' with { type: 'json' }

/** English is the pattern: test/pages/words.test.ts holds the others to its keys and placeholders. */
export type WordKey = keyof typeof en

export const catalogues: Record<Language, Record<WordKey, string>> = { en, es, ar, 'zh-Hant': zhHant }

export interface Words {
  /** The message of a key; ICU placeholders are filled from `values`. */
  t(key: WordKey, values?: Record<string, string | number>): string
  /** A day, from ISO 8601 date or time in UTC; the text itself when it is no date. */
  date(iso: string): string
  /** A day and a time, UTC. */
  time(iso: string): string
  number(value: number): string
  /** What a language is called; the tag itself when nobody knows. */
  languageName(tag: string): string
  list(items: string[]): string
}

function wordsIn(language: Language): Words {
  const messages = new Map<string, IntlMessageFormat>()
  for (const [key, text] of Object.entries(catalogues[language])) {
    messages.set(key, new IntlMessageFormat(text, language))
  }
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  const times = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  })
  const numbers = new Intl.NumberFormat(language)
  const names = new Intl.DisplayNames(language, { type: 'language' })
  const lists = new Intl.ListFormat(language)
  const dated = (format: Intl.DateTimeFormat) => (iso: string) => {
    const at = Date.parse(iso)
    return Number.isNaN(at) ? iso : format.format(at)
  }
  return {
    t: (key, values) => String(messages.get(key)!.format(values && isolated(values, language))),
    date: dated(days),
    time: dated(times),
    number: (value) => numbers.format(value),
    list: (items) => lists.format(items),
    languageName: (tag) => {
      try {
        return names.of(tag) ?? tag
      } catch {
        return tag
      }
    },
  }
}

/** Names keep their own direction inside a sentence of the other one (U+2068 first strong isolate, U+2069 pop). */
function isolated(
  values: Record<string, string | number>,
  language: Language,
): Record<string, string | number> {
  const mixes = (value: string) => directions[language] === 'rtl' || rightToLeft.test(value)
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && mixes(value) ? `\u2068${value}\u2069` : value,
    ]),
  )
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

const words: Record<Language, Words> = {
  en: wordsIn('en'),
  es: wordsIn('es'),
  ar: wordsIn('ar'),
  'zh-Hant': wordsIn('zh-Hant'),
}

export function wordsOf(language: Language): Words {
  return words[language]
}

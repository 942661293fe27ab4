/** The filters of what people ask, as a form sends them, and as the database takes them. */
import type { AskedFilter } from '#io/database/tips/asked.ts'

export const askedStates = ['open', 'in-work', 'answered'] as const

/** UTF-16 code units of one field; what is longer, or no such thing, filters nothing. */
const fieldMax = 300

export function parseAskedFilter(parameters: URLSearchParams): {
  given: { words: string; language: string; state: string }
  filter: AskedFilter
} {
  const read = (name: string) => {
    const text = (parameters.get(name) ?? '').trim().toWellFormed()
    return text.length > fieldMax || text.includes('\0') ? '' : text
  }
  const state = askedStates.find((one) => one === read('state'))
  const given = { words: read('words'), language: read('language'), state: state ?? '' }
  return {
    given,
    filter: {
      topic: /[\p{L}\p{N}]/u.test(given.words) ? given.words : undefined,
      lang: given.language || undefined,
      state,
    },
  }
}

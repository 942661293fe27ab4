/** The form in which a message is sent in: its fields as they were filled, and what is wrong with them in a word. */
import type { AssayError } from '#domain/errors.ts'
import type { TipContent } from '#domain/tip.ts'

export interface TipFields {
  text: string
  link: string
  platform: string
  day: string
  lang: string
  country: string
  doubt: string
  /** The sender has seen what fits, and it does not answer. */
  unanswered: boolean
}

export const emptyFields: TipFields = {
  text: '',
  link: '',
  platform: '',
  day: '',
  lang: '',
  country: '',
  doubt: '',
  unanswered: false,
}

export function readFields(form: FormData): TipFields {
  const field = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  return {
    text: field('text'),
    link: field('link'),
    platform: field('platform'),
    day: field('day'),
    lang: field('lang'),
    country: field('country'),
    doubt: field('doubt'),
    unanswered: field('unanswered') === 'yes',
  }
}

export function contentOf({ text, link, platform, day, lang, country, doubt }: TipFields): TipContent {
  const orNull = (value: string) => (value === '' ? null : value)
  return {
    text,
    links: link === '' ? [] : [link],
    lang: orNull(lang),
    country: orNull(country),
    seen: platform === '' && day === '' ? null : { platform: orNull(platform), day: orNull(day) },
    doubt: orNull(doubt),
  }
}

export type TipProblem = 'empty' | 'too-long' | 'link' | 'not-text' | 'invalid' | 'busy' | 'wait'

/** While very many come in: what a form is sent again with, and when. */
export interface Turn {
  ticket: string
  waitSeconds: number
}

/** What a refusal means to the person before the form. */
export function problemOfTip({ code }: AssayError, { text, link }: TipFields): TipProblem {
  if (code === 'unavailable' || code === 'rate_limited') return 'busy'
  if (code === 'too_large') return 'too-long'
  if (link !== '' && !/^https?:\/\/\S+$/i.test(link)) return 'link'
  if (!/[\p{L}\p{N}]/u.test(text) && link === '') return 'empty'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return /[\u0000-\u0008\u000e-\u001f]/.test(text) ? 'not-text' : 'invalid'
}

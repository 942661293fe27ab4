/** A tip: a message sent in to be checked. Who sent it is not known, and nothing here could hold it (promise 6). */
import { isDay } from './day.ts'
import { AssayError } from './errors.ts'
import type { RumourId, TipId } from './ids.ts'
import type { Why } from './message.ts'

/** How a tip came to its rumour; `pending` until it was compared with the open rumours. */
export const groupings = ['pending', 'same', 'maybe', 'new', 'moved'] as const
export type Grouping = (typeof groupings)[number]

/** Where the message was seen: the kind of place and the day, never the poster. */
export interface Seen {
  platform: string | null
  /** ISO 8601 date. */
  day: string | null
}

/** Everything that a person wrote. Kept sealed: once as it came, once redacted for the desk. */
export interface TipContent {
  text: string
  links: string[]
  /** BCP 47, of the sender's choice. */
  lang: string | null
  /** ISO 3166-1 alpha-2, of the sender's choice. */
  country: string | null
  seen: Seen | null
  /** Why the sender doubts it. */
  doubt: string | null
}

/** A tip as it lies in the table: readable only with its key. */
export interface Tip {
  id: TipId
  rumourId: RumourId
  grouping: Grouping
  /** The rumour that its own may be the same as, until a person says so or not. */
  maybeOf: RumourId | null
  lang: string | null
  day: string
  expiresOn: string
}

/** A tip as the desk reads it. `content` is redacted. Null: its key is gone. */
export interface OpenedTip extends Tip {
  content: TipContent | null
  why: Why[]
}

export const tipLimits = {
  /** UTF-16 code units: six pages; a tip is one message. */
  textMax: 20_000,
  linksMax: 10,
  linkMax: 2_000,
  platformMax: 60,
  doubtMax: 2_000,
  keptDays: 90,
  clientIdMin: 22,
  clientIdMax: 200,
  /** Different characters in a clientId: fewer were not drawn at random. */
  clientIdVariety: 8,
} as const

/** UTF-16 code units of why a lead opens an original: a reason, not a word. */
export const originalReason = { min: 10, max: 500 } as const

/** @throws invalid or too_large, in one sentence that says what to change */
export function checkTip({ text, links, lang, country, seen, doubt }: TipContent): void {
  const { textMax, linksMax, linkMax, platformMax, doubtMax } = tipLimits
  if (text.length > textMax) {
    throw new AssayError(
      'too_large',
      `The message has ${text.length} characters; send the part that matters, at most ${textMax}.`,
    )
  }
  if (links.length > linksMax || links.some((link) => link.length > linkMax)) {
    throw new AssayError('too_large', `Give at most ${linksMax} links of at most ${linkMax} characters.`)
  }
  if ((doubt?.length ?? 0) > doubtMax) {
    throw new AssayError('too_large', `Say in at most ${doubtMax} characters why you doubt it.`)
  }
  if (links.some((link) => !/^https?:\/\/\S+$/i.test(link))) {
    throw new AssayError('invalid', 'A link must start with http:// or https://; correct it or leave it out.')
  }
  if (!/[\p{L}\p{N}]/u.test(text) && links.length === 0) {
    throw new AssayError('invalid', 'There is no message; send the text or link that is to be checked.')
  }
  // Controls that no keyboard types: what holds them is a file and no message.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text + (doubt ?? '')) || !text.isWellFormed()) {
    throw new AssayError('invalid', 'The message is not text; copy the words of it and send those.')
  }
  if (lang !== null && !/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(lang)) {
    throw new AssayError('invalid', 'The language must be a code such as "en" or "pt-BR".')
  }
  if (country !== null && !/^[A-Z]{2}$/.test(country)) {
    throw new AssayError('invalid', 'The country must be a code of two capital letters such as "NG".')
  }
  if (seen !== null) {
    if ((seen.platform?.length ?? 0) > platformMax) {
      throw new AssayError(
        'too_large',
        `Name the place where you saw it in at most ${platformMax} characters.`,
      )
    }
    if (seen.day !== null && !isDay(seen.day)) {
      throw new AssayError('invalid', 'The day when you saw it must be a date such as 2024-05-31.')
    }
  }
}

/** @throws invalid when it could be guessed: whoever knows a clientId and the message stands for its sender */
export function checkClientId(clientId: string): void {
  const { clientIdMin, clientIdMax, clientIdVariety } = tipLimits
  const fits = new RegExp(`^[\\x21-\\x7e]{${clientIdMin},${clientIdMax}}$`).test(clientId)
  if (!fits || new Set(clientId).size < clientIdVariety) {
    throw new AssayError(
      'invalid',
      `The clientId must be ${clientIdMin} to ${clientIdMax} random letters and digits, new for each message; a random UUID does.`,
    )
  }
}

/** The day after which a tip of that day is gone. */
export function expiryOf(day: string): string {
  return dayOf(new Date(Date.parse(day) + tipLimits.keptDays * dayMs))
}

/** All that is kept of a time: its day in UTC. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}

const dayMs = 24 * 60 * 60 * 1000

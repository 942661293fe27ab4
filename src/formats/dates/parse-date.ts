/**
 * Dates as publishers write them, to ISO 8601. A time is kept only where its zone is stated; a date is kept as the day
 * that was written. What cannot be told is refused, never guessed.
 */
import type { Parsed } from '#domain/errors.ts'
import { monthOf } from './months.ts'

/** UTF-16 code units that are looked at: what is longer is prose. */
const dateMax = 120
const yearMin = 1900
const yearMax = 2100

export interface DateHints {
  /** BCP 47 of the text: tells `03/04/2021` where English leaves it open. */
  lang?: string | null
}

interface Day {
  year: number
  month: number
  day: number
}

/**
 * A day as `2021-03-22`, or a moment as `2021-03-22T15:45:00Z` where the source gave a zone by number, Z, UTC or GMT.
 * A number is seconds or milliseconds since 1970.
 */
export function parseDate(written: string | number, hints: DateHints = {}): Parsed<string> {
  if (typeof written === 'number' || /^\d{10}(?:\d{3})?$/.test(written)) return fromEpoch(Number(written))
  const text = written.trim()
  if (text === '') return refuse('is empty')
  const isIso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(text)
  const found = isIso ? dayOf(isIso[1]!, isIso[2]!, isIso[3]!) : findDay(text.slice(0, dateMax), hints)
  if (found === null) return refuse('is not a date that we can read; write it as 2021-03-22')
  if (found === 'ambiguous') {
    return refuse('does not say which number is the day; write it as 2021-03-22')
  }
  if (!exists(found)) return refuse('is not a day that exists')
  return momentOf(found, text)
}

function refuse(message: string): Parsed<never> {
  return { ok: false, problems: [{ path: '$', message }] }
}

function fromEpoch(number: number): Parsed<string> {
  const moment = new Date(number < 1e11 ? number * 1000 : number)
  const year = moment.getUTCFullYear()
  if (!(year >= 1995 && year <= yearMax))
    return refuse('is not a date that we can read; write it as 2021-03-22')
  return { ok: true, value: isoOf(moment) }
}

function isoOf(moment: Date): string {
  return moment.toISOString().replace('.000Z', 'Z')
}

function dayOf(year: string, month: string | number, day: string): Day {
  return {
    year: year.length === 2 ? 2000 + Number(year) : Number(year),
    month: Number(month),
    day: Number(day),
  }
}

function exists({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= yearMin && year <= yearMax && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** The one day that a text names; `ambiguous` when day and month could be exchanged. */
function findDay(text: string, hints: DateHints): Day | 'ambiguous' | null {
  const digits = text.normalize('NFKC').replace(/\p{Nd}/gu, westernDigit)
  const yearFirst =
    /(?<!\d)(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)/.exec(digits) ??
    /(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/.exec(digits) ??
    /^((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)/.exec(digits) ??
    /(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(digits)
  if (yearFirst) return dayOf(yearFirst[1]!, yearFirst[2]!, yearFirst[3]!)
  const numeric = /(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/.exec(digits)
  if (numeric) return numericDay(numeric, digits, hints)
  return namedDay(digits)
}

/** Decimal digits of every script count from a code point that ends their row of ten. */
function westernDigit(digit: string): string {
  if (digit <= '9') return digit
  let zero = digit.codePointAt(0)!
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && digit.codePointAt(0)! - zero < 9) zero--
  return String(digit.codePointAt(0)! - zero)
}

/** Languages whose publishers write the month first, or both ways. */
const monthFirstLangs = ['en', 'tl', 'fil']

function numericDay(found: RegExpExecArray, text: string, { lang }: DateHints): Day | 'ambiguous' {
  const [, first, separator, second, year] = found as unknown as [string, string, string, string, string]
  const language = lang?.toLowerCase().split('-')[0]
  const isDayFirst =
    Number(first) > 12 ||
    separator === '.' ||
    /\d\s?h\s?\d/i.test(text) ||
    (language !== undefined && language !== '' && !monthFirstLangs.includes(language))
  if (isDayFirst) return dayOf(year, second, first)
  if (Number(second) > 12 || first === second) return dayOf(year, first, second)
  return 'ambiguous'
}

/** `26 May 2015`, `30 de Dez, 2018`, `21February 2009`, `OCT. 4, 2016`, `stated on October 22, 2019 in …`. */
function namedDay(text: string): Day | null {
  const dayFirst =
    /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s,-]{0,3}(?:(?:de|of)\s|d['’]\s?)?(\p{L}[\p{L}\p{M}]{2,13})\.?[\s,-]{0,3}(?:de\s|del\s)?(\d{4})(?!\d)/giu
  for (const [, day, name, year] of text.matchAll(dayFirst)) {
    const month = monthOf(name!)
    if (month !== null) return dayOf(year!, month, day!)
  }
  const monthFirst =
    /(?<!\p{L})(\p{L}[\p{L}\p{M}]{2,13})\.?\s{1,3}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(\d{4})(?!\d)/giu
  for (const [, name, day, year] of text.matchAll(monthFirst)) {
    const month = monthOf(name!)
    if (month !== null) return dayOf(year!, month, day!)
  }
  return null
}

/** The moment where the text has a time with a known zone, else the day. */
function momentOf(day: Day, text: string): Parsed<string> {
  const pad = (number: number) => String(number).padStart(2, '0')
  const date = `${day.year}-${pad(day.month)}-${pad(day.day)}`
  const time =
    /(?<=[T\s\d])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|UTC|GMT|UT|[+-]\d{2}:?\d{2}|[+-]\d{2}|[+-]\d{3})(?![\w:])/i.exec(
      text.slice(0, dateMax),
    )
  if (time === null) return { ok: true, value: date }
  const [, hours, minutes, seconds = '0', fraction = '', zone] = time
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)]
  const offset = offsetMinutes(zone!)
  if (hour > 24 || minute > 59 || second > 60 || offset === null) {
    return refuse('has a time that does not exist')
  }
  const ms = fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000)
  const moment = Date.UTC(day.year, day.month - 1, day.day, hour, minute, second, ms) - offset * 60_000
  return { ok: true, value: isoOf(new Date(moment)) }
}

function offsetMinutes(zone: string): number | null {
  const [, sign, digits] = /^([+-])(\d{2}:?\d{2}|\d{2,3})$/.exec(zone) ?? []
  if (sign === undefined || digits === undefined) return 0
  const plain = digits
    .replace(':', '')
    .padStart(digits.length === 3 ? 4 : 2, '0')
    .padEnd(4, '0')
  const minutes = Number(plain.slice(0, 2)) * 60 + Number(plain.slice(2))
  return minutes > 14 * 60 || Number(plain.slice(2)) > 59 ? null : sign === '-' ? -minutes : minutes
}

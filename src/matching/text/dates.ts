/** Dates as people write them → '2020-02-14', so that one day written in two ways is one term. */
import { foldedWord, spelledWord } from './normalise.ts'
import { digitsAt } from './numbers.ts'

/** A date found in a text. */
export interface FoundDate {
  /** ISO 8601 days: the likelier reading first; two where day and month may be told either way. */
  days: string[]
  end: number
}

/** Names of months, folded: a row per month. */
const monthNames = [
  'january jan enero janeiro janvier januar janner gennaio gen januari styczen stycznia января январь ocak يناير جانفي जनवरी জানুয়ারি',
  'february feb febrero fevereiro fevrier februar febbraio febr februari luty lutego февраля февраль subat فبراير فيفري फरवरी ফেব্রুয়ারি',
  'march mar marzo marco mars marz maart marzec marca марта март mart مارس मार्च মার্চ',
  'april apr abril abr avril aprile avr kwiecien kwietnia апреля апрель nisan ابريل افريل अप्रैल এপ্রিল',
  'may mayo maio mai maggio mag mei maj maja мая май mayis مايو ماي मई মে',
  'june jun junio junho juin juni giugno giu czerwiec czerwca июня июнь haziran يونيو जून জুন',
  'july jul julio julho juillet juli luglio lug lipiec lipca июля июль temmuz يوليو जुलाई জুলাই',
  'august aug agosto ago aout agustus augustus sierpien sierpnia августа август agustos اغسطس अगस्त আগস্ট',
  'september sep sept septiembre setembro septembre settembre set wrzesien wrzesnia сентября сентябрь eylul سبتمبر सितंबर সেপ্টেম্বর',
  'october oct octubre outubro octobre oktober okt ottobre ott pazdziernik pazdziernika октября октябрь ekim اكتوبر अक्टूबर অক্টোবর',
  'november nov noviembre novembro novembre listopad listopada ноября ноябрь kasim نوفمبر नवंबर নভেম্বর',
  'december dec diciembre dezembro dez decembre dezember dicembre dic desember grudzien grudnia декабря декабрь aralik ديسمبر दिसंबर ডিসেম্বর',
]
const months = new Map(
  monthNames.flatMap((names, at) => names.split(' ').map((name) => [foldedWord(name), at + 1])),
)

/** The month that a word names, 1 to 12, or 0. */
export function monthOf(word: string): number {
  return months.get(foldedWord(spelledWord(word))) ?? 0
}

const years = { min: 1800, max: 2199 }

function isoDay(year: number, month: number, day: number): string | null {
  if (year < years.min || year > years.max || month < 1 || month > 12 || day < 1 || day > 31) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

const figures =
  /(\p{Nd}{1,4})(?:([-./\u2010\u2011\u2013])(\p{Nd}{1,2})\2(\p{Nd}{4}|\p{Nd}{2})(?!\p{Nd}|[-./]\p{Nd})|年\s?(\p{Nd}{1,2})月\s?(\p{Nd}{1,2})[日号號])/uy

/** The date in figures whose first digit is at `start` (14/02/2020, 2020-02-14, 2020年2月14日), or null. */
export function readDate(text: string, start: number, lang: string | null): FoundDate | null {
  figures.lastIndex = start
  const found = figures.exec(text)
  if (found === null) return null
  const end = figures.lastIndex
  const value = (group: number) => Number(digitsAt(found[group] ?? ''))
  const days = found[2] === undefined ? [isoDay(value(1), value(5), value(6))] : readings(found, value, lang)
  const known = days.filter((day) => day !== null)
  return known.length === 0 ? null : { days: known, end }
}

function readings(
  found: RegExpExecArray,
  value: (group: number) => number,
  lang: string | null,
): (string | null)[] {
  const [first, second, third] = [value(1), value(3), value(4)]
  if (found[1]!.length === 4) return [isoDay(first, second, third)]
  if (found[1]!.length > 2) return [null]
  const year = found[4]!.length === 4 ? third : third < 50 ? 2000 + third : 1900 + third
  const dayFirst = isoDay(year, second, first)
  const monthFirst = found[2] === '.' ? null : isoDay(year, first, second)
  if (dayFirst === monthFirst) return [dayFirst]
  return lang === 'en' ? [monthFirst, dayFirst] : [dayFirst, lang === null ? monthFirst : null]
}

/** Not after a handle in brackets: the day on which a quoted post was signed is not what it is about. */
const monthBefore = /(?<!\)\s{1,2})([\p{L}\p{M}]{3,12})\.?\s{1,2}$/u
const yearAfter = /^(?:st|nd|rd|th)?,?\s{1,2}(\p{Nd}{4})(?!\p{Nd})/u
const monthAndYear =
  /^(?:st|nd|rd|th|er|\.|º)?\s{0,2}(?:de\s|of\s)?([\p{L}\p{M}]{3,12})\.?,?\s{1,2}(?:de\s|del\s)?(\p{Nd}{4})(?!\p{Nd})/u

/** The date in words around the day of a month that stands from `start` to `end` (February 14, 2020), or null. */
export function readDateInWords(
  text: string,
  start: number,
  end: number,
): { day: string; end: number } | null {
  const number = Number(digitsAt(text.slice(start, end)))
  if (!(number >= 1 && number <= 31)) return null
  const rest = text.slice(end, end + 40)
  const after = monthAndYear.exec(rest)
  const monthThere = after === null ? 0 : monthOf(after[1]!)
  if (after !== null && monthThere > 0) return named(after, after[2]!, monthThere, number, end)
  const before = monthBefore.exec(text.slice(Math.max(0, start - 16), start))
  const monthHere = before === null ? 0 : monthOf(before[1]!)
  const year = monthHere === 0 ? null : yearAfter.exec(rest)
  return year === null ? null : named(year, year[1]!, monthHere, number, end)
}

function named(
  found: RegExpExecArray,
  year: string,
  month: number,
  day: number,
  end: number,
): { day: string; end: number } | null {
  const iso = isoDay(Number(digitsAt(year)), month, day)
  return iso === null ? null : { day: iso, end: end + found[0].length }
}

const signature = /[\u2014\u2013-]\s[^\n(]{0,80}\(@\w{1,30}\)\s{1,2}(?=\S)/g
/** A signature stands at the end; so much of the end is looked at. */
const signatureLettersMax = 240

/** The day on which a quoted post was written ("— A Name (@name) May 4, 2020"), as days since 1970-01-01; null elsewhere. */
export function findSignedDay(text: string): number | null {
  const tail = text.slice(-signatureLettersMax)
  const last = [...tail.matchAll(signature)].at(-1)
  if (last === undefined) return null
  const signed = tail.slice(last.index + last[0].length)
  const day = /\p{Nd}{1,2}(?!\p{Nd})/u.exec(signed.slice(0, 24))
  const found = day && readDateInWords(signed, day.index, day.index + day[0].length)
  return found ? Math.floor(Date.parse(found.day) / dayMs) : null
}

const dayMs = 86_400_000

/** The filters of the latest reviews, as a form sends them, and as the database takes them. */
import { isId, type PublisherId } from '#domain/ids.ts'
import { type RatingValue, ratingValues } from '#domain/rating.ts'
import type { ClaimReviewFilter } from '#io/database/claim-reviews.ts'

export const filterFields = ['language', 'publisher', 'rating', 'words', 'from', 'to'] as const
export type FilterField = (typeof filterFields)[number]

export interface LatestFilter {
  /** What the form shows again, as it came; empty where nothing did. */
  given: Record<FilterField, string>
  /** Those that could not be understood, and are left out. */
  unclear: FilterField[]
  filter: ClaimReviewFilter
}

/** UTF-16 code units of one field; longer ones are nobody's filter. */
const fieldMax = 300

export function parseLatestFilter(parameters: URLSearchParams): LatestFilter {
  const unclear: FilterField[] = []
  const read = <T>(field: FilterField, parse: (text: string) => T | null): T | undefined => {
    const text = given[field]
    if (text === '') return undefined
    const value = text.length > fieldMax || text.includes('\0') ? null : parse(text)
    if (value === null) unclear.push(field)
    return value ?? undefined
  }
  const given = Object.fromEntries(
    filterFields.map((field) => [field, (parameters.get(field) ?? '').trim().toWellFormed()]),
  ) as Record<FilterField, string>
  const filter = {
    ...read('publisher', publisherOf),
    lang: read('language', (text) => (/^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(text) ? text : null)),
    ratingValue: read(
      'rating',
      (text) => ratingValues.find((value): value is RatingValue => value === text) ?? null,
    ),
    topic: read('words', (text) => (/[\p{L}\p{N}]/u.test(text) ? text : null)),
    from: read('from', (text) => dayOf(text, 0)),
    to: read('to', (text) => dayOf(text, 1)),
  }
  return { given, unclear, filter }
}

/** A host, a whole address pasted from the browser, or the id of a publisher that has no site. */
function publisherOf(text: string): Pick<ClaimReviewFilter, 'site' | 'publisherId'> | null {
  if (isId<PublisherId>(text)) return { publisherId: text }
  const host = URL.parse(text.includes('://') ? text : `https://${text}`)?.hostname
  return host ? { site: host } : null
}

/** The beginning of a day, UTC; `days` later for an end that includes its day. */
function dayOf(text: string, days: 0 | 1): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const day = new Date(`${text}T00:00:00Z`)
  // A day that no month has would roll over into the next one.
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text)) return null
  day.setUTCDate(day.getUTCDate() + days)
  return day
}

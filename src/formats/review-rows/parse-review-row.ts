/**
 * One line of a JSON Lines file: a row of the bench format (`id, text, title?, subtitle?, body?, publisher?, url?, date?,
 * lang?, rating?, ratingValue?, bestRating?, worstRating?`), a ClaimReview object, or a row that wraps one.
 * feed → fetch → parse (here) → validate → upsert → index
 */
import { type ReviewRecord, type ReviewsRead, reviewLimits } from '#domain/claim-review.ts'
import { nothingRead, parseClaimReviews, readClaimReviewJson } from '../claimreview/parse-claim-reviews.ts'
import { parseDate } from '../dates/parse-date.ts'
import { isBlank } from '../html/clean-text.ts'
import { plainText } from '../html/plain-text.ts'
import { excerptOf, isObject, type JsonObject, member, stringMember } from '../json/json-value.ts'
import { parseJson } from '../json/parse-json.ts'
import { languageTag } from '../languages/language-tag.ts'
import { parseRating } from '../ratings/parse-rating.ts'
import { canonicalAddress, siteOf } from '../urls/web-address.ts'

/** UTF-16 code units of one line; a review with its whole text has a hundredth. */
export const lineMax = 4_000_000

export interface RowOptions {
  /** The host to take as publisher where a row names none. */
  publisher?: string | null
}

/** What one line holds: records, or at least one refusal that says why there is none. Never throws. */
export function parseReviewRow(line: string, options: RowOptions = {}): ReviewsRead {
  const into = nothingRead()
  const parsed = parseJson(line, lineMax)
  if (!parsed.ok) {
    into.refusals.push({ path: '$', message: parsed.message, excerpt: parsed.excerpt })
    return into
  }
  const { value } = parsed
  if (!isObject(value)) return readClaimReviewJson(value, { ...options, pageUrl: null })
  const script = stringMember(value, 'raw')
  if (script !== null) {
    return parseClaimReviews(script, { ...options, kind: 'json', pageUrl: pageUrlOf(value) })
  }
  if (
    member(value, 'text') === undefined ||
    member(value, '@type') !== undefined ||
    member(value, 'claimReview') !== undefined
  ) {
    const read = readClaimReviewJson(value, { ...options, pageUrl: pageUrlOf(value) })
    if (read.records.length > 0 || !isRow(value)) return read
  }
  readRow(value, options, into)
  return into
}

function pageUrlOf(row: JsonObject): string | null {
  return stringMember(row, 'page_url') ?? stringMember(row, 'pageUrl') ?? stringMember(row, 'url')
}

/** A row without its text is still a row, and refused as one. */
function isRow(value: JsonObject): boolean {
  return (
    member(value, 'id') !== undefined &&
    member(value, '@type') === undefined &&
    member(value, 'claimReview') === undefined
  )
}

function readRow(row: JsonObject, options: RowOptions, into: ReviewsRead): void {
  const note = (name: string, message: string): void => {
    into.notes.push({ path: `$.${name}`, message, excerpt: excerptOf(member(row, name)) })
  }
  const claim = textAt(row, 'text', reviewLimits.claimMax)
  const sourceId = textAt(row, 'id', reviewLimits.urlMax)
  const url = canonicalAddress(stringMember(row, 'url') ?? '', null)
  if (claim === null) {
    into.refusals.push({
      path: '$.text',
      message: 'text is missing or empty: it is the claim',
      excerpt: excerptOf(row),
    })
    return
  }
  if (sourceId === null && url === null) {
    into.refusals.push({
      path: '$.id',
      message: 'id and url are missing: one of them is needed',
      excerpt: excerptOf(row),
    })
    return
  }
  const lang = languageTag(member(row, 'lang'))
  into.records.push({
    publisher: publisherOf(row, url, options),
    url,
    sourceId,
    claim,
    title: textAt(row, 'title', reviewLimits.titleMax),
    summary:
      textAt(row, 'subtitle', reviewLimits.summaryMax) ?? textAt(row, 'summary', reviewLimits.summaryMax),
    body: textAt(row, 'body', reviewLimits.bodyMax) ?? textAt(row, 'reference', reviewLimits.bodyMax),
    rating: parseRating({
      words: textAt(row, 'rating', reviewLimits.wordsMax),
      value: scalarAt(row, 'ratingValue'),
      best: scalarAt(row, 'bestRating'),
      worst: scalarAt(row, 'worstRating'),
    }),
    ratingExplanation: null,
    lang,
    ...datesOf(row, lang, note),
    appearances: [],
    claimant: null,
  })
}

function textAt(row: JsonObject, name: string, lengthMax: number): string | null {
  const value = member(row, name)
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = plainText(String(value), lengthMax)
  return isBlank(text) ? null : text
}

function scalarAt(row: JsonObject, name: string): string | number | null {
  const value = member(row, name)
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

/** `publisher` may be a host, an address or a name; the address of the review decides where it has one. */
function publisherOf(
  row: JsonObject,
  url: string | null,
  { publisher = null }: RowOptions,
): ReviewRecord['publisher'] {
  const written = textAt(row, 'publisher', reviewLimits.nameMax)
  const isHost = written !== null && /^(?:https?:\S*|[\w-]+(?:\.[\w-]+)+)$/.test(written)
  const host = isHost ? canonicalAddress(written, null) : null
  const site = url !== null ? siteOf(url) : host?.includes('.') ? siteOf(host) : null
  return { site: site ?? publisher, name: isHost ? null : written }
}

/** "stated on October 22, 2019 in a speech:" is when the claim was made; any other date is the review's. */
function datesOf(
  row: JsonObject,
  lang: string | null,
  note: (name: string, message: string) => void,
): Pick<ReviewRecord, 'reviewedAt' | 'claimedAt'> {
  const written = scalarAt(row, 'date')
  if (written === null) return { reviewedAt: null, claimedAt: null }
  const date = parseDate(written, { lang })
  if (!date.ok) {
    for (const problem of date.problems) note('date', `date ${problem.message}`)
    return { reviewedAt: null, claimedAt: null }
  }
  const isStatement = typeof written === 'string' && /^\s*stated on\b/i.test(written)
  return isStatement
    ? { reviewedAt: null, claimedAt: date.value }
    : { reviewedAt: date.value, claimedAt: null }
}

/** One ClaimReview node becomes records, refusals and notes. feed → fetch → parse (here) → validate → upsert → index */
import { type Refusal, type ReviewRecord, type ReviewsRead, reviewLimits } from '#domain/claim-review.ts'
import { parseDate } from '../dates/parse-date.ts'
import { cutText, isBlank } from '../html/clean-text.ts'
import { plainText } from '../html/plain-text.ts'
import { excerptOf, isObject, type JsonObject, listOf, member, pathTo } from '../json/json-value.ts'
import { languageTag } from '../languages/language-tag.ts'
import { canonicalAddress, webAddress } from '../urls/web-address.ts'
import { type FoundReview, resolved } from './find-reviews.ts'
import { readPublisher } from './read-publisher.ts'
import { readRating } from './read-rating.ts'
import { addressesOf, property, stringsOf, textOf, typesOf } from './schema-node.ts'

export interface ReviewContext {
  base: string | null
  /** The host to take as publisher where a record names none. */
  publisher: string | null
  byId: ReadonlyMap<string, JsonObject>
  /** What the page around a review says, where the review itself is silent. */
  around(url: string | null): Around
}

export interface Around {
  title: string | null
  summary: string | null
  body: string | null
  lang: string | null
  publishedAt: string | null
}

/** Claims that one review may list; each becomes a record of its own. */
const claimsMax = 50

/** Of one review that are read. */
const translationsMax = 20

/** Adds what a node holds to `into`: at least one record or one refusal. */
export function readReview(
  { node, path, pageUrl }: FoundReview,
  context: ReviewContext,
  into: ReviewsRead,
): void {
  const note = (name: string, message: string, value: unknown): void => {
    into.notes.push({ path: name.split('.').reduce(pathTo, path), message, excerpt: excerptOf(value) })
  }
  const refuse = (name: string, message: string): void => {
    into.refusals.push({ path: pathTo(path, name), message, excerpt: excerptOf(node) })
  }
  const item = resolved(property(node, 'itemReviewed'), context.byId)
  const claims = claimsOf(node, item, note)
  if (claims.length === 0) {
    refuse('claimReviewed', 'claimReviewed is missing or empty: say which claim is reviewed')
    return
  }
  const url = addressOf(node, pageUrl, context, note)
  const sourceId = sourceIdOf(node)
  if (url === null && sourceId === null) {
    refuse('url', 'url is missing: without the address of the review nobody can read it')
    return
  }
  const around = context.around(url)
  const { rating, explanation } = readRating(node, note)
  const shared: Omit<ReviewRecord, 'claim'> = {
    publisher: readPublisher(node, {
      reviewUrl: url,
      base: url ?? context.base,
      byId: context.byId,
      assumed: context.publisher,
      note,
    }),
    url,
    sourceId,
    title: textAt(node, ['name', 'headline', 'title'], reviewLimits.titleMax) ?? around.title,
    summary: textAt(node, ['description', 'abstract', 'subtitle'], reviewLimits.summaryMax) ?? around.summary,
    body: bodyOf(node) ?? around.body,
    rating,
    ratingExplanation: explanation,
    lang: languageTag(property(node, 'inLanguage')) ?? around.lang,
    reviewedAt: reviewedAtOf(node, around, note),
    ...claimFactsOf(item, note),
  }
  for (const claim of claims) into.records.push({ ...shared, claim })
}

export type TakeNote = (name: string, message: string, value: unknown) => void

function textAt(node: JsonObject, names: string[], lengthMax: number): string | null {
  for (const name of names) {
    const text = textOf(property(node, name), lengthMax)
    if (text !== null) return text
  }
  return null
}

/** Its own text, then those of its translations: they are searched in their languages. */
function bodyOf(node: JsonObject): string | null {
  const own = textAt(node, ['reviewBody', 'articleBody', 'text'], reviewLimits.bodyMax)
  const translated = listOf(property(node, 'workTranslation'))
    .filter(isObject)
    .slice(0, translationsMax)
    .flatMap((one) => ['name', 'abstract', 'text'].map((name) => textAt(one, [name], reviewLimits.bodyMax)))
  const texts = [own, ...translated].filter((text) => text !== null)
  return texts.length === 0 ? null : cutText(texts.join('\n'), reviewLimits.bodyMax)
}

function claimsOf(node: JsonObject, item: unknown, note: TakeNote): string[] {
  const written = property(node, 'claimReviewed')
  const claims = stringsOf(
    isObject(written) ? (property(written, 'text') ?? property(written, 'name') ?? written) : written,
    claimsMax,
  )
    .map((claim) => plainText(claim, reviewLimits.claimMax))
    .filter((claim) => !isBlank(claim))
  if (claims.length > 1)
    note('claimReviewed', 'claimReviewed is a list: each entry is read as a review of its own', written)
  if (claims.length > 0) return [...new Set(claims)]
  const text =
    isObject(item) && typesOf(item).includes('claim')
      ? textOf(property(item, 'text'), reviewLimits.claimMax)
      : null
  if (text === null) return []
  note('claimReviewed', 'claimReviewed is missing: itemReviewed.text is taken as the claim', item)
  return [text]
}

function addressOf(
  node: JsonObject,
  pageUrl: string | null,
  { base }: ReviewContext,
  note: TakeNote,
): string | null {
  const written = [
    ...addressesOf(property(node, 'url'), 3),
    ...addressesOf(property(node, 'mainEntityOfPage'), 3),
  ]
  for (const address of written) {
    const url = canonicalAddress(address, base ?? pageUrl)
    if (url === null) continue
    if (webAddress(address, null) === null)
      note('url', 'url is not absolute: write it with https:// and the host', address)
    return url
  }
  if (written.length > 0) note('url', 'url is not an http or https address', written)
  else if (pageUrl !== null)
    note('url', 'url is missing: the page that the markup was found on is taken', node)
  const page = pageUrl === null ? null : canonicalAddress(pageUrl, base)
  return page ?? addressesOf(member(node, '@id'), 1).map((id) => canonicalAddress(id, null))[0] ?? null
}

function sourceIdOf(node: JsonObject): string | null {
  const identifier = property(node, 'identifier') ?? member(node, 'id') ?? member(node, '@id')
  return textOf(isObject(identifier) ? property(identifier, 'value') : identifier, reviewLimits.urlMax)
}

function reviewedAtOf(node: JsonObject, around: Around, note: TakeNote): string | null {
  const written = property(node, 'datePublished') ?? property(node, 'dateCreated')
  if (written === undefined) {
    if (around.publishedAt === null)
      note('datePublished', 'datePublished is missing: the review is shown without a date', node)
    return around.publishedAt
  }
  return dateOf('datePublished', written, note) ?? around.publishedAt
}

/** An ISO 8601 date, or null with a note. */
function dateOf(name: string, written: unknown, note: TakeNote): string | null {
  const [text] = stringsOf(written, 1)
  if (text === undefined || text.trim() === '') return null
  const date = parseDate(text)
  if (date.ok) return date.value
  for (const problem of date.problems) note(name, `${name.split('.').at(-1)} ${problem.message}`, written)
  return null
}

/**
 * What is known of the claim: when it was made, where it was seen, and by whom as the publisher's own record says.
 * Addresses of the claimant (`author.sameAs`) are left alone: they would make a person findable (promise 2).
 */
function claimFactsOf(
  value: unknown,
  note: TakeNote,
): Pick<ReviewRecord, 'claimedAt' | 'appearances' | 'claimant'> {
  const item = isObject(value) ? value : {}
  const author = property(item, 'author') ?? property(item, 'creator')
  const named = (Array.isArray(author) ? author : [author]).slice(0, 10).flatMap((one) => namesOf(one))
  return {
    claimedAt: dateOf(
      'itemReviewed.datePublished',
      property(item, 'datePublished') ?? property(item, 'dateCreated'),
      note,
    ),
    appearances: appearancesOf(item),
    claimant: plainText(named.join(', '), reviewLimits.claimantMax) || null,
  }
}

function namesOf(author: unknown): string[] {
  return stringsOf(isObject(author) ? property(author, 'name') : author, 5).filter((name) => !isBlank(name))
}

/** Addresses where the claim was seen: lists, objects, and several in one string. */
function appearancesOf(item: JsonObject): string[] {
  const max = reviewLimits.appearancesMax
  const written = ['appearance', 'firstAppearance', 'url', 'sameAs'].flatMap((name) =>
    addressesOf(property(item, name), max),
  )
  const addresses = written
    .flatMap((text) => text.slice(0, reviewLimits.urlMax * max).split(/[,;|]?\s+|[,;|](?=\s*https?:)/))
    .map((address) => webAddress(address, null))
    .filter((address) => address !== null)
  return [...new Set(addresses)].slice(0, max)
}

/** An empty result to read into. */
export function nothingRead(): ReviewsRead {
  return { records: [], refusals: [] as Refusal[], notes: [] }
}

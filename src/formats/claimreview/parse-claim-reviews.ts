/**
 * schema.org ClaimReview in: from HTML pages, JSON-LD in any nesting, DataFeeds.
 * Source: schema.org/ClaimReview; JSON-LD 1.1 section 7 (JSON-LD in HTML); Google's ClaimReview structured data.
 */
import { excerptMax, type ReviewsRead, reviewLimits } from '#domain/claim-review.ts'
import { parseDate } from '../dates/parse-date.ts'
import { plainText } from '../html/plain-text.ts'
import { type HtmlPage, readPage } from '../html/read-page.ts'
import { member } from '../json/json-value.ts'
import { parseJson } from '../json/parse-json.ts'
import { languageTag } from '../languages/language-tag.ts'
import { canonicalAddress } from '../urls/web-address.ts'
import { type FoundNodes, findReviews } from './find-reviews.ts'

export { nothingRead } from './read-review.ts'

import { type Around, nothingRead, readReview } from './read-review.ts'
import { addressesOf, property, stringsOf, textOf } from './schema-node.ts'

export interface ReadOptions {
  /** The page that the text is of: what relative addresses and a missing `url` mean. Null for a file of many reviews. */
  pageUrl: string | null
  /** The host to take as publisher where a record names none. */
  publisher?: string | null
}

interface Document {
  value: unknown
  path: string
}

/** Every review of an HTML page or of a JSON text. A page without reviews is empty, a JSON text without is refused. */
export function parseClaimReviews(
  text: string,
  options: ReadOptions & { kind: 'html' | 'json' },
): ReviewsRead {
  if (options.kind === 'html') return findClaimReviews(text, options)
  const into = nothingRead()
  const document = parseBlock(text, '$', into)
  return document === null
    ? into
    : readDocuments([document], { ...options, base: options.pageUrl, page: null }, into)
}

/** Every review in the linked data of an HTML page. */
export function findClaimReviews(html: string, options: ReadOptions): ReviewsRead {
  const into = nothingRead()
  const page = readPage(html, options.pageUrl)
  const documents = page.scripts
    .map((script, at) => parseBlock(script, `$.scripts[${at}]`, into))
    .filter((document) => document !== null)
  return readDocuments(documents, { ...options, base: page.base, page }, into)
}

/** Every review in a JSON value of any shape; a value without any is refused. */
export function readClaimReviewJson(value: unknown, options: ReadOptions): ReviewsRead {
  return readDocuments(
    [{ value, path: '$' }],
    { ...options, base: options.pageUrl, page: null },
    nothingRead(),
  )
}

/** The value of one block; null, with a refusal or a note, when it is not JSON. */
function parseBlock(text: string, path: string, into: ReviewsRead): Document | null {
  const parsed = parseJson(text)
  if (parsed.ok) {
    const excerpt = parsed.mended.join('; ').slice(0, excerptMax)
    if (parsed.mended.length > 0)
      into.notes.push({ path, message: 'is not valid JSON; mended here, others will not read it', excerpt })
    return { value: parsed.value, path }
  }
  const { message, excerpt } = parsed
  const mayHoldReviews = /claimreview/i.test(text.slice(0, 10_000_000))
  if (path === '$' || mayHoldReviews) into.refusals.push({ path, message, excerpt })
  else into.notes.push({ path, message, excerpt })
  return null
}

interface DocumentContext extends ReadOptions {
  base: string | null
  /** Null for JSON that is no page. */
  page: HtmlPage | null
}

function readDocuments(documents: Document[], context: DocumentContext, into: ReviewsRead): ReviewsRead {
  const found = findReviews(documents, context.pageUrl)
  const { base, page, publisher = null, pageUrl } = context
  const articles = articlesByAddress(found, base)
  const home = pageUrl === null ? null : canonicalAddress(pageUrl, null)
  const ofPage = page === null ? null : aroundOfPage(page)
  const around = (url: string | null): Around => {
    const known = [url === null ? undefined : articles.get(url), url === home ? ofPage : undefined]
    return Object.assign(
      { ...silence },
      ...known
        .filter((one) => one != null)
        .reverse()
        .map(withoutNulls),
    )
  }
  for (const review of found.reviews) readReview(review, { base, publisher, byId: found.byId, around }, into)
  if (found.isCut) {
    into.refusals.push({ path: '$', message: 'is too large to read to its end; split it', excerpt: '' })
  } else if (page === null && found.reviews.length === 0) {
    into.refusals.push({ path: '$', message: 'holds no ClaimReview', excerpt: '' })
  }
  return into
}

const silence: Around = { title: null, summary: null, body: null, lang: null, publishedAt: null }

function withoutNulls(around: Around): Partial<Around> {
  return Object.fromEntries(Object.entries(around).filter(([, value]) => value !== null))
}

function aroundOfPage(page: HtmlPage): Around {
  return {
    title: page.title && plainText(page.title, reviewLimits.titleMax),
    summary: page.summary && plainText(page.summary, reviewLimits.summaryMax),
    body: null,
    lang: languageTag(page.lang),
    publishedAt: dateOrNull(page.publishedAt),
  }
}

function articlesByAddress({ articles }: FoundNodes, base: string | null): ReadonlyMap<string, Around> {
  const byAddress = new Map<string, Around>()
  for (const { node, pageUrl } of articles) {
    const written = [property(node, 'url'), property(node, 'mainEntityOfPage'), member(node, '@id')]
    const addresses = written.flatMap((value) => addressesOf(value, 3))
    const known: Around = {
      title: textOf(property(node, 'headline') ?? property(node, 'name'), reviewLimits.titleMax),
      summary: textOf(property(node, 'description'), reviewLimits.summaryMax),
      body: textOf(property(node, 'articleBody'), reviewLimits.bodyMax),
      lang: languageTag(property(node, 'inLanguage')),
      publishedAt: dateOrNull(stringsOf(property(node, 'datePublished'), 1)[0] ?? null),
    }
    for (const address of addresses.length > 0 ? addresses : [pageUrl ?? '']) {
      const url = canonicalAddress(address, pageUrl ?? base)
      if (url !== null)
        byAddress.set(url, {
          ...silence,
          ...withoutNulls(known),
          ...withoutNulls(byAddress.get(url) ?? silence),
        })
    }
  }
  return byAddress
}

function dateOrNull(text: string | null): string | null {
  const date = text === null ? null : parseDate(text)
  return date?.ok ? date.value : null
}

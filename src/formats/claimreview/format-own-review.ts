/**
 * A review that this instance published, as ClaimReview with everything that Google's rules require and recommend.
 * Source: https://developers.google.com/search/docs/appearance/structured-data/factcheck
 */
import type { ClaimReview } from '#domain/claim-review.ts'
import type { PublisherId } from '#domain/ids.ts'
import {
  answerText,
  isVerdictDocument,
  type PublishedDocument,
  recordOfDocument,
  reviewUrl,
  translatedText,
  type VerdictDocument,
} from '#domain/publication.ts'
import { formatClaimReview, type JsonLd } from './format-claim-review.ts'
import { formatRatingValue } from './rating-value.ts'

/** Of the markup, not of the text: anybody may use it and say where it is from. */
const structuredDataLicense = 'https://creativecommons.org/licenses/by/4.0/'

export interface OwnReview {
  /** The newest verdict or correction. */
  document: VerdictDocument
  /** Every document that is out about it, newest first. */
  documents: readonly PublishedDocument[]
  firstPublishedAt: string
  publicUrl: string
}

/** With `@context`: a whole document by itself. */
export function formatOwnReview(own: OwnReview): JsonLd {
  const { document, documents, publicUrl } = own
  const url = reviewUrl(publicUrl, document.id)
  const { organisation } = document
  const author = {
    '@type': 'Organization',
    name: organisation.name,
    url: publicUrl,
    publishingPrinciples: `${publicUrl}/organisations/${organisation.shortName}`,
  }
  const corrections = documents.flatMap((one) =>
    isVerdictDocument(one) && one.correction !== null ? [correctionOf(one)] : [],
  )
  const evidence = document.evidence.flatMap(({ title, url: source, shows }) =>
    source === null && title === null
      ? []
      : [
          {
            '@type': 'CreativeWork',
            name: title ?? source!,
            description: shows,
            ...(source ? { url: source } : {}),
          },
        ],
  )
  const { itemReviewed, reviewRating, ...review } = formatClaimReview(claimReviewOf(own))
  const [first] = document.appearances
  return {
    '@context': 'https://schema.org',
    '@id': url,
    ...review,
    itemReviewed: {
      ...(itemReviewed as JsonLd),
      ...(first === undefined ? {} : { firstAppearance: { '@type': 'CreativeWork', url: first } }),
    },
    reviewRating: { ...(reviewRating as JsonLd), identifier: formatRatingValue(document.rating.value) },
    author,
    publisher: author,
    reviewBody: answerText(document),
    dateModified: fullTime(documents[0]!.publishedAt),
    image: `${url}.png`,
    sdLicense: structuredDataLicense,
    sdPublisher: author,
    ...(evidence.length > 0 ? { citation: evidence } : {}),
    ...(corrections.length > 0 ? { correction: corrections } : {}),
    ...(document.translations.length > 0 ? { workTranslation: translationsOf(document) } : {}),
  }
}

/** As an item of the DataFeed. */
export function formatOwnFeedItem(own: OwnReview): JsonLd {
  const { '@context': _context, ...item } = formatOwnReview(own)
  return {
    '@type': 'DataFeedItem',
    dateCreated: own.firstPublishedAt,
    dateModified: fullTime(own.documents[0]!.publishedAt),
    item,
  }
}

/** As the unified record has it, without a database: for writers that need only what is published. */
function claimReviewOf({ document, documents, firstPublishedAt, publicUrl }: OwnReview): ClaimReview {
  const {
    publisher,
    sourceId: _source,
    body: _body,
    ...record
  } = recordOfDocument(document, {
    publicUrl,
    firstPublishedAt,
  })
  return {
    ...record,
    id: document.id,
    publisher: { id: '' as PublisherId, site: publisher.site, name: publisher.name ?? '', sample: false },
    version: document.version,
    firstSeenAt: firstPublishedAt,
    changedAt: fullTime(documents[0]!.publishedAt),
  }
}

function correctionOf({ correction, publishedAt }: VerdictDocument): JsonLd {
  const { wrong, changed, why } = correction!
  return {
    '@type': 'CorrectionComment',
    text: `${wrong} ${changed} ${why}`,
    datePublished: fullTime(publishedAt),
  }
}

/** Not as ClaimReview of their own: it is one verdict, in several languages. */
function translationsOf({ translations }: VerdictDocument): JsonLd[] {
  return translations.map((one) => ({
    '@type': 'CreativeWork',
    inLanguage: one.lang,
    name: one.claim,
    abstract: one.summary,
    text: translatedText(one),
  }))
}

/** The log's time is to the minute. */
function fullTime(minute: string): string {
  return minute.replace(/^(.{16})Z$/, '$1:00Z')
}

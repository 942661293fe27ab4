/**
 * A claim review out, as schema.org ClaimReview in JSON-LD: what parse-claim-reviews.ts reads, it reads back the same.
 * Source: https://schema.org/ClaimReview
 */
import type { ClaimReview } from '#domain/claim-review.ts'

export type JsonLd = { [name: string]: string | number | JsonLd | JsonLd[] }

/** What is unknown is left out. Without `@context`, which stands once around all of them. */
export function formatClaimReview(review: ClaimReview): JsonLd {
  const { publisher, claimant, appearances } = review
  return known({
    '@type': 'ClaimReview',
    identifier: review.id,
    url: review.url,
    claimReviewed: review.claim,
    name: review.title,
    description: review.summary,
    inLanguage: review.lang,
    datePublished: review.reviewedAt,
    author: known({
      '@type': 'Organization',
      name: publisher.name,
      url: publisher.site === null ? null : `https://${publisher.site}`,
    }),
    itemReviewed: known({
      '@type': 'Claim',
      datePublished: review.claimedAt,
      // Whether a person or an organisation, the record does not say.
      author: claimant === null ? null : { name: claimant },
      appearance: appearances.length === 0 ? null : appearances.map(creativeWork),
    }),
    reviewRating: formatRating(review),
  })
}

/** Many, as the feed that others read whole. */
export function formatDataFeedItem(review: ClaimReview): JsonLd {
  return known({
    '@type': 'DataFeedItem',
    dateCreated: review.reviewedAt ?? review.firstSeenAt,
    dateModified: review.changedAt,
    item: formatClaimReview(review),
  })
}

/** JSON-LD as the body of a script element: nothing in any text can end the element or start a comment. */
export function embedJsonLd(value: JsonLd): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function formatRating({ rating, ratingExplanation }: ClaimReview): JsonLd {
  return known({
    '@type': 'Rating',
    alternateName: rating.words,
    ratingExplanation,
    ratingValue: rating.scale?.value ?? null,
    bestRating: rating.scale?.best ?? null,
    worstRating: rating.scale?.worst ?? null,
  })
}

function creativeWork(url: string): JsonLd {
  return { '@type': 'CreativeWork', url }
}

function known(properties: { [name: string]: JsonLd[string] | null }): JsonLd {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null)) as JsonLd
}

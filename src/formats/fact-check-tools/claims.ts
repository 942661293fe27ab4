/**
 * Claim reviews in the words of the Fact Check Tools API, so that its clients read ours.
 * Source: https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims
 */
import type { ClaimReview } from '#domain/claim-review.ts'

export interface FactCheckToolsClaim {
  text: string
  claimant?: string
  /** RFC 3339 in UTC, as all times here. */
  claimDate?: string
  claimReview: {
    publisher: { name?: string; site?: string }
    url?: string
    title?: string
    reviewDate?: string
    textualRating?: string
    languageCode?: string
  }[]
}

/** One review as a claim of its own; what is unknown is left out, as the API does. */
export function formatClaim(review: ClaimReview): FactCheckToolsClaim {
  return {
    text: review.claim,
    ...known('claimant', review.claimant),
    ...known('claimDate', timeOf(review.claimedAt)),
    claimReview: [
      {
        publisher: { name: review.publisher.name, ...known('site', review.publisher.site) },
        ...known('url', review.url),
        ...known('title', review.title),
        ...known('reviewDate', timeOf(review.reviewedAt)),
        ...known('textualRating', review.rating.words ?? review.rating.value),
        ...known('languageCode', review.lang),
      },
    ],
  }
}

function known<Name extends string>(name: Name, value: string | null): { [name in Name]?: string } {
  return value === null ? {} : ({ [name]: value } as { [name in Name]?: string })
}

function timeOf(date: string | null): string | null {
  if (date === null) return null
  return date.includes('T') ? date : `${date}T00:00:00Z`
}

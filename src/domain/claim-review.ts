/** A published review of a claim, ours or another publisher's (schema.org ClaimReview), in one unified shape. */
import type { Problem } from './errors.ts'
import type { ClaimReviewId, PublisherId } from './ids.ts'
import type { Rating } from './rating.ts'

/** What one publisher's record says, as a parser hands it on: plain text, absolute http(s) addresses, UTC dates. */
export interface ReviewRecord {
  publisher: { site: string | null; name: string | null }
  /** The page of the review, canonical; null when the source named none. */
  url: string | null
  /** The source's own id of the record, when it has one: the identity where `url` is null. */
  sourceId: string | null
  /** What was claimed (claimReviewed). Never empty. */
  claim: string
  title: string | null
  summary: string | null
  /** The review's own text where the feed carries one; matched against, never shown whole. */
  body: string | null
  rating: Rating
  /** Why the rating, in the publisher's words (ratingExplanation). */
  ratingExplanation: string | null
  /** BCP 47. */
  lang: string | null
  /** When the review was published: ISO 8601, a date or a time in UTC. */
  reviewedAt: string | null
  /** When the claim was made. */
  claimedAt: string | null
  /** Where the claim was seen. */
  appearances: string[]
  /** Passed through as the publisher's own record names it: never indexed, searched, counted or grouped by (promise 2). */
  claimant: string | null
}

export interface ClaimReview extends Omit<ReviewRecord, 'publisher' | 'sourceId' | 'body'> {
  id: ClaimReviewId
  publisher: { id: PublisherId; site: string | null; name: string; sample: boolean }
  /** 1 at first sight, one more for each change that the publisher made. */
  version: number
  firstSeenAt: string
  changedAt: string
}

/** Limits of one record, in UTF-16 code units and counts; longer fields are cut at a word, more appearances dropped. */
export const reviewLimits = {
  claimMax: 5_000,
  titleMax: 1_000,
  summaryMax: 5_000,
  bodyMax: 50_000,
  wordsMax: 500,
  explanationMax: 5_000,
  claimantMax: 500,
  nameMax: 200,
  urlMax: 2_000,
  appearancesMax: 20,
} as const

/** A part of a source that has a fault, with the words at fault, so that its publisher can find and mend it. */
export interface Refusal extends Problem {
  /** At most `excerptMax` UTF-16 code units of the source. */
  excerpt: string
}

/** What a source held. Every review in it is either in `records` or in `refusals`; reading never throws. */
export interface ReviewsRead {
  records: ReviewRecord[]
  /** Could not be read as a review. */
  refusals: Refusal[]
  /** Read, but the publisher should mend it: a missing date, a rating that nobody can understand. */
  notes: Refusal[]
}

export const excerptMax = 500

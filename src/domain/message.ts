/** What a person pastes, and what Assay answers. */
import type { ClaimReview } from './claim-review.ts'
import type { ClaimReviewId } from './ids.ts'

export interface Message {
  text: string
  /** Addresses given beside the text. */
  links: string[]
  /** The interface's or sender's language (BCP 47); a hint only: answers come in every language. */
  lang: string | null
}

/** 100,000 UTF-16 code units: twenty pages; what people paste is far shorter, and every step stays linear. */
export const messageLimits = { textMax: 100_000, linksMax: 20, linkMax: 2_000 } as const

export const decisions = ['answered', 'related', 'none'] as const
/** `answered`: a review answers it. `related`: reviews are about something near. `none`: honest silence. */
export type Decision = (typeof decisions)[number]

/**
 * One reason for, or against, a match. `terms` are pieces of the message or the review as written there.
 * The kinds that differ (`…-differs`) lowered the confidence and are said, so that a person can judge.
 */
export interface Why {
  kind: WhyKind
  terms: string[]
}

export const whyKinds = [
  'near-duplicate',
  'link',
  'words',
  'names',
  'numbers',
  'letters',
  'meaning',
  'crowd',
  'review',
  'negation-differs',
  'numbers-differ',
  'names-differ',
  'words-differ',
] as const
export type WhyKind = (typeof whyKinds)[number]

/** A match as the index finds it. */
export interface Match {
  id: ClaimReviewId
  /** Calibrated probability that this review answers the message, 0 to 1. */
  confidence: number
  why: Why[]
}

/** What the index says of a message: matches best first, at most the limit asked for. */
export interface Found {
  decision: Decision
  matches: Match[]
}

/** What the person is shown: the same with the reviews themselves. */
export interface Answer {
  decision: Decision
  matches: { confidence: number; why: Why[]; claimReview: ClaimReview }[]
}

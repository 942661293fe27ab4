/** A receipt: the secret words by which a sender comes back. Told here: what it opens, never how it is written. */
import type { ClaimReview } from './claim-review.ts'
import type { ClaimReviewId, NoticeId } from './ids.ts'

/** Of entropy: at a million guesses a second, one receipt among a million is found in 20 million years. */
export const receiptBits = 100
export const receiptBytes = 13

/** Longest text that is read as a receipt; what is longer is answered as if it were unknown, and not hashed. */
export const receiptTextMax = 500

/** What a sender sees. Unknown, expired, deleted and malformed receipts see nothing at all, and all the same nothing. */
export interface ReceiptStatus {
  state: 'received' | 'grouped' | 'in-work' | 'answered' | 'corrected'
  /** ISO 8601 dates. */
  day: string
  expiresOn: string
  /** How many others sent the same, in steps: 0 is fewer than 10, then tens. */
  others: number
  /** What answers it, newest telling first. */
  answers: ToldReview[]
}

export interface ToldReview {
  /** Of this telling: it stays when others come before or after it. */
  id: NoticeId
  kind: 'answered' | 'corrected' | 'withdrawn'
  /** ISO 8601 date on which it was told. */
  day: string
  claimReviewId: ClaimReviewId
  /** Null when it was withdrawn; its page says why. */
  claimReview: ClaimReview | null
}

/** What is wrong with words that were typed as a receipt; nothing of it says whether such a receipt exists. */
export type ReceiptProblem =
  | { kind: 'none' | 'order' }
  | { kind: 'count'; count: number; given: number }
  | { kind: 'word'; place: number; word: string }

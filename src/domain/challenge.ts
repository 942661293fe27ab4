/** A challenge: somebody outside says that a published review is wrong, and somebody who did not make it decides. */
import type { Problem } from './errors.ts'
import type { ChallengeId, ClaimReviewId, OrganisationId, PersonId } from './ids.ts'

/** `upheld`: the challenger is right, and a correction or a withdrawal has to follow. */
export const challengeOutcomes = ['upheld', 'refused'] as const
export type ChallengeOutcome = (typeof challengeOutcomes)[number]
export type ChallengeState = 'open' | ChallengeOutcome

export interface Challenge {
  id: ChallengeId
  claimReviewId: ClaimReviewId
  organisationId: OrganisationId
  state: ChallengeState
  /** Whether the challenger left an address for a reply. */
  wantsReply: boolean
  /** The day it came in. */
  day: string
  decidedBy: PersonId | null
  decidedAt: string | null
  reasons: string | null
}

/** What somebody wrote; gone once it is decided. */
export interface ChallengeText {
  /** With typed placeholders in the place of personal data. */
  redacted: string
  /** Where a named person wants the reply; null: nowhere. */
  contact: string | null
}

/** UTF-16 code units, and how many may be open about one review. */
export const challengeLimits = {
  textMin: 10,
  textMax: 5_000,
  contactMax: 300,
  reasonsMax: 2_000,
  openMax: 200,
} as const

/** What is wrong with a challenge as it was typed; the path is the name of the field. */
export function problemsOfChallenge({ text, contact }: { text: string; contact: string }): Problem[] {
  const problems: Problem[] = []
  const { textMin, textMax, contactMax } = challengeLimits
  if (text.trim().length < textMin)
    problems.push({ path: 'text', message: 'Say what is wrong, in a sentence or more.' })
  if (text.length > textMax)
    problems.push({ path: 'text', message: `${text.length} characters; at most ${textMax}.` })
  if (contact.length > contactMax)
    problems.push({ path: 'contact', message: `${contact.length} characters; at most ${contactMax}.` })
  return problems
}

/** Null when this person may decide; `makers`: whoever wrote or approved any version of the review. */
export function problemOfDeciding(
  challenge: Pick<Challenge, 'state'>,
  by: PersonId,
  makers: ReadonlySet<PersonId>,
): string | null {
  if (challenge.state !== 'open') return 'This challenge has been decided already.'
  return makers.has(by)
    ? 'You wrote or approved this review; somebody else has to decide about the challenge. What you can do: propose a correction.'
    : null
}

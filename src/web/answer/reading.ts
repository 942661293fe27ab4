/** How an answer is read to a person: which matches carry it, which are only near, and what they say together. */
import type { GroupedAnswer } from '#domain/answer-group.ts'
import type { Answer } from '#domain/message.ts'
import type { RatingValue } from '#domain/rating.ts'

export type ShownMatch = Answer['matches'][number]

export interface ShownGroup {
  /** About one claim, best first; never empty. */
  matches: ShownMatch[]
  disagree: boolean
}

export interface Reading {
  /** What answers the message, or what is nearest when nothing does. */
  main: ShownGroup[]
  /** Beside an answer: what is more likely about something else. */
  also: ShownGroup[]
  /** Different publishers behind `main`. */
  publishers: number
  says: Says
}

/** What the main matches say together; `agree` when there are several and all are rated alike. */
export type Says = { kind: 'one' | 'many' | 'disagree' } | { kind: 'agree'; value: RatingValue }

/** Of what is only near, more would be noise. */
const nearMax = 3

/** Confidence is a calibrated probability: from here a match is more likely the same claim than not. */
const likelyMin = 0.5

export function readingOf(answer: GroupedAnswer): Reading {
  const groups = answer.groups.map(({ matches, disagree }) => ({
    matches: matches.map((place) => answer.matches[place]!),
    disagree,
  }))
  const likely = (group: ShownGroup, place: number) =>
    place === 0 || group.matches[0]!.confidence >= likelyMin
  const answered = answer.decision === 'answered'
  const main = answered ? groups.filter(likely) : groups.slice(0, nearMax)
  const reviews = main.flatMap((group) => group.matches.map((match) => match.claimReview))
  return {
    main,
    also: answered ? groups.filter((group) => !main.includes(group)).slice(0, nearMax) : [],
    publishers: new Set(reviews.map((review) => review.publisher.id)).size,
    says: saysOf(
      main,
      reviews.map((review) => review.rating.value),
    ),
  }
}

function saysOf(groups: ShownGroup[], values: (RatingValue | null)[]): Says {
  if (groups.some((group) => group.disagree)) return { kind: 'disagree' }
  if (values.length < 2) return { kind: 'one' }
  const [value] = values
  const alike = value != null && groups.length === 1 && values.every((other) => other === value)
  return alike ? { kind: 'agree', value } : { kind: 'many' }
}

export type Sureness = 'same' | 'very' | 'probable' | 'perhaps' | 'loose'

/**
 * A confidence in words: the ladder is even in odds, 19:1, 4:1, 1:1, 1:4. What is shown as merely related is not called
 * the same claim, however near.
 */
export function surenessOf(confidence: number, related: boolean): Sureness {
  if (!related && confidence >= 0.95) return 'same'
  if (!related && confidence >= 0.8) return 'very'
  if (!related && confidence >= likelyMin) return 'probable'
  return confidence >= 0.2 ? 'perhaps' : 'loose'
}

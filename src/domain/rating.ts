/** What a claim review found: the publisher's own words first, and a normalised value where one is known. */

export const ratingValues = [
  'true',
  'mostly-true',
  'mixed',
  'missing-context',
  'misleading',
  'mostly-false',
  'false',
  'altered',
  'satire',
  'unproven',
  'not-checkable',
] as const

export type RatingValue = (typeof ratingValues)[number]

export interface Rating {
  /** The publisher's own words, unchanged; null when it gave none. */
  words: string | null
  /** Null when neither the words nor the scale say: unknown stays unknown, it is never guessed. */
  value: RatingValue | null
  /** The publisher's numeric scale, when it gave a usable one. */
  scale: RatingScale | null
}

/** A numeric rating; `worst` and `best` bound `value` and differ from each other. */
export interface RatingScale {
  value: number
  best: number
  worst: number
}

/** How far apart two values are on the axis true (0) to false (4); null for values that are not on it. */
export function ratingAxis(value: RatingValue): number | null {
  return axis[value]
}

const axis: Record<RatingValue, number | null> = {
  true: 0,
  'mostly-true': 1,
  mixed: 2,
  'missing-context': 2,
  misleading: 3,
  'mostly-false': 3,
  false: 4,
  altered: 4,
  satire: null,
  unproven: null,
  'not-checkable': null,
}

/** Whether reviews of one claim contradict each other: two values at least `farApart` steps apart on the axis. */
export function ratingsDisagree(values: readonly RatingValue[]): boolean {
  const placed = values.map(ratingAxis).filter((step) => step !== null)
  return placed.length > 1 && Math.max(...placed) - Math.min(...placed) >= farApart
}

/** `true` against `mixed` is a disagreement, `false` against `misleading` is wording. */
const farApart = 2

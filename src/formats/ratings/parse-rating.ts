/**
 * A publisher's rating: its own words unchanged, and the normalised value, by words first, then by scale. What neither
 * says stays unknown. feed → fetch → parse (here) → validate → upsert → index
 */
import type { Rating, RatingScale, RatingValue } from '#domain/rating.ts'
import { findLabel } from './find-label.ts'

/** As written: text or number; null where the publisher gave none. */
export interface WrittenRating {
  words: string | null
  value?: string | number | null
  best?: string | number | null
  worst?: string | number | null
}

/** Source: schema.org/Rating: "If bestRating is omitted, 5 is assumed", "If worstRating is omitted, 1 is assumed". */
const bestDefault = 5
const worstDefault = 1

/** Never throws; a `ratingValue` that is words (and not a number) serves as the label where there is no other. */
export function parseRating(written: WrittenRating): Rating {
  const scale = scaleOf(written)
  const inValue =
    typeof written.value === 'string' && /\p{L}/u.test(written.value) && scale === null
      ? written.value.trim()
      : null
  const words = written.words ?? inValue
  const label = words === null ? { kind: 'unknown' as const } : findLabel(words)
  const value =
    label.kind === 'value'
      ? label.value
      : label.kind === 'unknown' && scale !== null
        ? valueOfScale(scale)
        : null
  return { words: words !== null && isAddressList(words) ? null : words, value, scale }
}

/** Pictures of a rating, as scraped: addresses are no words that a person could read. */
function isAddressList(words: string): boolean {
  return /^\[*\s*['"]?https?:\/\/\S+\.(?:png|gif|jpe?g|svg|webp)\b/i.test(words)
}

/** A usable scale: three finite numbers, the value within two different ends. An end of -1 means "no scale" (Google). */
function scaleOf({ value, best, worst }: WrittenRating): RatingScale | null {
  const outOf =
    typeof value === 'string'
      ? /^\s*(\d{1,3}(?:[.,]\d{1,3})?)\s*(?:\/|out of|de|von|sur|из)\s*(\d{1,3})\s*$/i.exec(value)
      : null
  const rated = outOf ? numberOf(outOf[1]) : numberOf(value)
  const bestRating = outOf ? numberOf(outOf[2]) : isAbsent(best) ? bestDefault : numberOf(best)
  const worstRating = isAbsent(worst) ? worstDefault : numberOf(worst)
  if (rated === null || bestRating === null || worstRating === null) return null
  const [low, high] = bestRating < worstRating ? [bestRating, worstRating] : [worstRating, bestRating]
  if (low === high || low < 0 || rated < low || rated > high) return null
  return { value: rated, best: bestRating, worst: worstRating }
}

function isAbsent(number: string | number | null | undefined): boolean {
  return number === null || number === undefined || (typeof number === 'string' && number.trim() === '')
}

function numberOf(written: string | number | null | undefined): number | null {
  if (typeof written === 'number') return Number.isFinite(written) ? written : null
  const text = written?.trim().replace(',', '.') ?? ''
  return /^-?\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : null
}

/**
 * The value by position from worst (false) to best (true), in five equal steps around the quarters: 1 to 5 of 5 are
 * false, mostly-false, mixed, mostly-true, true. A publisher whose `worstRating` is the larger number is taken at its
 * word. Scales of fewer than three steps say too little: null. Source: Google, ClaimReview, "ratingValue".
 */
export function valueOfScale({ value, best, worst }: RatingScale): RatingValue | null {
  if (Math.abs(best - worst) < 2) return null
  const share = (value - worst) / (best - worst)
  const steps: RatingValue[] = ['false', 'mostly-false', 'mixed', 'mostly-true', 'true']
  return steps[Math.round(share * 4)] ?? null
}

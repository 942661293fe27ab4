/** The rating of a ClaimReview node, wherever its publisher put it. */
import { reviewLimits } from '#domain/claim-review.ts'
import { type Rating, ratingAxis } from '#domain/rating.ts'
import { isObject, type JsonObject, listOf } from '../json/json-value.ts'
import { parseRating, valueOfScale } from '../ratings/parse-rating.ts'
import { readRatingValue } from './rating-value.ts'
import type { TakeNote } from './read-review.ts'
import { property, stringsOf, textOf } from './schema-node.ts'

/** Words first, then the scale; what is wrong with it goes into notes. */
export function readRating(node: JsonObject, note: TakeNote): { rating: Rating; explanation: string | null } {
  const written = property(node, 'reviewRating') ?? property(node, 'rating')
  const nodes = listOf(written).slice(0, 10)
  const chosen =
    nodes.find((one) => isObject(one) && labelOf(one) !== null) ?? nodes.find(isObject) ?? nodes[0]
  const source = isObject(chosen) ? chosen : { alternateName: chosen }
  const scale = (name: string): string | null => stringsOf(property(source, name), 1)[0] ?? null
  const read = parseRating({
    words: labelOf(source),
    value: scale('ratingValue'),
    best: scale('bestRating'),
    worst: scale('worstRating'),
  })
  const said = isObject(source) ? readRatingValue(source) : null
  const rating = said === null ? read : { ...read, value: said }
  if (rating.words === null && rating.scale === null) {
    note(
      'reviewRating',
      'reviewRating has neither words (alternateName) nor a usable number',
      written ?? node,
    )
  } else if (rating.value === null) {
    note(
      'reviewRating.alternateName',
      'alternateName is not a rating that we know: it is shown as written',
      written,
    )
  } else if (contradicts(rating)) {
    note('reviewRating.ratingValue', 'ratingValue contradicts alternateName: the words are believed', written)
  }
  return { rating, explanation: explanationOf(source) }
}

function labelOf(rating: JsonObject): string | null {
  return (
    textOf(property(rating, 'alternateName'), reviewLimits.wordsMax) ??
    textOf(property(rating, 'name'), reviewLimits.wordsMax)
  )
}

function explanationOf(rating: JsonObject): string | null {
  const text =
    textOf(property(rating, 'ratingExplanation'), reviewLimits.explanationMax) ??
    textOf(property(rating, 'description'), reviewLimits.explanationMax)
  return text !== null && /\p{L}/u.test(text) ? text : null
}

function contradicts({ value, scale }: Rating): boolean {
  const byScale = scale === null ? null : valueOfScale(scale)
  const [one, other] = [value, byScale].map((each) => (each === null ? null : ratingAxis(each)))
  return one != null && other != null && Math.abs(one - other) >= 2
}

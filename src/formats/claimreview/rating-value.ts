/**
 * The normalised value beside an organisation's own words: these may be any words, and most values are no number. Written
 * as schema.org has it for what a standard has no property for: an identifier with the name of its scheme.
 */
import { type RatingValue, ratingValues } from '#domain/rating.ts'
import { isObject, type JsonObject, listOf } from '../json/json-value.ts'
import type { JsonLd } from './format-claim-review.ts'
import { property } from './schema-node.ts'

const scheme = 'assay-rating'

export function formatRatingValue(value: RatingValue): JsonLd {
  return { '@type': 'PropertyValue', propertyID: scheme, value }
}

/** Null where a rating does not carry one. */
export function readRatingValue(rating: JsonObject): RatingValue | null {
  for (const one of listOf(property(rating, 'identifier')).slice(0, 10)) {
    if (!isObject(one) || property(one, 'propertyID') !== scheme) continue
    const found = ratingValues.find((value) => value === property(one, 'value'))
    if (found !== undefined) return found
  }
  return null
}

/** One review of ours, with everything that was ever published about it. */

import { embedJsonLd } from '#formats/claimreview/format-claim-review.ts'
import { formatOwnReview } from '#formats/claimreview/format-own-review.ts'
import { getOrganisation } from '#io/database/people/organisations.ts'
import { getOwnReview, getTextPublication } from '#io/database/publications/own-reviews.ts'
import { markOf, textIn, versionsOf } from '../../../../review/shown-review.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, url, setHeaders, locals: { needs, language } }) => {
  // Whoever is told of a correction must not find the page as a browser or a proxy kept it.
  setHeaders({ 'cache-control': 'public, no-cache' })
  const review = await getOwnReview(needs.db, params.id)
  const { document, documents, withdrawal, outcomes, firstPublishedAt, changedAt } = review
  const { publicUrl } = needs.config
  const { shareCopies } = await getOrganisation(needs.db, review.publications[0]!.organisationId)
  const wanted = [url.searchParams.get('text'), language].filter((one) => one !== null)
  return {
    id: review.id,
    document,
    text: document === null ? null : textIn(document, wanted),
    hasCopies: shareCopies && withdrawal === null,
    withdrawal,
    outcomes,
    firstPublishedAt,
    changedAt,
    versions: versionsOf(review),
    mark: await markOf(needs, review),
    textVersion: getTextPublication(review).version,
    jsonLd:
      document === null || withdrawal !== null
        ? null
        : embedJsonLd(formatOwnReview({ document, documents, firstPublishedAt, publicUrl })),
  }
}

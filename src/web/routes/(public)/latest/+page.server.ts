/** The latest reviews of every publisher, narrowed by a plain form, page by page. */
import { listClaimReviewFacets, listClaimReviews } from '#io/database/claim-reviews.ts'
import { parseLatestFilter } from '../../../review/latest-filter.ts'
import type { PageServerLoad } from './$types'

const reviewsPerPage = 20

export const load: PageServerLoad = async ({ url, locals: { needs } }) => {
  const { given, unclear, filter } = parseLatestFilter(url.searchParams)
  const cursor = url.searchParams.get('cursor') ?? undefined
  const [page, facets] = await Promise.all([
    listClaimReviews(needs.db, filter, { limit: reviewsPerPage, cursor }),
    listClaimReviewFacets(needs.db),
  ])
  return {
    given,
    unclear,
    reviews: page.claimReviews,
    next: page.nextCursor,
    first: cursor === undefined,
    langs: facets.langs.map((one) => one.lang),
  }
}

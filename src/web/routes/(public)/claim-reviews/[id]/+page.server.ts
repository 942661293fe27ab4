/** One claim review with every version that was seen of it. */
import { getClaimReview, listClaimReviewVersions } from '#io/database/claim-reviews.ts'
import { changesOf } from '../../../../review/changes.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals: { needs } }) => {
  const review = await getClaimReview(needs.db, params.id)
  const versions = await listClaimReviewVersions(needs.db, review.id)
  return { review, versions: changesOf(versions) }
}

/** One claim review with every version that was seen of it; ours have a page of their own. */
import { redirect } from '@sveltejs/kit'
import { getClaimReview, listClaimReviewVersions } from '#io/database/claim-reviews.ts'
import { findOwnReview } from '#io/database/publications/own-reviews.ts'
import { changesOf } from '../../../../review/changes.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, url, locals: { needs } }) => {
  const own = await findOwnReview(needs.db, params.id)
  if (own !== null) redirect(308, `/reviews/${own.id}${url.search}`)
  const review = await getClaimReview(needs.db, params.id)
  const versions = await listClaimReviewVersions(needs.db, review.id)
  return { review, versions: changesOf(versions) }
}

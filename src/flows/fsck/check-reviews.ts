/** The other half of `assay fsck`: every review that was published here against its log entries, by id and index. */
import type { Problem } from '#domain/errors.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import { findDisagreement, findUnpublished } from '#io/database/publications/agreement.ts'
import { findOwnReview } from '#io/database/publications/own-reviews.ts'
import { listLoggedReviews } from '#io/database/publications/publications.ts'
import type { Needs } from '../needs.ts'

/** Read at a time. */
const pageMax = 500

/** One problem for each review that does not fit, with its id; empty when all do. */
export async function checkReviews({ db, config }: Pick<Needs, 'db' | 'config'>): Promise<Problem[]> {
  const problems: Problem[] = []
  let after: ClaimReviewId | null = null
  do {
    const ids: ClaimReviewId[] = await listLoggedReviews(db, after, pageMax)
    for (const id of ids) {
      const review = await findOwnReview(db, id)
      const message =
        review === null ? await findUnpublished(db, id) : await findDisagreement(db, review, config.publicUrl)
      if (message !== null) problems.push({ path: `reviews/${id}`, message })
    }
    after = ids.length < pageMax ? null : ids.at(-1)!
  } while (after !== null)
  return problems
}

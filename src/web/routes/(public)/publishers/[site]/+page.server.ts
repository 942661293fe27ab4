/** One publisher: its latest reviews, how its feeds are, and what of its markup could not be read or should be mended. */
import { listClaimReviews } from '#io/database/claim-reviews.ts'
import { listFeeds } from '#io/database/feeds.ts'
import { getPublisher } from '#io/database/publishers.ts'
import { countRefusals, listRefusals } from '#io/database/refusals.ts'
import type { PageServerLoad } from './$types'

const reviewsMax = 10
const refusalsMax = 50

export const load: PageServerLoad = async ({ params, locals: { needs } }) => {
  const publisher = await getPublisher(needs.db, params.site)
  const [latest, feeds, refusals, refusalCount, notes, noteCount] = await Promise.all([
    listClaimReviews(needs.db, { publisherId: publisher.id }, { limit: reviewsMax }),
    listFeeds(needs.db, { publisherId: publisher.id }),
    listRefusals(needs.db, publisher.id, 'refused', refusalsMax),
    countRefusals(needs.db, publisher.id, 'refused'),
    listRefusals(needs.db, publisher.id, 'note', refusalsMax),
    countRefusals(needs.db, publisher.id, 'note'),
  ])
  return {
    publisher,
    reviews: latest.claimReviews,
    more: latest.nextCursor !== null,
    feeds,
    refusals,
    refusalCount,
    notes,
    noteCount,
  }
}

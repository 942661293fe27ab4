/** /latest.atom and .json: reviews of every publisher, narrowed as the page is: by topic, language, publisher, rating, days. */
import type { RequestEvent } from '@sveltejs/kit'
import type { ClaimReview } from '#domain/claim-review.ts'
import { AssayError } from '#domain/errors.ts'
import type { FeedEntry } from '#formats/feeds/format-feeds.ts'
import { listClaimReviews } from '#io/database/claim-reviews.ts'
import { parseLatestFilter } from '../review/latest-filter.ts'
import { addressOf } from '../words/address.ts'
import { type Words, wordsOf } from '../words/words.ts'
import { titleOf } from './feed-title.ts'
import { type FeedForm, sendFeed, timeOf } from './send-feed.ts'

/** Entries of one feed. */
const reviewsMax = 50
const never = '1970-01-01'

/** @throws invalid where a filter cannot be understood: a feed of something else would be taken for it */
export async function sendLatestFeed(
  { request, url, locals }: Pick<RequestEvent, 'request' | 'url' | 'locals'>,
  form: FeedForm,
): Promise<Response> {
  const { needs, language, chosenLanguage } = locals
  const { given, unclear, filter } = parseLatestFilter(url.searchParams)
  if (unclear.length > 0) {
    throw new AssayError('invalid', `These filters cannot be understood: ${unclear.join(', ')}.`)
  }
  const { publicUrl } = needs.config
  const words = wordsOf(language)
  const { claimReviews } = await listClaimReviews(needs.db, filter, { limit: reviewsMax })
  const at = (path: string) => addressOf(publicUrl + path, { ...given, lang: chosenLanguage })
  const frame = {
    id: addressOf(`${publicUrl}/latest`, given),
    title: titleOf(given, words),
    selfUrl: at(`/latest.${form}`),
    homeUrl: at('/latest'),
    updatedAt: timeOf(
      claimReviews.reduce((last, { changedAt }) => (changedAt > last ? changedAt : last), never),
    ),
  }
  return sendFeed(
    request,
    form,
    frame,
    claimReviews.map((review) => entryOf(review, publicUrl, words)),
  )
}

function entryOf(review: ClaimReview, publicUrl: string, { t }: Words): FeedEntry {
  const { rating, summary, changedAt } = review
  const finding = rating.words ?? (rating.value && t(`rating.${rating.value}`))
  const page = `${publicUrl}/claim-reviews/${review.id}`
  return {
    id: page,
    url: review.url ?? page,
    markupUrl: null,
    title: review.claim,
    summary: [finding, summary ?? review.title].filter(Boolean).join(': '),
    lang: review.lang,
    organisation: review.publisher.name,
    publishedAt: timeOf(review.reviewedAt ?? review.firstSeenAt),
    updatedAt: timeOf(changedAt),
  }
}

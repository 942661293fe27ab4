/** /api/v1/claim-reviews: every publisher's reviews in one shape, newest first, page by page. */
import { createRoute, z } from '@hono/zod-openapi'
import { AssayError } from '#domain/errors.ts'
import { isId, type PublisherId } from '#domain/ids.ts'
import { ratingValues } from '#domain/rating.ts'
import type { Needs } from '#flows/needs.ts'
import { getClaimReview, listClaimReviews } from '#io/database/claim-reviews.ts'
import type { Api } from './app.ts'
import { ClaimReviewSchema } from './claim-review-schema.ts'
import { dateParameter, langParameter, limitParameter, textParameter } from './parameters.ts'
import { problemResponses } from './problem.ts'

const pageLimits = { default: 20, max: 100 }

const listReviews = createRoute({
  method: 'get',
  path: '/api/v1/claim-reviews',
  summary: 'List claim reviews',
  description: 'Newest first. Filters combine. Follow `next` to the end.',
  tags: ['Claim reviews'],
  request: {
    query: z.object({
      lang: langParameter.openapi({ description: 'Language; regions are not told apart.' }),
      publisher: textParameter(300).optional().openapi({
        description: 'Site (host without www.) or id of the publisher.',
        example: 'factcheck.example',
      }),
      rating: z
        .enum(ratingValues, { error: `must be one of ${ratingValues.join(', ')}` })
        .optional()
        .openapi({ description: 'Normalised value.' }),
      words: textParameter(300)
        .optional()
        .openapi({ description: 'Words that claim or title hold, all of them.' }),
      from: dateParameter.optional().openapi({ description: 'Reviewed on this day or later.' }),
      to: dateParameter.optional().openapi({ description: 'Reviewed on this day or earlier.' }),
      limit: limitParameter(pageLimits.default, pageLimits.max),
      cursor: textParameter(300).optional().openapi({ description: '`next` of the page before.' }),
    }),
  },
  responses: {
    200: {
      description: 'One page.',
      content: {
        'application/json': {
          schema: z
            .object({
              claimReviews: z.array(ClaimReviewSchema),
              next: z
                .string()
                .nullable()
                .openapi({ description: 'The cursor of the next page; null at the end.' }),
            })
            .openapi('ClaimReviewPage'),
        },
      },
    },
    ...problemResponses(400, 503),
  },
})

const getReview = createRoute({
  method: 'get',
  path: '/api/v1/claim-reviews/{id}',
  summary: 'One claim review',
  tags: ['Claim reviews'],
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: { description: 'The review.', content: { 'application/json': { schema: ClaimReviewSchema } } },
    ...problemResponses(404, 503),
  },
})

/** Reviews change when their publisher changes them: caches ask each time, and get 304 when nothing did. */
const fresh = { 'Cache-Control': 'public, no-cache' }

export function addClaimReviews(app: Api, { db }: Needs): void {
  app.openapi(listReviews, async (c) => {
    const { lang, publisher, rating, words, from, to, limit, cursor } = c.req.valid('query')
    const filter = {
      lang,
      ...(publisher === undefined
        ? {}
        : isId<PublisherId>(publisher)
          ? { publisherId: publisher }
          : { site: publisher }),
      ratingValue: rating,
      topic: words,
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : endOf(to),
    }
    const { claimReviews, nextCursor } = await listClaimReviews(db, filter, { limit, cursor })
    return c.json({ claimReviews, next: nextCursor }, 200, fresh)
  })
  app.openapi(getReview, async (c) => {
    const { id } = c.req.valid('param')
    if (!isId(id)) throw new AssayError('not_found', 'There is no claim review of this id.')
    return c.json(await getClaimReview(db, id), 200, fresh)
  })
}

/** The moment after a day that counts as a whole, or after a time. */
function endOf(date: string): Date {
  return new Date(Date.parse(date) + (date.includes('T') ? 1 : dayMs))
}

const dayMs = 24 * 60 * 60 * 1000

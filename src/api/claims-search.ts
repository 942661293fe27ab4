/**
 * /v1alpha1/claims:search, a drop-in for the Fact Check Tools API: a client changes only its base URL.
 * Source: https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search
 */
import { createRoute, z } from '@hono/zod-openapi'
import { AssayError } from '#domain/errors.ts'
import type { Needs } from '#flows/needs.ts'
import { searchClaims, searchLimits } from '#flows/search-claims/search-claims.ts'
import { formatClaim } from '#formats/fact-check-tools/claims.ts'
import type { Api } from './app.ts'
import { langParameter, textParameter } from './parameters.ts'
import type { Problem } from './problem.ts'

const whole = (max: number) => {
  const error = `must be a whole number from 0 to ${max}`
  return z.coerce.number({ error }).int({ error }).min(0, { error }).max(max, { error })
}

const QuerySchema = z.object({
  query: textParameter(searchLimits.queryMax).optional().openapi({
    description: 'Words to look for. Required unless `reviewPublisherSiteFilter` is given.',
  }),
  languageCode: langParameter.openapi({
    description: 'BCP 47; regions are not told apart.',
    example: 'en-US',
  }),
  reviewPublisherSiteFilter: textParameter(300).optional().openapi({
    description: 'Host of the publisher.',
    example: 'factcheck.example',
  }),
  maxAgeDays: whole(100_000)
    .optional()
    .openapi({ description: 'Reviews of this many days at most.', type: 'integer' }),
  pageSize: whole(searchLimits.pageMax)
    .default(0)
    .openapi({
      description: `At most ${searchLimits.pageMax}; 0 or absent: ${searchLimits.pageUsual}.`,
      type: 'integer',
    }),
  pageToken: textParameter(500)
    .optional()
    .openapi({ description: 'The `nextPageToken` of the page before.' }),
  offset: whole(searchLimits.offsetMax).default(0).openapi({
    description: 'Where to start; not looked at beside `pageToken`.',
    type: 'integer',
  }),
  ...Object.fromEntries(
    ['key', 'fields', 'alt', 'prettyPrint'].map((name) => [
      name,
      z.string().optional().openapi({ description: 'Accepted for existing clients; changes nothing.' }),
    ]),
  ),
})

const ClaimsSchema = z
  .object({
    claims: z.array(
      z.object({
        text: z.string(),
        claimant: z.string().optional(),
        claimDate: z.string().optional(),
        claimReview: z.array(
          z.object({
            publisher: z.object({ name: z.string().optional(), site: z.string().optional() }),
            url: z.string().optional(),
            title: z.string().optional(),
            reviewDate: z.string().optional(),
            textualRating: z.string().optional(),
            languageCode: z.string().optional(),
          }),
        ),
      }),
    ),
    nextPageToken: z.string().optional().openapi({ description: 'Absent on the last page.' }),
  })
  .openapi('FactCheckToolsClaims')

const StatusSchema = z
  .object({ error: z.object({ code: z.int(), message: z.string(), status: z.string() }) })
  .openapi('FactCheckToolsError')

const failure = (description: string) => ({
  description,
  content: { 'application/json': { schema: StatusSchema } },
})

const claimsSearch = createRoute({
  method: 'get',
  path: '/v1alpha1/claims:search',
  summary: 'Search as the Fact Check Tools API does',
  tags: ['Fact Check Tools'],
  request: { query: QuerySchema },
  responses: {
    200: { description: 'A page of claims.', content: { 'application/json': { schema: ClaimsSchema } } },
    400: failure('A parameter cannot be used.'),
    503: failure('Try again after `Retry-After` seconds.'),
  },
})

export function addClaimsSearch(app: Api, needs: Needs): void {
  app.openapi(claimsSearch, async (c) => {
    const asked = c.req.valid('query')
    const query = asked.query?.trim() || null
    const site = siteOf(asked.reviewPublisherSiteFilter)
    if (query === null && site === null) {
      throw new AssayError('invalid', 'Give a query, or a reviewPublisherSiteFilter, or both.')
    }
    const search = { query, site, lang: asked.languageCode ?? null, ageMaxDays: asked.maxAgeDays ?? null }
    const page = {
      size: asked.pageSize || searchLimits.pageUsual,
      after: asked.pageToken || null,
      offset: asked.offset,
    }
    const { reviews, next } = await searchClaims(needs, search, page)
    const body = { claims: reviews.map(formatClaim), ...(next === null ? {} : { nextPageToken: next }) }
    return c.json(body, 200, { 'Cache-Control': 'no-store' })
  })
}

/** Clients give a host, some with www. or as an address. */
function siteOf(filter: string | undefined): string | null {
  const text = filter?.trim().toLowerCase()
  if (!text) return null
  const host = URL.parse(text.includes('://') ? text : `https://${text}`)?.hostname
  return (host ?? text).replace(/^www\./, '')
}

const statuses: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  404: 'NOT_FOUND',
  405: 'UNIMPLEMENTED',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
}

/** An error in the form that clients of that API know. */
export function formatStatus({ status, detail }: Problem): z.infer<typeof StatusSchema> {
  return { error: { code: status, message: detail, status: statuses[status] ?? 'INTERNAL' } }
}

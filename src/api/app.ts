/** The API: one file per resource; the schemas are the types, the checks and the OpenAPI document. */
import type { HttpBindings } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import { cors } from 'hono/cors'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import { AssayError } from '#domain/errors.ts'
import type { Needs } from '#flows/needs.ts'
import { addAnswers } from './answers.ts'
import { limitBody } from './body-limit.ts'
import { addClaimReviews } from './claim-reviews.ts'
import { addClaimsSearch, formatStatus } from './claims-search.ts'
import { describeApi, methodsOf, type OpenApiDocument } from './document.ts'
import { addHealth } from './health.ts'
import { addLog } from './log.ts'
import { measure } from './measure.ts'
import { invalidInput, methodNotAllowed, type Problem, problemHeaders, problemOf } from './problem.ts'
import { addReviews } from './reviews.ts'
import { addTipPush } from './tip-push.ts'
import { addTips } from './tips.ts'

export type ApiBindings = { Bindings: HttpBindings }
export type Api = OpenAPIHono<ApiBindings>

/** The paths that are the API's; everything else is a page. */
export function isApiPath(path: string): boolean {
  return (
    /^\/(api|v1alpha1|log)(\/|$)|^\/(openapi\.json|healthz|metrics)$/.test(path) ||
    /^\/reviews\/[^/.]+\.[^/]+$|^\/(feed\.atom|feed\.json|claimreview\.json|sitemap\.xml|robots\.txt)$/.test(
      path,
    )
  )
}

export function createApi(needs: Needs): { app: Api; document: OpenApiDocument } {
  const app: Api = new OpenAPIHono<ApiBindings>({
    defaultHook: (result) => {
      if (!result.success) throw invalidInput(result.error)
    },
  })
  app.use(measure(needs.metrics))
  app.use('/api/*', publicReads)
  app.use('/v1alpha1/*', publicReads)
  app.use('/log/*', publicReads)
  app.use('/reviews/*', publicReads)
  app.use('/feed.atom', publicReads)
  app.use('/feed.json', publicReads)
  app.use('/claimreview.json', publicReads)
  app.use('/openapi.json', publicReads)
  for (const path of ['/feed.atom', '/feed.json', '/claimreview.json', '/sitemap.xml']) {
    app.use(path, etag({ retainedHeaders }))
  }
  app.use('/api/v1/claim-reviews/*', etag({ retainedHeaders }))
  app.use('/openapi.json', etag({ retainedHeaders }))
  app.use('/api/*', limitBody)

  addAnswers(app, needs)
  addClaimReviews(app, needs)
  addClaimsSearch(app, needs)
  addHealth(app, needs)
  addLog(app, needs)
  addReviews(app, needs)
  addTips(app, needs)
  addTipPush(app, needs)
  const document = describeApi(app, needs.config)
  app.get('/openapi.json', (c) => c.json(document, 200, { 'Cache-Control': 'public, no-cache' }))

  app.notFound((c) => {
    const allowed = methodsOf(document, c.req.path)
    const found = allowed.length > 0 ? methodNotAllowed(allowed) : problemOf(nothingHere)
    return send(c.req.path, found, allowed.length > 0 ? { Allow: allowed.join(', ') } : {})
  })
  app.onError((error, c) => {
    const found = problemOf(error)
    if (found.code === 'internal')
      needs.journal.error('request failed', { method: c.req.method, cause: error })
    return send(c.req.path, found)
  })
  return { app, document }
}

/** Anybody's page may read: there is no cookie and no key that could be abused. */
const publicReads = cors({ origin: '*', allowMethods: ['GET', 'POST'], maxAge: 24 * 60 * 60 })

const retainedHeaders = [...RETAINED_304_HEADERS, 'access-control-allow-origin']

const nothingHere = new AssayError(
  'not_found',
  'There is nothing at this address; /docs lists what there is.',
)

/** Clients of the Fact Check Tools API know errors in its form only. */
function send(path: string, found: Problem, headers: Record<string, string> = {}): Response {
  const foreign = path.startsWith('/v1alpha1')
  return new Response(JSON.stringify(foreign ? formatStatus(found) : found), {
    status: found.status,
    headers: {
      ...problemHeaders(found),
      'Content-Type': foreign ? 'application/json' : 'application/problem+json',
      ...headers,
    },
  })
}

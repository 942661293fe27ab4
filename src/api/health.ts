/** /healthz and /metrics: for the operator and what watches in the operator's place. */
import { createRoute, z } from '@hono/zod-openapi'
import { AssayError } from '#domain/errors.ts'
import type { Needs } from '#flows/needs.ts'
import { getChangeNumber } from '#io/database/claim-review-changes.ts'
import manifest from '../../package.json' with { type: 'json' }
import type { Api } from './app.ts'
import { retryAfterSeconds } from './problem.ts'

const HealthSchema = z
  .object({
    status: z.enum(['ok', 'starting', 'failing']).openapi({
      description:
        '`starting`: answers come from the part of the index that is there. `failing`: the database cannot be reached.',
    }),
    version: z.string(),
    database: z.enum(['ok', 'unreachable']),
    index: z.object({
      ready: z.boolean().openapi({ description: 'Holds every review of the database.' }),
      reviews: z.int(),
      levelAt: z.string().nullable().openapi({ description: 'When it was last level with the database.' }),
    }),
  })
  .openapi('Health')

const content = { 'application/json': { schema: HealthSchema } }

const getHealth = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'Whether all is well',
  tags: ['Operation'],
  responses: {
    200: { description: 'It answers; perhaps not yet from the whole index.', content },
    503: { description: 'The database cannot be reached.', content },
  },
})

export function addHealth(app: Api, { db, index, engine, metrics }: Needs): void {
  app.openapi(getHealth, async (c) => {
    const reachable = await getChangeNumber(db).then(
      () => true,
      () => false,
    )
    const health = {
      status: reachable ? (index.ready ? ('ok' as const) : ('starting' as const)) : ('failing' as const),
      version: manifest.version,
      database: reachable ? ('ok' as const) : ('unreachable' as const),
      index: { ready: index.ready, reviews: engine.size, levelAt: index.levelAt?.toISOString() ?? null },
    }
    const headers = { 'Cache-Control': 'no-store' }
    return reachable
      ? c.json(health, 200, headers)
      : c.json(health, 503, { ...headers, 'Retry-After': `${retryAfterSeconds}` })
  })
  app.get('/metrics', async (c) => {
    const { remoteAddress } = c.env.incoming.socket
    if (!isInside(remoteAddress, c.req.raw.headers)) {
      throw new AssayError('not_found', 'There is nothing at this address; /docs lists what there is.')
    }
    const { contentType, body } = await metrics.page()
    return c.body(body, 200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' })
  })
}

const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/** From this machine and through no proxy, which would speak for the outside. */
function isInside(address: string | undefined, headers: Headers): boolean {
  const local = address !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(address)
  return local && !forwarded.some((name) => headers.has(name))
}

/** Counts and times requests by route pattern: a path itself could hold what somebody asked. */
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Metrics } from '#io/metrics.ts'

export function measure({ requests, requestSeconds }: Metrics): MiddlewareHandler {
  return async (c, next) => {
    const startedAt = performance.now()
    await next()
    const pattern = routePath(c, -1)
    const route = pattern.includes('*') ? 'none' : pattern
    requests.inc({ route, status: c.res.status })
    requestSeconds.observe({ route }, (performance.now() - startedAt) / 1000)
  }
}

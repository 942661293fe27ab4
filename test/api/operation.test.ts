import { describe, expect, test } from 'vitest'
import { openTestSite } from './open-test-site.ts'
import { wall } from './records.ts'

const site = openTestSite(wall)

interface Operation {
  summary?: string
  responses: Record<string, unknown>
}

interface Document {
  openapi: string
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}

describe('/openapi.json', () => {
  test('is an OpenAPI 3.1 document whose references all lead somewhere', async () => {
    const document = await site.json<Document>('/openapi.json')
    expect(document.openapi).toBe('3.1.0')
    expect(document.servers).toEqual([{ url: site.url }])
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)
    for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name!)
  })

  test('describes every public route with a summary, a good answer and its problems', async () => {
    const { paths } = await site.json<Document>('/openapi.json')
    expect(Object.keys(paths).sort()).toEqual([
      '/api/v1/answers',
      '/api/v1/claim-reviews',
      '/api/v1/claim-reviews/{id}',
      '/api/v1/tips',
      '/api/v1/tips/challenge',
      '/api/v1/tips/delete',
      '/api/v1/tips/push',
      '/api/v1/tips/status',
      '/healthz',
      '/v1alpha1/claims:search',
    ])
    for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
      expect(operation.summary).toBeTruthy()
      const statuses = Object.keys(operation.responses)
      expect(statuses.some((status) => status.startsWith('2'))).toBe(true)
      expect(statuses).toContain('503')
    }
  })
})

describe('/healthz', () => {
  test('says that database and index are well', async () => {
    expect(await site.json('/healthz')).toMatchObject({
      status: 'ok',
      database: 'ok',
      index: { ready: true, reviews: wall.length },
    })
  })
})

describe('/metrics', () => {
  test('counts by route and status on this machine', async () => {
    await site.fetch('/api/v1/claim-reviews')
    const response = await site.fetch('/metrics')
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    const text = await response.text()
    expect(text).toMatch(/^assay_requests_total\{route="\/api\/v1\/claim-reviews",status="200"\} [1-9]/m)
    expect(text).toMatch(new RegExp(`^assay_index_reviews ${wall.length}$`, 'm'))
  })

  test.each(['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'Via'])(
    'is not there for who comes with %s',
    async (name) => {
      expect((await site.fetch('/metrics', { headers: { [name]: '203.0.113.7' } })).status).toBe(404)
    },
  )
})

describe('every response', () => {
  test.each(['/', '/api/v1/claim-reviews', '/api/v1/nothing', '/openapi.json', '/healthz'])(
    '%s keeps frames, sniffing, referrers and scripts of others away, and sets no cookie',
    async (path) => {
      const { headers } = await site.fetch(path)
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('permissions-policy')).toContain('geolocation=()')
      expect(headers.get('strict-transport-security')).toBeNull()
      expect(headers.get('set-cookie')).toBeNull()
    },
  )

  test('of the public API may be read by any page; a page of ours may not', async () => {
    const { headers } = await site.fetch('/api/v1/claim-reviews', {
      headers: { Origin: 'https://else.example' },
    })
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect((await site.fetch('/')).headers.get('access-control-allow-origin')).toBeNull()
  })

  test('names the address of the settings, whatever the request claims to be for', async () => {
    const headers = { 'X-Forwarded-Host': 'evil.example', 'X-Original-URL': '/evil' }
    const text = await (await site.fetch('/openapi.json', { headers })).text()
    expect(text).not.toContain('evil')
  })
})

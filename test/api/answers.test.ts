import { describe, expect, test } from 'vitest'
import type { GroupedAnswer } from '#domain/answer-group.ts'
import { openTestSite } from './open-test-site.ts'
import { record, wall } from './records.ts'

const site = openTestSite(wall)
const asked = 'Did you know that the Great Wall of China is visible from the Moon with the naked eye?'

async function ask(body: object): Promise<GroupedAnswer> {
  const response = await site.post('/api/v1/answers', body)
  expect(response.status).toBe(200)
  return JSON.parse(await response.text())
}

describe('a message', () => {
  test('is answered by the review of it, with what the publisher said and why it matched', async () => {
    const answer = await ask({ text: 'do goldfish have a memory of only three seconds?' })
    expect(answer.decision).toBe('answered')
    const [best] = answer.matches
    expect(best?.claimReview).toMatchObject({
      claim: 'Goldfish have a memory of only three seconds.',
      publisher: { site: 'facts.example', name: 'Facts Example', sample: false },
      rating: { words: 'False', value: 'false' },
      url: 'https://facts.example/goldfish',
      version: 1,
    })
    expect(best?.confidence).toBeGreaterThan(0.5)
    expect(best?.why.length).toBeGreaterThan(0)
  })

  test('gets the same answer by GET', async () => {
    const byGet = await site.json<GroupedAnswer>(`/api/v1/answers?q=${encodeURIComponent(asked)}`)
    expect(byGet).toEqual(await ask({ text: asked }))
  })

  test('reviewed by two publishers shows both together, and that they disagree', async () => {
    const answer = await ask({ text: asked })
    const places = answer.groups.flatMap((group) => group.matches)
    expect(places.sort()).toEqual(answer.matches.map((_match, place) => place))
    const [first] = answer.groups
    const sites = first?.matches.map((place) => answer.matches[place]?.claimReview.publisher.site)
    expect(sites?.sort()).toEqual(['checks.example', 'facts.example'])
    expect(first?.disagree).toBe(true)
  })

  test('that no review answers gets silence', async () => {
    const answer = await ask({ text: 'The bus to the harbour leaves twenty minutes late on Sundays' })
    expect(answer).toEqual({ decision: 'none', matches: [], groups: [] })
  })

  test('that nothing fits is not said while reviews are still being read at the start', async () => {
    const { needs } = site.site
    const level = needs.index
    needs.index = { ready: false, levelAt: null }
    try {
      const silent = await site.post('/api/v1/answers', { text: 'The bus leaves twenty minutes late' })
      expect(silent.status).toBe(503)
      expect(silent.headers.get('retry-after')).toMatch(/^\d+$/)
      expect((await ask({ text: asked })).matches.length).toBeGreaterThan(0)
    } finally {
      needs.index = level
    }
  })

  test('gets at most as many matches as it asks for', async () => {
    expect((await ask({ text: asked, limit: 1 })).matches).toHaveLength(1)
  })

  test('is answered by a review that another process has just committed', async () => {
    await site.add([
      record({ url: 'https://facts.example/bulls', claim: 'Bulls become angry when they see red.' }),
    ])
    const answer = await ask({ text: 'bulls become angry when they see red' })
    expect(answer.matches[0]?.claimReview.url).toBe('https://facts.example/bulls')
  })

  test('is nobody’s to keep: no cache stores the answer', async () => {
    for (const response of [
      await site.post('/api/v1/answers', { text: asked }),
      await site.fetch(`/api/v1/answers?q=${encodeURIComponent(asked)}`),
    ]) {
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('set-cookie')).toBeNull()
    }
  })
})

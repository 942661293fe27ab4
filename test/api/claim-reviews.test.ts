import { describe, expect, test } from 'vitest'
import type { ClaimReview } from '#domain/claim-review.ts'
import { openTestSite } from './open-test-site.ts'
import { other, rated, record, wall } from './records.ts'

interface Page {
  claimReviews: ClaimReview[]
  next: string | null
}

const many = Array.from({ length: 45 }, (_, at) =>
  record({
    publisher: { site: 'many.example', name: 'Many' },
    url: `https://many.example/${at}`,
    claim: `Myth number ${at} about ostriches`,
    reviewedAt: `2023-01-${String((at % 9) + 1).padStart(2, '0')}`,
  }),
)
const site = openTestSite([...wall, ...many])

const list = (query: string) => site.json<Page>(`/api/v1/claim-reviews?${query}`)

async function listAll(query: string): Promise<ClaimReview[]> {
  const found: ClaimReview[] = []
  let next: string | null = ''
  while (next !== null) {
    const page: Page = await list(`${query}${next && `&cursor=${next}`}`)
    found.push(...page.claimReviews)
    next = page.next
  }
  return found
}

describe('the list', () => {
  test('paged to its end has every review once, newest first', async () => {
    const found = await listAll('limit=7')
    expect(new Set(found.map(({ id }) => id)).size).toBe(wall.length + many.length)
    expect(found).toHaveLength(wall.length + many.length)
    const dates = found.map(({ reviewedAt }) => reviewedAt)
    expect(dates).toEqual(dates.toSorted().reverse())
  })

  test.each([
    ['publisher=checks.example', ['https://checks.example/murcielagos', 'https://checks.example/wall']],
    ['publisher=www.checks.example&rating=true', ['https://checks.example/wall']],
    ['lang=es', ['https://checks.example/murcielagos']],
    [
      'lang=en-US&publisher=facts.example',
      ['https://facts.example/goldfish', 'https://facts.example/great-wall'],
    ],
    ['words=goldfish', ['https://facts.example/goldfish']],
    ['words=MEMORY+goldfish', ['https://facts.example/goldfish']],
    ['from=2024-05-03', ['https://facts.example/goldfish']],
    ['from=2024-05-02&to=2024-05-02', ['https://checks.example/murcielagos']],
    ['words=unicorn', []],
  ])('narrowed by %s', async (query, urls) => {
    expect((await list(query)).claimReviews.map(({ url }) => url)).toEqual(urls)
  })

  test('narrowed by the id of a publisher', async () => {
    const [bats] = (await list('lang=es')).claimReviews
    const found = await list(`publisher=${bats?.publisher.id}`)
    expect(found.claimReviews).toHaveLength(2)
  })
})

describe('one review', () => {
  test('is read by its id, with how many versions there were', async () => {
    const [listed] = (await list('words=goldfish')).claimReviews
    const path = `/api/v1/claim-reviews/${listed?.id}`
    expect(await site.json(path)).toEqual(listed)
    expect(listed?.version).toBe(1)
    await site.add([{ ...wall[2]!, rating: rated('Not true at all', 'false') }])
    expect(await site.json(path)).toMatchObject({ version: 2, rating: { words: 'Not true at all' } })
  })

  test('is not sent again when it did not change', async () => {
    const [listed] = (await list('lang=es')).claimReviews
    const path = `/api/v1/claim-reviews/${listed?.id}`
    const etag = (await site.fetch(path)).headers.get('etag')
    expect((await site.fetch(path, { headers: { 'If-None-Match': etag! } })).status).toBe(304)
    await site.add([{ ...wall[3]!, publisher: other, title: 'Los murciélagos ven bien' }])
    expect((await site.fetch(path, { headers: { 'If-None-Match': etag! } })).status).toBe(200)
  })
})

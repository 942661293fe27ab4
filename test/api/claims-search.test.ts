/** A client of the Fact Check Tools API that knows nothing of Assay but its base URL. */
import { describe, expect, test } from 'vitest'
import type { FactCheckToolsClaim } from '#formats/fact-check-tools/claims.ts'
import { openTestSite } from './open-test-site.ts'
import { record, wall } from './records.ts'

class FactCheckToolsClient {
  readonly #baseUrl: string

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl
  }

  async page(parameters: Record<string, string | number>) {
    const query = new URLSearchParams({ key: 'AIza-test', alt: 'json', prettyPrint: 'false' })
    for (const [name, value] of Object.entries(parameters)) query.set(name, String(value))
    const response = await fetch(`${this.#baseUrl}/v1alpha1/claims:search?${query}`)
    const body: {
      claims?: FactCheckToolsClaim[]
      nextPageToken?: string
      error?: { code: number; message: string; status: string }
    } = JSON.parse(await response.text())
    return { status: response.status, ...body }
  }

  async *claims(parameters: Record<string, string | number>) {
    let pageToken: string | undefined
    do {
      const page = await this.page({ ...parameters, ...(pageToken ? { pageToken } : {}) })
      yield* page.claims ?? []
      pageToken = page.nextPageToken
    } while (pageToken)
  }

  async urls(parameters: Record<string, string | number>): Promise<(string | undefined)[]> {
    const urls = []
    for await (const claim of this.claims(parameters)) urls.push(claim.claimReview[0]?.url)
    return urls
  }
}

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
const ostriches = Array.from({ length: 33 }, (_, at) =>
  record({
    publisher: at % 3 === 0 ? { site: 'birds.example', name: 'Birds' } : { site: 'zoo.example', name: 'Zoo' },
    url: `https://birds.example/${at}`,
    claim: `Ostriches bury their heads in sand pit ${at}`,
    lang: at % 2 === 0 ? 'en-US' : 'fr',
    reviewedAt: daysAgo(at * 10 + 1),
  }),
)
const site = openTestSite([...wall, ...ostriches])
const client = () => new FactCheckToolsClient(site.url)

describe('a client of the Fact Check Tools API', () => {
  test('reads a claim as it always did', async () => {
    const { claims } = await client().page({
      query: 'great wall of china moon',
      reviewPublisherSiteFilter: 'facts.example',
    })
    expect(claims?.[0]).toEqual({
      text: 'The Great Wall of China is visible from the Moon with the naked eye.',
      claimant: 'Zacharias Quillfeather',
      claimDate: '2024-04-30T00:00:00Z',
      claimReview: [
        {
          publisher: { name: 'Facts Example', site: 'facts.example' },
          url: 'https://facts.example/great-wall',
          title: 'No, astronauts cannot see the Great Wall from the Moon',
          reviewDate: '2024-05-01T00:00:00Z',
          textualRating: 'False',
          languageCode: 'en',
        },
      ],
    })
  })

  test('pages through a query to the end: every claim once', async () => {
    expect((await client().page({ query: 'ostriches' })).claims).toHaveLength(10)
    const urls = await client().urls({ query: 'ostriches bury heads', pageSize: 4 })
    expect(urls.toSorted()).toEqual(ostriches.map(({ url }) => url).toSorted())
  })

  test('narrows a query by publisher', async () => {
    const urls = await client().urls({ query: 'ostriches', reviewPublisherSiteFilter: 'www.birds.example' })
    expect(urls).toHaveLength(11)
  })

  test('narrows by language without telling regions apart', async () => {
    expect(await client().urls({ query: 'ostriches', languageCode: 'en-GB' })).toHaveLength(17)
    expect(await client().urls({ query: 'ostriches', languageCode: 'fr-CA' })).toHaveLength(16)
    expect(await client().urls({ query: 'ostriches', languageCode: 'tr' })).toHaveLength(0)
  })

  test('narrows by age', async () => {
    const urls = await client().urls({ query: 'ostriches', maxAgeDays: 45 })
    expect(urls.toSorted()).toEqual(
      ostriches
        .slice(0, 5)
        .map(({ url }) => url)
        .toSorted(),
    )
  })

  test('without a query gets all of a publisher, newest first, to the end', async () => {
    const urls = await client().urls({ reviewPublisherSiteFilter: 'zoo.example', pageSize: 5 })
    const zoo = ostriches.filter(({ publisher }) => publisher.site === 'zoo.example')
    expect(urls).toEqual(zoo.map(({ url }) => url))
  })

  test('starts where offset says, with or without a query', async () => {
    for (const search of [{ query: 'ostriches bury heads' }, { reviewPublisherSiteFilter: 'zoo.example' }]) {
      const all = await client().urls({ ...search, pageSize: 50 })
      expect(await client().urls({ ...search, pageSize: 6, offset: 7 })).toEqual(all.slice(7))
    }
  })

  test('gets an empty list, not an error, when nothing fits', async () => {
    const page = await client().page({ query: 'zzyzx' })
    expect(page).toEqual({ status: 200, claims: [] })
  })

  test.each([
    ['nothing to search by', {}],
    ['a page token of nowhere', { query: 'ostriches', pageToken: 'bm93aGVyZQ' }],
    ['a page size that is no number', { query: 'ostriches', pageSize: 'ten' }],
    ['a negative age', { query: 'ostriches', maxAgeDays: -1 }],
    ['a language that is none', { query: 'ostriches', languageCode: '???' }],
    ['NUL', { query: 'ostriches\u0000' }],
  ])('is told in the form it knows: %s', async (_name, parameters) => {
    const page = await client().page(parameters)
    expect(page.status).toBe(400)
    expect(page.error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' })
    expect(page.error?.message).toMatch(/\.$/)
  })

  test('cannot carry a page token into another search', async () => {
    const { nextPageToken } = await client().page({ query: 'ostriches', pageSize: 5 })
    const page = await client().page({ query: 'goldfish', pageSize: 5, pageToken: nextPageToken! })
    expect(page.status).toBe(400)
  })

  test('is told in that form too that there is no such address', async () => {
    const response = await site.fetch('/v1alpha1/claims:imageSearch')
    expect(response.status).toBe(404)
    expect(JSON.parse(await response.text())).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } })
  })
})

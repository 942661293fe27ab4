/** Google's own client of the Fact Check Tools API, told nothing but another base URL. */
import { factchecktools, type factchecktools_v1alpha1 } from '@googleapis/factchecktools'
import { describe, expect, test } from 'vitest'
import { openTestSite } from './open-test-site.ts'
import { record, wall } from './records.ts'

const client = () => factchecktools({ version: 'v1alpha1', rootUrl: `${site.url}/`, auth: 'AIza-test' })

type Search = factchecktools_v1alpha1.Params$Resource$Claims$Search

/** Status and body, also of an error: without `validateStatus` the client throws it. */
async function page(search: Search) {
  const { status, data } = await client().claims.search(search, { validateStatus: () => true })
  const { error }: { error?: { code: number; message: string; status: string } } = Object(data)
  return { status, claims: data.claims, nextPageToken: data.nextPageToken ?? undefined, error }
}

/** The address of every review, page after page to the end. */
async function urls(search: Search): Promise<(string | null | undefined)[]> {
  const found = []
  let pageToken: string | undefined
  do {
    const { claims = [], nextPageToken } = await page({ ...search, ...(pageToken && { pageToken }) })
    found.push(...claims.map(({ claimReview }) => claimReview?.[0]?.url))
    pageToken = nextPageToken
  } while (pageToken)
  return found
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

describe('Google’s client of the Fact Check Tools API', () => {
  test('reads a claim as it always did', async () => {
    const { claims } = await page({
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
    expect((await page({ query: 'ostriches' })).claims).toHaveLength(10)
    const found = await urls({ query: 'ostriches bury heads', pageSize: 4 })
    expect(found.toSorted()).toEqual(ostriches.map(({ url }) => url).toSorted())
  })

  test('narrows a query by publisher', async () => {
    const found = await urls({ query: 'ostriches', reviewPublisherSiteFilter: 'www.birds.example' })
    expect(found).toHaveLength(11)
  })

  test('narrows by language without telling regions apart', async () => {
    expect(await urls({ query: 'ostriches', languageCode: 'en-GB' })).toHaveLength(17)
    expect(await urls({ query: 'ostriches', languageCode: 'fr-CA' })).toHaveLength(16)
    expect(await urls({ query: 'ostriches', languageCode: 'tr' })).toHaveLength(0)
  })

  test('narrows by age', async () => {
    const found = await urls({ query: 'ostriches', maxAgeDays: 45 })
    expect(found.toSorted()).toEqual(
      ostriches
        .slice(0, 5)
        .map(({ url }) => url)
        .toSorted(),
    )
  })

  test('without a query gets all of a publisher, newest first, to the end', async () => {
    const found = await urls({ reviewPublisherSiteFilter: 'zoo.example', pageSize: 5 })
    const zoo = ostriches.filter(({ publisher }) => publisher.site === 'zoo.example')
    expect(found).toEqual(zoo.map(({ url }) => url))
  })

  test('starts where offset says, with or without a query', async () => {
    for (const search of [{ query: 'ostriches bury heads' }, { reviewPublisherSiteFilter: 'zoo.example' }]) {
      const all = await urls({ ...search, pageSize: 50 })
      expect(await urls({ ...search, pageSize: 6, offset: 7 })).toEqual(all.slice(7))
    }
  })

  test('gets an empty list, not an error, when nothing fits', async () => {
    const answer = await page({ query: 'zzyzx' })
    expect(answer).toMatchObject({ status: 200, claims: [] })
  })

  test.each([
    ['nothing to search by', {}],
    ['a page token of nowhere', { query: 'ostriches', pageToken: 'bm93aGVyZQ' }],
    ['a page size that is no number', { query: 'ostriches', pageSize: Number.NaN }],
    ['a negative age', { query: 'ostriches', maxAgeDays: -1 }],
    ['a language that is none', { query: 'ostriches', languageCode: '???' }],
    ['NUL', { query: 'ostriches\u0000' }],
  ])('is told in the form it knows: %s', async (_name, parameters) => {
    const answer = await page(parameters)
    expect(answer.status).toBe(400)
    expect(answer.error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' })
    expect(answer.error?.message).toMatch(/\.$/)
  })

  test('cannot carry a page token into another search', async () => {
    const { nextPageToken } = await page({ query: 'ostriches', pageSize: 5 })
    const answer = await page({ query: 'goldfish', pageSize: 5, pageToken: nextPageToken! })
    expect(answer.status).toBe(400)
  })

  test('throws its own error where a search or an address is refused', async () => {
    await expect(client().claims.search({})).rejects.toMatchObject({
      status: 400,
      message: 'Give a query, or a reviewPublisherSiteFilter, or both.',
    })
    await expect(client().claims.imageSearch({})).rejects.toMatchObject({ status: 404 })
  })
})

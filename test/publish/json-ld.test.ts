/** Ten published reviews as machines read them: schema.org's terms, what search engines ask, and back by `assay ingest`. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Site } from '#cli/site/open-site.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import { type RatingValue, ratingAxis } from '#domain/rating.ts'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import { ingestBytes } from '#flows/ingest-feed/ingest.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import { confirmRevision, correctReview } from '#flows/publish-review/revise-review.ts'
import { freshDatabase } from '../fresh-database.ts'
import { openFilledSite } from '../pages/open-filled-site.ts'
import { type GivenContent, openPublishDesk } from './publish-desk.ts'
import { googleRules, lackingIn, problemsOfJsonLd } from './schema-org.ts'

type Json = Record<string, unknown>

const database = await freshDatabase()
const elsewhere = await freshDatabase()
let site: Site

const rated = (ratingLabel: string, ratingValue: RatingValue): GivenContent => ({
  ratingLabel,
  ratingValue,
})
const seen = {
  appearances: ['https://social.example/post/1', 'https://video.example/watch?v=1&t=2'],
  claimedOn: '2025-12-24',
}
const translation = (lang: string, claim: string) => ({
  lang,
  claim,
  summary: `${claim} …`,
  answer: `${claim} 1\n${claim} 2`,
  unknown: null,
})

/** In their order; words that no table of ratings knows among them. */
const contents: GivenContent[] = [
  {
    ...seen,
    translations: [translation('ar', 'يحتوي الماء على الرصاص.'), translation('zh-Hant', '自來水含鉛。')],
  },
  { ...seen, ...rated('It is so', 'true'), claim: 'The bridge is 212 m long.' },
  { ...seen, ...rated('Doctored', 'altered'), claim: 'A photo shows the mayor in a boat.' },
  { ...seen, ...rated('Half the story', 'missing-context'), claim: 'Rents rose by 40 %.' },
  { ...seen, ...rated('A joke', 'satire'), claim: 'The town buys a moon.' },
  { ...seen, ...rated('Nobody knows', 'unproven'), claim: 'A treasure lies below the hall.' },
  {
    ...seen,
    ...rated('Not ours to check', 'not-checkable'),
    claim: 'The new square is ugly.',
    answer: [],
    notCheckable: 'Whether a square is ugly is a matter of taste, which no evidence decides.',
  },
  {
    ...seen,
    ...rated('مضلل', 'misleading'),
    lang: 'ar',
    claim: 'تُغلق المدارس كلها غدًا بسبب الحر.',
    summary: 'تُغلق مدرستان فقط، ليوم واحد.',
  },
  {
    ...seen,
    ...rated('誤導', 'misleading'),
    lang: 'zh-Hant',
    claim: '明天全市停電三天。',
    summary: '只有兩條街停電一小時。',
  },
  {
    ...seen,
    ...rated('Mostly "so"', 'mostly-true'),
    claim: 'If 5 < 6 & 7 > 3, “all” is well — 100 % 🌉\u200d.',
  },
]

beforeAll(async () => {
  site = await openFilledSite({ database, empty: true })
  await openLog(site.needs, site.needs.log)
  const grow = async () => {
    while ((await extendLog(site.needs, site.needs.log)) === 'published');
  }
  const desk = await openPublishDesk(site.needs.db, { showNames: true })
  const other = await openPublishDesk(site.needs.db, { name: 'Other Desk', shortName: 'other-desk' })
  const ids: ClaimReviewId[] = []
  for (const [at, content] of contents.entries()) {
    const by = at % 2 === 0 ? desk : other
    const held = await by.addCase()
    ids.push((await publishVerdict(site.needs, by.author, await by.addVerdict(held, content))).claimReviewId)
    if (at > 0) continue
    await grow()
    const verdictId = await by.addVerdict(held, {
      ...content,
      summary: 'Every sample but one was below the limit.',
    })
    const note = {
      wrong: 'We wrote “every sample”.',
      changed: 'It is every sample but one.',
      why: 'We had overlooked one.',
    }
    await confirmRevision(
      site.needs,
      by.third,
      await correctReview(site.needs, by.author, { claimReviewId: ids[0]!, verdictId, note }),
    )
    await grow()
  }
})
afterAll(() => site.close())

async function getJson(path: string): Promise<Json> {
  return (await (await fetch(site.url + path)).json()) as Json
}

async function reviews(): Promise<Json[]> {
  const feed = await getJson('/claimreview.json')
  return (feed.dataFeedElement as { item: Json }[]).map(({ item }) => item)
}

describe('ten published reviews', () => {
  test('use no term and no value that schema.org does not have: the feed, each document, each page', async () => {
    expect(problemsOfJsonLd(await getJson('/claimreview.json'))).toEqual([])
    const items = await reviews()
    expect(items).toHaveLength(10)
    for (const { identifier } of items) {
      const response = await fetch(`${site.url}/reviews/${String(identifier)}.json`)
      expect(response.headers.get('content-type')).toContain('application/ld+json')
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      const alone = (await response.json()) as Json
      expect(problemsOfJsonLd(alone)).toEqual([])
      const page = await (await fetch(`${site.url}/reviews/${String(identifier)}`)).text()
      const [, embedded] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)!
      expect(JSON.parse(embedded!)).toEqual(alone)
    }
    const about = await (await fetch(`${site.url}/organisations/other-desk`)).text()
    const [, markup] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(about)!
    expect(problemsOfJsonLd(JSON.parse(markup!))).toEqual([])
  })

  test('have everything that search engines require and recommend', async () => {
    for (const item of await reviews()) {
      const value = ((item.reviewRating as Json).identifier as Json).value as RatingValue
      const { required, recommended, ofDegrees } = googleRules
      const wanted = [...required, ...recommended, ...(ratingAxis(value) === null ? [] : ofDegrees)]
      expect([item.claimReviewed, lackingIn(item, wanted)]).toEqual([item.claimReviewed, []])
      expect(item).toMatchObject({
        sdLicense: expect.stringContaining('http'),
        inLanguage: expect.any(String),
      })
    }
  })

  test('are read back elsewhere with nothing refused, nothing noted, and no field lost', async () => {
    const text = JSON.stringify(await getJson('/claimreview.json'))
    const report = await ingestBytes(
      { db: elsewhere.db, clock: site.needs.clock, ids: site.needs.ids },
      'claimreview.json',
      (async function* () {
        yield new TextEncoder().encode(text)
      })(),
      { format: 'auto', publisher: null },
    )
    expect(report.tally).toMatchObject({ added: 10, refused: 0 })
    const recordsOf = async (db: typeof elsewhere.db) => {
      const { rows } = await sql<{ record: Json }>`
        select record from claim_reviews order by record ->> 'sourceId'`.execute(db)
      return rows.map(({ record }) => record)
    }
    const ours = await recordsOf(site.needs.db)
    expect(ours.map(({ rating }) => (rating as Json).value)).toContain('altered')
    expect(await recordsOf(elsewhere.db)).toEqual(ours)
  })
})

test('the vocabulary tells a term that it does not have, a value that does not fit, and a lack', () => {
  const made = {
    '@context': 'https://schema.org',
    '@type': 'ClaimReview',
    claimReviewed: 'Something',
    author: { '@type': 'Claim' },
    reviewRating: { '@type': 'Rating', ratingValue: Number.NaN, stars: 3 },
    url: '/reviews/1',
  }
  expect(problemsOfJsonLd(made)).toEqual([
    '$.author: Claim is no Organization or Person',
    '$.reviewRating.ratingValue: no Number or Text',
    '$.reviewRating.stars: no property of Rating',
    '$.url: no URL',
  ])
  expect(lackingIn(made, googleRules.required)).toEqual(['reviewRating.alternateName'])
})

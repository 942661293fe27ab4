/** The sample reviews: plainly ours, in many languages, each with a source, and in order as we ask others to be. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type RatingValue, ratingsDisagree, ratingValues } from '#domain/rating.ts'
import { readSamples } from '#flows/load-samples/read-samples.ts'

interface Written {
  url: string
  claimReviewed: string
  inLanguage: string
  author: { name: string; url: string }
  reviewRating: { alternateName: string; ratingExplanation: string }
  citation: { name: string; url: string }[]
}
interface Feed {
  name: string
  dataFeedElement: { item: Written[] }[]
}

const files = await readSamples()
const records = files.flatMap(({ read }) => read.records)
const written = files.flatMap(({ name }) => {
  const text = readFileSync(new URL(`../../samples/${name}`, import.meta.url), 'utf8')
  return (JSON.parse(text) as Feed).dataFeedElement.flatMap(({ item }) => item)
})

/** What each label of a sample must be understood as: the labels as their publishers would write them. */
const expectedValues: Record<RatingValue, string[]> = {
  true: ['True', 'Verdadero', 'صحيح', 'Правда'],
  'mostly-true': ['Mostly true', 'Mayormente verdadero', 'Größtenteils richtig'],
  mixed: ['Mixed', 'Misto', 'Teilweise richtig'],
  'missing-context': ['Missing context', 'ناقص السياق', '缺乏脈絡'],
  misleading: [
    ...['Misleading', 'Engañoso', 'مضلل', '易生誤解', 'Enganoso', 'Trompeur', 'Irreführend', 'Yanıltıcı'],
    'Inapotosha',
  ],
  'mostly-false': ['Mostly false', 'Mayormente falso', '大致錯誤', 'Plutôt faux'],
  false: [
    ...['False', 'Falso', 'غير صحيح', 'خطأ', '錯誤', 'गलत', 'Faux', 'Falsch', 'Salah', 'Неправда', 'Yanlış'],
    'Si kweli',
  ],
  altered: ['Altered', 'छेड़छाड़'],
  satire: ['Satire', 'Sátira', '諷刺'],
  unproven: [
    ...['Unproven', 'No comprobado', '證據不足', 'अप्रमाणित', 'Não comprovado', 'Unbelegt', 'Belum terbukti'],
    'Не доказано',
  ],
  'not-checkable': ['Not checkable', 'No verificable', 'رأي', '無法查證'],
}
const valueOfWords = new Map(
  ratingValues.flatMap((value) => expectedValues[value].map((words) => [words, value])),
)

const isReserved = (url: string) => /(^|\.)example\.(com|net|org)$/.test(new URL(url).hostname)

describe('the sample reviews', () => {
  test('all are read, none is refused and nothing is to be mended', () => {
    expect(files.flatMap(({ read }) => read.refusals)).toEqual([])
    expect(files.flatMap(({ read }) => read.notes)).toEqual([])
    expect(records).toHaveLength(written.length)
  })

  test('there are many, in many languages, with every rating that there is', () => {
    expect(records.length).toBeGreaterThanOrEqual(110)
    expect(new Set(records.map(({ lang }) => lang)).size).toBeGreaterThanOrEqual(9)
    expect(new Set(records.map(({ rating }) => rating.value))).toEqual(new Set(ratingValues))
  })

  test('each has an address of its own, on a host that is reserved for examples', () => {
    expect(new Set(records.map(({ url }) => url)).size).toBe(records.length)
    const addresses = records.flatMap(({ url, appearances }) => [url!, ...appearances])
    expect(addresses.filter((address) => !isReserved(address))).toEqual([])
    expect(records.filter(({ url, publisher }) => new URL(url!).hostname !== publisher.site)).toEqual([])
  })

  test('each publisher says in its name that it is a sample', () => {
    const names = new Set(records.map(({ publisher }) => publisher.name))
    expect([...names].filter((name) => !name?.startsWith('Sample: '))).toEqual([])
    expect(names.size).toBe(files.length)
  })

  test('each says what it is based on, in its text and for machines', () => {
    const without = written.filter(
      ({ citation, reviewRating }) =>
        citation.length === 0 || citation.some(({ name }) => !reviewRating.ratingExplanation.includes(name)),
    )
    expect(without.map(({ url }) => url)).toEqual([])
    const cited = written.flatMap(({ citation }) => citation.map(({ url }) => url))
    expect(cited.filter((url) => !/^https?:$/.test(new URL(url).protocol) || isReserved(url))).toEqual([])
  })

  test('each has a title, a summary, a date and an explanation', () => {
    const bare = records.filter(
      ({ title, summary, reviewedAt, ratingExplanation }) =>
        !title || !summary || !ratingExplanation || !/^202[345]-/.test(reviewedAt ?? ''),
    )
    expect(bare.map(({ url }) => url)).toEqual([])
  })

  test('each label means what its publisher means by it', () => {
    const wrong = records.filter(({ rating }) => rating.value !== valueOfWords.get(rating.words ?? ''))
    expect(wrong.map(({ rating }) => `${rating.words}: ${rating.value}`)).toEqual([])
  })

  test('one publisher rates one myth alike in every language', () => {
    const ratings = Map.groupBy(records, ({ url }) => `${new URL(url!).hostname} ${mythOf(url!)}`)
    const torn = [...ratings].filter(([, same]) => new Set(same.map(({ rating }) => rating.value)).size > 1)
    expect(torn.map(([key]) => key)).toEqual([])
  })

  test('several publishers review the same claim, and some of them contradict each other', () => {
    const shared = [...Map.groupBy(records, ({ claim }) => claim).values()].filter(
      (reviews) => new Set(reviews.map(({ publisher }) => publisher.site)).size > 1,
    )
    expect(shared.length).toBeGreaterThanOrEqual(12)
    const torn = shared.filter((reviews) => ratingsDisagree(reviews.map(({ rating }) => rating.value!)))
    expect(torn.length).toBeGreaterThanOrEqual(5)
  })
})

/** The last part of the path, alike in every language. */
function mythOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1)!
}

import { expect, test } from 'vitest'
import { createIndex } from '../index/review-index.ts'
import { askAll } from '../passages.ts'
import { createMeasure, width } from './measure.ts'
import { column, type FeatureName } from './names.ts'

const claim = 'Lawmakers in Norland have proposed a new law on oxygen'
const other = 'Farmers in Norland found a coin older than the law of the kingdom'

/** A feature of the first review of the claim, with the claim there so many times. */
function featureOf(name: FeatureName, copies: number): number {
  const index = createIndex()
  const add = (id: string, text: string) =>
    index.upsert(id, {
      claim: text,
      title: null,
      summary: null,
      body: null,
      lang: 'en',
      links: [],
      reviewedAt: null,
    })
  for (let copy = 0; copy < copies; copy++) add(`claim-${copy}`, claim)
  add('other', other)
  const queries = index.queries({ text: 'a new law on oxygen in Norland?', links: [], lang: 'en' })
  const { candidates, query } = askAll(index, queries, 10)[0]!
  const { rows } = createMeasure()(query, candidates, index.documents)
  const at = candidates.docs.findIndex((doc) => index.documents.id(doc) === 'claim-0')
  return rows[at * width + column[name]]!
}

test.each(['wordsMargin', 'gramsMargin'] as const)(
  '%s is told against another claim: reviews of one claim by several publishers are no rivals',
  (name) => {
    expect(featureOf(name, 1)).toBeGreaterThan(0.1)
    for (const copies of [2, 4]) expect(featureOf(name, copies)).toBeGreaterThan(0.1)
  },
)

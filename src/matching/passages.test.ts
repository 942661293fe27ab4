import { expect, test } from 'vitest'
import { scoreSlots } from './candidates.ts'
import { createIndex } from './index/review-index.ts'
import { askAll, passageSlots } from './passages.ts'

const index = createIndex()
for (let at = 0; at < 300; at++) {
  const claim = `The council of town number ${at} closed bridge ${at % 7} after the flood of ${1900 + (at % 90)}`
  put(String(at), claim)
}
put('garlic', 'Raw garlic under the pillow cures a cold overnight')

function put(id: string, claim: string) {
  index.upsert(id, { claim, title: null, summary: null, body: null, lang: 'en', links: [], reviewedAt: null })
}

const bridges = 'The council of our town closed the bridge after the flood and nobody knows for how long. '
const long = `${bridges.repeat(6)}\n\nMy neighbour swears that raw garlic under the pillow cures a cold overnight.`

test('what a passage finds is asked of the whole message, and says how well it stood there', () => {
  const queries = index.queries({ text: long, links: [], lang: null })
  expect(queries.length).toBeGreaterThan(1)
  const [whole] = askAll(index, queries, 5)
  const ids = Array.from(whole!.candidates.docs, (doc) => index.documents.id(doc))
  const at = ids.indexOf('garlic')
  expect(at).toBeGreaterThanOrEqual(0)
  const { passages } = whole!.candidates
  expect(passages?.length).toBe(ids.length * passageSlots.length)
  expect(passages?.[at * passageSlots.length]).toBe(1)
})

test('a candidate has the same scores however it was found', () => {
  const [whole] = index.queries({ text: long, links: [], lang: null })
  const all = index.candidates(whole!, 400)
  const few = index.candidates(whole!, 1, Array.from(all.docs).slice(0, 40))
  for (const [at, doc] of few.docs.entries()) {
    const from = all.docs.indexOf(doc)
    expect(scoresAt(few.scores, at)).toEqual(scoresAt(all.scores, from))
  }
})

function scoresAt(scores: Float32Array, at: number): number[] {
  return Array.from(scores.subarray(at * scoreSlots.length, (at + 1) * scoreSlots.length))
}

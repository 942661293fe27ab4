import { expect, test } from 'vitest'
import type { ClaimReviewId } from '#domain/ids.ts'
import type { Found } from '#domain/message.ts'
import { createEngine } from './create-engine.ts'
import { mergeParts } from './merge-parts.ts'

const match = (id: string, confidence: number) => ({ id: id as ClaimReviewId, confidence, why: [] })

test('parts give each review once at its greatest confidence, best first, with the strongest decision', () => {
  const founds: Found[] = [
    { decision: 'related', matches: [match('a', 0.5), match('b', 0.3)] },
    { decision: 'none', matches: [] },
    { decision: 'answered', matches: [match('b', 0.98), match('c', 0.4)] },
  ]
  expect(mergeParts(founds, 2)).toEqual({
    decision: 'answered',
    matches: [match('b', 0.98), match('a', 0.5)],
  })
  expect(mergeParts([], 5)).toEqual({ decision: 'none', matches: [] })
})

test('a long message of several claims finds the review of each', () => {
  const claims = [
    'Lemon water with baking soda cures every kind of cancer within two weeks',
    'The moon landing of 1969 was filmed in a studio in the desert of Nevada',
    'A shark was seen swimming on a flooded motorway in Houston after the storm',
    'The government will tax every cow two hundred dollars a year from January',
    'Microwave ovens were banned in Russia because they destroy the blood',
    'A new law forces shops to refuse cash from next month on',
  ]
  const engine = createEngine()
  const others = { title: null, summary: null, body: null, lang: 'en', links: [], reviewedAt: null }
  for (const [at, claim] of claims.entries()) engine.upsert(`${at}`, { claim, ...others })
  const text = `Hi everyone,\n${claims.map((claim, at) => `${at + 1}. ${claim}!`).join('\n')}\nPlease share!`
  const { matches } = engine.find({ text, links: [], lang: null }, 6)
  expect(matches.map(({ id }) => id).sort()).toEqual(['0', '1', '2', '3', '4', '5'])
})

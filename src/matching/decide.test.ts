import { describe, expect, test } from 'vitest'
import { createEngine } from './create-engine.ts'
import type { Matchable } from './engine.ts'

const claims = [
  'The Great Wall of China is visible from the Moon with the naked eye',
  'Vaccines cause autism in small children',
  'A storm in Portugal killed 500 people in one night',
  'Spain bans mobile phones in all public schools from September',
  'Goldfish have a memory of only three seconds',
  'Drinking bleach cures infections of the lungs',
  'The mayor of Lisbon sold the old tram line to a hotel chain',
  'Bats are blind and find their way by smell',
  'Carrots let soldiers see in the dark',
  'Lightning never strikes the same tower twice',
  'A school in Kenya teaches its pupils on the Moon calendar',
  'Phones left in rice dry within one hour',
  'The river in the capital turned green after a chemical accident',
  'Hospitals charge patients for every photograph of a newborn',
  'An octopus was trained to open the doors of an aquarium',
  'Farmers found a coin older than the kingdom itself',
]
const engine = createEngine()
for (const [at, claim] of claims.entries()) {
  const review: Matchable = {
    claim,
    title: null,
    summary: null,
    body: null,
    lang: 'en',
    links: [`https://checks.example/${at}`, 'https://social.example/', `https://social.example/posts/${at}0`],
    reviewedAt: '2024-05-01',
  }
  engine.upsert(String(at), review)
}

function ask(text: string, links: string[] = []) {
  const { decision, matches } = engine.find({ text, links, lang: null }, 5)
  const best = matches[0]
  const kinds = best?.why.map(({ kind }) => kind) ?? []
  return { decision, id: best?.id, confidence: best?.confidence ?? 0, kinds, why: best?.why ?? [] }
}

describe('a message that says something else than the claim', () => {
  test.each([
    [
      'negation-differs',
      'Vaccines cause autism in small children',
      'Vaccines do not cause autism in small children',
    ],
    [
      'numbers-differ',
      'A storm in Portugal killed 500 people in one night',
      'A storm in Portugal killed 50 people in one night',
    ],
    [
      'names-differ',
      'Spain bans mobile phones in all public schools from September',
      'My aunt says that France bans mobile phones in all public schools from September',
    ],
  ])('is trusted less, and the %s is said', (kind, same, different) => {
    const told = ask(same)
    const changed = ask(different)
    expect(changed.id).toBe(told.id)
    expect(told.decision).toBe('answered')
    expect(told.kinds).not.toContain(kind)
    expect(changed.decision).toBe('related')
    expect(changed.confidence).toBeLessThan(told.confidence)
    expect(changed.kinds).toContain(kind)
  })
})

describe('a link', () => {
  test('to a review finds it, whatever stands beside it', () => {
    const found = ask('what do you make of this? https://checks.example/6?utm_source=share')
    expect(found).toMatchObject({ decision: 'answered', id: '6' })
    expect(found.kinds).toContain('link')
  })

  test('to a post that was reviewed finds the review, pasted or given beside the message', () => {
    expect(ask('https://social.example/posts/70')).toMatchObject({ decision: 'answered', id: '7' })
    expect(ask('', ['https://social.example/posts/70'])).toMatchObject({ decision: 'answered', id: '7' })
  })

  test('to the front door of a site that many reviews name finds none of them', () => {
    expect(ask('https://social.example/').decision).toBe('none')
  })
})

test('a forward with small edits is called the same text and answered', () => {
  const found = ask('Forwarded: URGENT!!! the mayor of Lisbon sold the old tram line to a big hotel chain 😡')
  expect(found).toMatchObject({ decision: 'answered', id: '6' })
  expect(found.kinds).toContain('near-duplicate')
})

test.each(['cats are blind', 'blind', 'Octopus', 'my lightning cable', 'goldfish'])(
  'one word in common is no answer: %s',
  (message) => {
    expect(ask(message).decision).not.toBe('answered')
  },
)

test('confidence does not depend on how many matches are asked for', () => {
  const message = { text: 'do goldfish really have a memory of three seconds', links: [], lang: null }
  expect(engine.find(message, 1).matches[0]).toEqual(engine.find(message, 10).matches[0])
})

/** What joins two messages, and what holds them apart whatever else they share. */
import { describe, expect, test } from 'vitest'
import { problemOfTrees } from '../rank/forest.ts'
import { comparedOf } from './compared-text.ts'
import weights from './likeness.json' with { type: 'json' }
import { likenessNames } from './likeness.ts'
import { likenessThresholds } from './likeness-rule.ts'
import { type AnswersOf, createRumourIndex, decideGrouping } from './rumour-index.ts'

function groupingOf(one: string, other: string, answersOf?: AnswersOf) {
  const index = createRumourIndex(answersOf)
  index.hold('held', 'a', { text: one, links: [], lang: null })
  return decideGrouping(index.find({ text: other, links: [], lang: null }))
}

const bridge = 'The mayor of Tarnow sold the old iron bridge to a scrap dealer for one crown'

test('the weights are of the comparisons that are made, and their thresholds in order', () => {
  expect(weights.features).toEqual(likenessNames)
  expect(problemOfTrees(weights.trees, likenessNames.length)).toBeNull()
  expect(likenessThresholds.maybe).toBeGreaterThan(0)
  expect(likenessThresholds.same).toBeGreaterThan(likenessThresholds.maybe)
  expect(likenessThresholds.same).toBeLessThan(1)
})

describe('one published review that answers both messages', () => {
  const told = 'Nothing left to cross the river by in Tarnow, the iron went for scrap, my uncle says'
  const fits =
    (confidence: number): AnswersOf =>
    () => [{ id: 'review', confidence }]

  test('joins what words leave open, and is said first', () => {
    expect(groupingOf(bridge, told)?.grouping).not.toBe('same')
    const found = groupingOf(bridge, told, fits(0.97))
    expect(found?.grouping).toBe('same')
    expect(found?.near.why[0]).toEqual({ kind: 'review', terms: [] })
  })

  test('tells nothing where each is answered by another', () => {
    const answers: AnswersOf = ({ text }) => [{ id: text, confidence: 0.97 }]
    expect(groupingOf(bridge, told, answers)?.grouping).not.toBe('same')
  })

  test.each([
    ['another number', bridge.replace('one crown', '70 crowns'), bridge.replace('one crown', '300 crowns')],
    ['another name', bridge, bridge.replace('Tarnow', 'Gorlice')],
    ['a "not"', bridge.replace('sold', 'has sold'), bridge.replace('sold', 'has not sold')],
    [
      'one "not" more in a text with many',
      `${bridge} and nobody asked the town, nor is the money not in the books`,
      `${bridge.replace('sold', 'not sold')} and nobody asked the town, nor is the money not in the books`,
    ],
  ])('never joins %s', (_what, one, other) => {
    expect(groupingOf(one, other, fits(0.99))?.grouping).toBe('maybe')
  })

  test('is asked again while the reviews are not at hand', () => {
    let atHand = false
    const index = createRumourIndex(() => (atHand ? [{ id: 'review', confidence: 0.97 }] : null))
    index.hold('held', 'a', { text: bridge, links: [], lang: null })
    const find = () => decideGrouping(index.find({ text: told, links: [], lang: null }))?.grouping
    expect(find()).not.toBe('same')
    atHand = true
    expect(find()).toBe('same')
  })
})

describe('two messages in words of their own', () => {
  test('are not held apart by a "not" or a name that stands beside the claim', () => {
    const found = groupingOf(
      bridge,
      'I cannot believe it, Radio Lesko says the mayor of Tarnow has sold our old iron bridge for one crown to some scrap dealer',
    )
    expect(found?.grouping).toBe('same')
  })
})

describe('what is compared of a message', () => {
  const compared = (text: string) => comparedOf({ text, links: [] }).text

  test('a passage that is said over and over, once', () => {
    expect(compared(`${bridge}. ${bridge}. ${bridge}. They say it was iron.`)).toBe(
      `${bridge}. They say it was iron.`,
    )
    expect(compared('no no no no no no no no no')).toBe('no no no no no')
  })

  test('not what a program leaves where nothing was', () => {
    expect(compared(`${bridge} None`)).toBe(bridge)
    expect(compared('None')).toBe('None')
  })
})

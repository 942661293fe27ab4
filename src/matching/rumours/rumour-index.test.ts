/** In what order messages arrive changes little of what stands together in the end; what is dropped is not found. */
import { describe, expect, test } from 'vitest'
import { createRumourIndex, decideGrouping, rumourIndexLimits } from './rumour-index.ts'

/**
 * Pairs that two orders put together otherwise, of all that either puts together: at most one in four, where every message
 * has a twin about another town. Which of two edits came first decides what the third is held against.
 */
const disagreementMax = 0.25

const places = ['Arvel', 'Bodmin', 'Cresco', 'Dunmore', 'Estrada', 'Farrow', 'Gildas', 'Hornsey']
const said = [
  (at: string) => `The water works of ${at} put chlorine tablets into the milk of three schools`,
  (at: string) => `A nurse in ${at} was paid ten thousand for every false certificate she signed`,
  (at: string) =>
    `The town of ${at} will forbid wood stoves from January and fine every family that keeps one`,
]
const edits = [
  (text: string) => text,
  (text: string) => `${text}!!! 😱`,
  (text: string) => `Forwarded: ${text}`,
  (text: string) => text.replace('the ', 'teh ').toLowerCase(),
  (text: string) => `${text}, my cousin works there`,
  (text: string) => `Is it true that ${text.charAt(0).toLowerCase()}${text.slice(1)}?`,
  (text: string) => text.split(' ').toSpliced(4, 0, 'really').join(' '),
]

const messages = places.flatMap((place, of) =>
  said.flatMap((claim, kind) => edits.map((edit) => ({ truth: `${of} ${kind}`, text: edit(claim(place)) }))),
)

function groupsOf(order: readonly number[]): Map<number, number> {
  const index = createRumourIndex()
  const groups = new Map<number, number>()
  for (const at of order) {
    const message = { text: messages[at]!.text, links: [], lang: null }
    const decided = decideGrouping(index.find(message))
    const into = decided?.grouping === 'same' ? Number(decided.near.rumour) : at
    groups.set(at, into)
    index.hold(String(into), String(at), message)
  }
  return groups
}

function pairsIn(groups: ReadonlyMap<number, number>): Set<string> {
  const pairs = new Set<string>()
  for (let one = 0; one < messages.length; one++) {
    for (let other = 0; other < one; other++)
      if (groups.get(one) === groups.get(other)) pairs.add(`${one} ${other}`)
  }
  return pairs
}

function shuffled(seed: number): number[] {
  let state = seed
  return messages
    .map((_, at) => {
      state = (state * 48_271) % 2_147_483_647
      return { at, key: state }
    })
    .sort((a, b) => a.key - b.key)
    .map(({ at }) => at)
}

describe('the same messages in other orders', () => {
  const runs = [1, 22, 333, 4_444].map((seed) => pairsIn(groupsOf(shuffled(seed))))

  test('stand together alike, within the stated tolerance', () => {
    for (const run of runs.slice(1)) {
      const either = runs[0]!.union(run).size
      expect(runs[0]!.symmetricDifference(run).size / either).toBeLessThanOrEqual(disagreementMax)
    }
  })

  test('never stand with another claim, and mostly with their own', () => {
    const own = messages.length * ((edits.length - 1) / 2)
    for (const run of runs) {
      const wrong = [...run].filter((pair) => {
        const [one, other] = pair.split(' ').map(Number)
        return messages[one!]!.truth !== messages[other!]!.truth
      })
      expect(wrong).toEqual([])
      expect(run.size).toBeGreaterThan(own * 0.7)
    }
  })
})

describe('what is held', () => {
  const text = 'The ferry to Skarness sank at noon with nine goats aboard'
  const message = { text, links: [], lang: null }

  test('is a few messages of a rumour that say it differently', () => {
    const index = createRumourIndex()
    expect(index.hold('one', 'a', message)).toBe(true)
    expect(index.hold('one', 'b', { ...message, text: `${text}!` })).toBe(false)
    for (let at = 0; at < 20; at++) {
      index.hold('one', `c${at}`, {
        ...message,
        text: `Number ${at} told of ${'gulls '.repeat(at)} ${at * 7}`,
      })
    }
    expect(index.size).toEqual({ rumours: 1, messages: rumourIndexLimits.messagesMax })
  })

  test('is not found once it is dropped, however often', () => {
    const index = createRumourIndex()
    for (let at = 0; at < 250; at++) {
      index.hold('one', 'a', message)
      index.hold(`other ${at}`, 'a', { ...message, text: `Somebody saw ${at} lights over the Brenn moor` })
      index.drop('one')
      expect(index.find(message)).toEqual([])
    }
    expect(index.size.rumours).toBe(250)
  })
})

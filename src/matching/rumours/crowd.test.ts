/** A flood in thousands of shapes is one rumour; what only looks like it is not drawn in. */
import { describe, expect, test } from 'vitest'
import { createRumourIndex, decideGrouping } from './rumour-index.ts'

/** Sizes of the rumours that messages come to, as the flow groups them; and what the last one came to. */
function grouped(texts: readonly string[]): { sizes: number[]; last: number } {
  const index = createRumourIndex()
  const groups = new Map<string, number>()
  let into = ''
  for (const [at, text] of texts.entries()) {
    const message = { text, links: [], lang: null }
    const decided = decideGrouping(index.find(message))
    into = decided?.grouping === 'same' ? decided.near.rumour : `${at}`
    groups.set(into, (groups.get(into) ?? 0) + 1)
    for (const other of decided?.also ?? []) {
      index.join(other, into)
      groups.set(into, groups.get(into)! + groups.get(other)!)
      groups.delete(other)
    }
    index.hold(into, `${at}`, message)
  }
  return { sizes: [...groups.values()].sort((a, b) => b - a), last: groups.get(into)! }
}

const claim = 'The paper mill has poisoned the river Lume and the mayor keeps it secret from the town'
const shapes = Array.from({ length: 60 }, (_, at) => at)

/** One letter doubled, a different one each time. */
function slipped(text: string, at: number): string {
  const place = 4 + ((at * 7) % (text.length - 8))
  return text.slice(0, place) + text[place] + text.slice(place)
}

describe('one rumour is', () => {
  test.each<[string, (at: number) => string]>([
    ['a message with a counter behind it', (at) => `${claim} ${at}`],
    ['a message with a counter before it', (at) => `(${at}) ${claim}`],
    ['a message with a code', (at) => `${claim} [${(at * 7_919).toString(36)}x${at}]`],
    ['a message with a slip of the hand, another in each', (at) => slipped(claim, at)],
    ['a message with another remark in each', (at) => `${claim} ${'abcdefghij'[at % 10]!.repeat(3 + at)}`],
    [
      'all of these',
      (at) => [slipped(claim, at), `${claim} #${at}`, `omg ${claim}`, claim.toUpperCase()][at % 4]!,
    ],
    [
      'the same in Arabic with a counter',
      (at) => `المصنع سمم مياه النهر والبلدية تخفي الأمر عن سكان المدينة ${at}`,
    ],
    [
      'the same in Chinese with a counter',
      (at) => `紧急通知：明天起全市停水三天，自来水厂发现有毒物质，请转发给家人朋友 ${at}`,
    ],
  ])('%s', (_what, shape) => {
    expect(grouped(shapes.map(shape)).sizes).toEqual([60])
  })
})

describe('not of a flood is', () => {
  const flood = shapes.map((at) => `${slipped(claim, at)} ${at}`)
  test.each([
    ['what says that it is not so', claim.replace('has poisoned', 'has not poisoned')],
    ['another place', claim.replace('Lume', 'Arvel')],
    ['another word in the place of one', claim.replace('poisoned', 'sold')],
  ])('%s', (_what, other) => {
    expect(grouped([...flood, other]).last).toBe(1)
  })

  test('another number, where all say one', () => {
    const killed = (count: number, at: number) =>
      slipped(`The fire in the Talbot tower killed ${count} people`, at % 20)
    expect(grouped([...shapes.map((at) => killed(12, at)), killed(45, 0)]).last).toBe(1)
  })

  test('another number in each', () => {
    const killed = (at: number) =>
      `The fire in the Talbot tower killed ${20 + at} people, says the mayor of Lume`
    expect(grouped(shapes.map(killed)).sizes).toEqual(shapes.map(() => 1))
  })

  test.each([
    ['capitals', ['Arvel', 'Bodmin', 'Cresco', 'Dunmore']],
    ['none', ['arvel', 'bodmin', 'cresco', 'dunmore']],
  ])('the same said of other towns, however many say it, written with %s', (_how, towns) => {
    const said = shapes.map((at) =>
      slipped(`Soldiers dig holes around the station of ${towns[at % 4]} at night`, at % 3),
    )
    expect(grouped(said).sizes).toEqual([15, 15, 15, 15])
  })
})

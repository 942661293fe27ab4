/** Rising means asked in many wordings on many days, and no figure tells of a single ask. */
import { describe, expect, test } from 'vitest'
import { type AskedDay, askedFigures, riseOf } from './asked.ts'

const today = '2026-03-18'
const day = (ago: number, wordings: number, asks = wordings): AskedDay => ({
  day: new Date(Date.parse(today) - ago * 86_400_000).toISOString().slice(0, 10),
  wordings,
  asks,
})
const quiet = () => 0
const drawn = (days: AskedDay[], given: Partial<Parameters<typeof askedFigures>[1]> = {}) =>
  askedFigures(days, { gone: 0, today, shown: null, draw: quiet, ...given })

describe('a rise', () => {
  test('never comes from one day, however many copies and wordings it brings', () => {
    expect(drawn([day(0, 5_000, 50_000)]).rise).toBe(0)
    expect(riseOf([day(0, 1, 50_000)], today)).toBeLessThan(riseOf([day(0, 2, 2)], today))
  })

  test('comes from different wordings on several days, more than from a burst', () => {
    const steady = [0, 1, 2, 3, 4, 5].map((ago) => day(ago, 4))
    expect(drawn(steady).rise).toBeGreaterThanOrEqual(20)
    expect(riseOf(steady, today)).toBeGreaterThan(riseOf([day(0, 5_000), day(1, 5_000)], today))
  })

  test('fades: what was asked two weeks ago counts half', () => {
    const week = (ago: number) => [0, 1, 2, 3, 4].map((one) => day(ago + one, 12))
    expect(riseOf(week(14), today)).toBe(Math.round(riseOf(week(0), today) / 2))
    expect(drawn(week(80)).rise).toBe(0)
  })

  test('is none where so few ask that order would tell of them', () => {
    expect(drawn([day(0, 3), day(1, 3), day(2, 3)]).rise).toBe(0)
    expect(riseOf([day(0, 3), day(1, 3), day(2, 3)], today)).toBeGreaterThanOrEqual(10)
  })
})

describe('a figure', () => {
  test('is in tens, and a flood of one day counts as fifty', () => {
    expect([9, 10, 19, 20, 47].map((asks) => drawn([day(0, 1, asks)]).tens)).toEqual([0, 10, 10, 20, 40])
    expect(drawn([day(0, 1, 5_000)]).tens).toBe(50)
    expect(drawn([day(0, 1, 5_000), day(1, 1, 5_000)], { gone: 20 }).tens).toBe(120)
  })

  test('once shown, is not moved by one ask: at no count does that decide', () => {
    const chances = [-3, -2, -1, 0, 1, 2, 3]
    for (let asks = 10; asks < 40; asks++) {
      const shown = drawn([day(0, 1, asks)])
      const then = (count: number) =>
        chances.map((chance) => drawn([day(0, 1, count)], { shown, draw: () => chance }).tens)
      expect(then(asks)).toEqual(chances.map(() => shown.tens))
      expect(new Set([...then(asks + 1), ...then(asks - 1)])).toEqual(new Set([shown.tens]))
    }
  })

  test('that many small changes brought to an edge moves by chance, not by the next ask', () => {
    const shown = drawn([day(0, 1, 10)])
    for (let asks = 10; asks < 49; asks++) {
      const moved = [-3, -2, -1, 0, 1, 2, 3].filter(
        (chance) => drawn([day(0, 1, asks)], { shown, draw: () => chance }).tens !== shown.tens,
      ).length
      const movedAfter = [-3, -2, -1, 0, 1, 2, 3].filter(
        (chance) => drawn([day(0, 1, asks + 1)], { shown, draw: () => chance }).tens !== shown.tens,
      ).length
      expect(movedAfter - moved).toBeLessThanOrEqual(1)
    }
  })
})

describe('the weeks', () => {
  test('are steps of ten, from the first that was asked to the running one', () => {
    const { weeks } = drawn([day(0, 5, 12), day(9, 5, 9), day(16, 5, 31)])
    expect(weeks).toEqual([
      { monday: '2026-03-02', tens: 30 },
      { monday: '2026-03-09', tens: 0 },
      { monday: '2026-03-16', tens: 10 },
    ])
  })

  test('that are over stay as they were drawn, whatever is deleted or comes', () => {
    const before = drawn([day(9, 5, 40), day(2, 5, 40)])
    const after = drawn([day(2, 5, 5)], { shown: before })
    expect(after.weeks[0]).toEqual(before.weeks[0])
  })

  test('are twelve at most', () => {
    expect(drawn([day(89, 3), day(0, 3)]).weeks).toHaveLength(12)
  })
})

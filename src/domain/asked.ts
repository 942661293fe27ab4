/**
 * What the public page of what people ask says of a rumour. Its figures are steps of ten, drawn once a day with a little
 * chance in them: from no figure, no change of one and no order of the page can a single ask be read (promise 4).
 */
import type { ClaimReviewId } from './ids.ts'
import { type AskedWeek, coarse, wordingsPerDayMax } from './rumour.ts'

/** End of a rumour's public address: drawn at random, it tells nothing of when it was first asked. */
export type PublicId = string

/** What anybody may see of a rumour whose wording a person approved. */
export interface AskedRumour {
  id: PublicId
  wording: string
  lang: string | null
  /** In steps: 0 is fewer than 10, then tens. */
  asks: number
  weeks: AskedWeek[]
  state: 'open' | 'in-work' | 'answered'
  /** Names of the organisations that work on it. */
  by: string[]
  answer: ClaimReviewId | null
}

/** One day on which a rumour was asked. */
export interface AskedDay {
  /** ISO 8601 date. */
  day: string
  /** Different wordings. */
  wordings: number
  asks: number
}

export interface AskedFigures {
  /** How often it was asked: 0 is fewer than 10, then tens. */
  tens: number
  /** How much it is asked lately, in tens of no unit: the page's order. */
  rise: number
  /** Oldest first. */
  weeks: AskedWeek[]
}

export const askedLimits = {
  /** More asks of one day count as so many: one evening's flood is no figure. */
  asksPerDayMax: 50,
  /** After so many days a day counts half for the order. */
  halfLifeDays: 14,
  /** Weeks that are shown, the running one included. */
  weeksMax: 12,
} as const

/**
 * A day's weight grows by half a step where its different wordings double: one day of very many never makes a rise (its
 * weight stays below 10), a few wordings on several days do. Chosen so; no data of a real instance is behind it.
 */
const weightPerDoubling = 2.5

/** @param draw whole numbers from -3 to 3, by chance */
export function askedFigures(
  days: AskedDay[],
  {
    gone,
    today,
    shown,
    draw,
  }: { gone: number; today: string; shown: AskedFigures | null; draw: () => number },
): AskedFigures {
  const counted = days.reduce((sum, { asks }) => sum + Math.min(asks, askedLimits.asksPerDayMax), 0)
  const tens = stepOf(counted + gone, shown?.tens ?? null, draw())
  const rise = stepOf(riseOf(days, today), shown?.rise ?? null, draw())
  return { tens, rise: tens === 0 ? 0 : rise, weeks: weeksOf(days, today, shown?.weeks ?? [], draw) }
}

/** From different wordings and days, never from volume alone, and less with the time. Below 10: no rise. */
export function riseOf(days: AskedDay[], today: string): number {
  const rise = days.reduce((sum, { day, wordings }) => {
    const ageDays = Math.max(0, (Date.parse(today) - Date.parse(day)) / dayMs)
    const weight = Math.log2(1 + Math.min(wordings, wordingsPerDayMax))
    return sum + weight * 2 ** (-ageDays / askedLimits.halfLifeDays)
  }, 0)
  return Math.round(rise * weightPerDoubling)
}

/** The step shown stays while the count is near it, with chance in what is near: one ask more or fewer decides nothing. */
function stepOf(count: number, shown: number | null, drawn: number): number {
  if (shown === null) return coarse(count)
  const blurred = Math.max(0, count + drawn)
  return blurred >= shown - 4 && blurred < shown + 14 ? shown : coarse(blurred)
}

/** A week that has been over when it was drawn is never drawn again: a deletion cannot be seen in it. */
function weeksOf(days: AskedDay[], today: string, shown: AskedWeek[], draw: () => number): AskedWeek[] {
  const running = Date.parse(mondayOf(today))
  const first = days.reduce((least, { day }) => (day < least ? day : least), today)
  const mondays = Array.from({ length: askedLimits.weeksMax }, (_, at) =>
    isoDay(running - (askedLimits.weeksMax - 1 - at) * 7 * dayMs),
  ).filter((monday) => monday >= mondayOf(first) || shown.some((week) => week.monday === monday))
  return mondays.map((monday) => {
    const known = shown.find((week) => week.monday === monday)
    if (known && !isNewest(known, shown)) return known
    const asks = days
      .filter(({ day }) => mondayOf(day) === monday)
      .reduce((sum, one) => sum + Math.min(one.asks, askedLimits.asksPerDayMax), 0)
    return { monday, tens: stepOf(asks, known?.tens ?? null, draw()) }
  })
}

function isNewest(week: AskedWeek, shown: AskedWeek[]): boolean {
  return shown.at(-1)?.monday === week.monday
}

function mondayOf(day: string): string {
  const weekday = (new Date(day).getUTCDay() + 6) % 7
  return isoDay(Date.parse(day) - weekday * dayMs)
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

const dayMs = 24 * 60 * 60 * 1000

/** One line of a chart: what it counts, month by month. */
export interface Line {
  label: string
  values: (number | null)[]
  tone: 'good' | 'warn' | 'bad'
  /** Beside the counts, on the other side. */
  scale?: 'days'
  /** Lines are told apart without their colours. */
  dash?: 'dashed' | 'dotted'
}

/** Of 2026-01: short, with its year. */
export function namerOfMonths(language: string): (month: string) => string {
  const names = new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  return (month) => names.format(new Date(`${month}-01T00:00:00Z`))
}

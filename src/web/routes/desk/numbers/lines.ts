/** One line of a chart: what it counts, month by month. */
export interface Line {
  label: string
  values: (number | null)[]
  tone: 'good' | 'warn' | 'bad'
  /** Beside the counts, on the other side. */
  scale?: 'days'
  /** In pixels: lines are told apart without their colours. */
  dash?: number[]
}

/** How sure is sure enough: what a threshold answers, and the calibration curve, of lists that were not learned from. */

/** One list's best candidate as judged by a model that did not learn from it. */
export interface Verdict {
  confidence: number
  right: boolean
  /** Whether the relevant claims were among the candidates. */
  present: boolean
}

export interface Cut {
  threshold: number
  precision: number
  coverage: number
}

/** Precision and coverage when everything at or above a threshold is answered. */
export function cutAt(verdicts: readonly Verdict[], threshold: number): Cut {
  const answered = verdicts.filter(({ confidence }) => confidence >= threshold)
  const right = answered.filter((verdict) => verdict.right).length
  const present = verdicts.filter((verdict) => verdict.present).length
  return {
    threshold,
    precision: answered.length === 0 ? 1 : right / answered.length,
    coverage: present === 0 ? 0 : right / present,
  }
}

/** What answers are held to. */
export const answeredAim = { precisionMin: 0.97, lowest: 0.6, highest: 0.95, step: 0.01 } as const

/**
 * The least confidence from which on answers are right often enough, on average over samples that nothing was learned from,
 * whatever their sizes; the highest there is when none is.
 */
export function answeredFrom(samples: readonly (readonly Verdict[])[]): number {
  const { highest, lowest, precisionMin, step } = answeredAim
  for (let at = 0; lowest + at * step < highest; at++) {
    const threshold = Number((lowest + at * step).toFixed(3))
    const precisions = samples.map((verdicts) => cutAt(verdicts, threshold).precision)
    const mean = precisions.reduce((sum, precision) => sum + precision, 0) / samples.length
    if (mean >= precisionMin) return threshold
  }
  return highest
}

export interface Bin {
  from: number
  to: number
  count: number
  /** Mean confidence said, and share that was right. */
  said: number
  right: number
}

/** The calibration curve: what was said against what was so, in tenths. */
export function calibrationOf(verdicts: readonly Verdict[]): Bin[] {
  return Array.from({ length: 10 }, (_, at) => {
    const held = verdicts.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === at)
    const mean = (value: (verdict: Verdict) => number) =>
      held.length === 0 ? 0 : held.reduce((sum, verdict) => sum + value(verdict), 0) / held.length
    return {
      from: at / 10,
      to: (at + 1) / 10,
      count: held.length,
      said: mean(({ confidence }) => confidence),
      right: mean(({ right }) => Number(right)),
    }
  })
}

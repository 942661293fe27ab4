/** How good a ranking is: the measures that `assay eval` and the bench print, each as published work computes it. */

/** What one query found, best first, against what it should have. */
export interface Judged {
  found: readonly string[]
  relevant: ReadonlySet<string>
}

/** Average precision over the first five, divided by the number of relevant ids. Source: trectools `get_map(depth=5)`. */
export function averagePrecisionAt5({ found, relevant }: Judged): number {
  let hits = 0
  let sum = 0
  for (const [place, id] of found.slice(0, 5).entries()) if (relevant.has(id)) sum += ++hits / (place + 1)
  return relevant.size === 0 ? 0 : sum / relevant.size
}

/** One over the place of the first relevant id, 0 when none was found. */
export function reciprocalRank({ found, relevant }: Judged): number {
  const place = found.findIndex((id) => relevant.has(id))
  return place < 0 ? 0 : 1 / (place + 1)
}

/** 1 when a relevant id is among the first `depth`. */
export function successAt(depth: number, { found, relevant }: Judged): number {
  return found.slice(0, depth).some((id) => relevant.has(id)) ? 1 : 0
}

/** Share of the relevant ids among the first `depth`. */
export function recallAt(depth: number, { found, relevant }: Judged): number {
  const hits = found.slice(0, depth).filter((id) => relevant.has(id)).length
  return relevant.size === 0 ? 0 : hits / relevant.size
}

export interface Quality {
  n: number
  'map@5': number
  mrr: number
  'p@1': number
  's@10': number
  'r@50': number
}

/** Means over all queries; zeros when there is none. */
export function qualityOf(judged: readonly Judged[]): Quality {
  const mean = (measure: (one: Judged) => number) =>
    judged.length === 0 ? 0 : judged.reduce((sum, one) => sum + measure(one), 0) / judged.length
  return {
    n: judged.length,
    'map@5': mean(averagePrecisionAt5),
    mrr: mean(reciprocalRank),
    'p@1': mean((one) => successAt(1, one)),
    's@10': mean((one) => successAt(10, one)),
    'r@50': mean((one) => recallAt(50, one)),
  }
}

/**
 * Chance that a query whose claim is in the pool is more confident than one whose claim was taken out; ties count half.
 * Source: Hanley and McNeil 1982, the rank-sum form.
 */
export function areaUnderCurve(present: readonly number[], absent: readonly number[]): number {
  const all = [
    ...present.map((score) => ({ score, here: true })),
    ...absent.map((score) => ({ score, here: false })),
  ]
  all.sort((a, b) => a.score - b.score)
  let rankSum = 0
  for (let start = 0; start < all.length; ) {
    let end = start
    while (end < all.length && all[end]!.score === all[start]!.score) end++
    const rank = (start + end + 1) / 2
    for (let at = start; at < end; at++) if (all[at]!.here) rankSum += rank
    start = end
  }
  const pairs = present.length * absent.length
  return pairs === 0 ? 0 : (rankSum - (present.length * (present.length + 1)) / 2) / pairs
}

/** The value below which `share` of the sorted values lie (nearest rank); 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0
}

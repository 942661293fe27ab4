/** Times of single calls, one after another on one core, after a first round that lets the machine warm up. */
import { percentile } from '#flows/evaluate/metrics.ts'

export interface Times {
  p50: number
  p99: number
  /** Calls a second. */
  rate: number
}

/** Every input once; `warmUp` of them are called before without being counted. */
export function time<T>(inputs: readonly T[], warmUp: number, call: (input: T) => unknown): Times {
  for (const input of inputs.slice(0, warmUp)) call(input)
  const times = inputs.map((input) => {
    const started = performance.now()
    call(input)
    return performance.now() - started
  })
  const total = times.reduce((sum, one) => sum + one, 0)
  return {
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    rate: (1_000 * times.length) / Math.max(total, 1e-9),
  }
}

/** Seconds of processor that `work` took. */
export async function processorSeconds(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Bytes of this process in memory once garbage is gone; needs --expose-gc. */
export function residentBytes(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage.rss()
}

/**
 * Times of single calls, one after another on one core, after a first round that lets the machine warm up. Each input is
 * asked in several rounds and counts with its least time: what other programs on the machine take is not the call's.
 */
import { percentile } from '#flows/evaluate/metrics.ts'

/** Rounds in which each input is asked. */
export const rounds = 3

export interface Times {
  p50: number
  p99: number
  /** Calls for each second of processor. */
  rate: number
  /** Over all rounds as they came. */
  wall: { p50: number; p99: number }
}

export function time<T>(inputs: readonly T[], call: (input: T) => unknown): Times {
  for (const input of inputs) call(input)
  const walls: number[] = []
  const least = inputs.map(() => Number.POSITIVE_INFINITY)
  const before = process.threadCpuUsage()
  for (let round = 0; round < rounds; round++) {
    for (const [at, input] of inputs.entries()) {
      const started = performance.now()
      call(input)
      const taken = performance.now() - started
      walls.push(taken)
      least[at] = Math.min(least[at]!, taken)
    }
  }
  const { user, system } = process.threadCpuUsage(before)
  return {
    p50: percentile(least, 0.5),
    p99: percentile(least, 0.99),
    rate: (1e6 * walls.length) / Math.max(user + system, 1),
    wall: { p50: percentile(walls, 0.5), p99: percentile(walls, 0.99) },
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

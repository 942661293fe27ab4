/** Time as fetching sees it: handed in, so that tests neither wait nor measure. */
import { setTimeout } from 'node:timers'

export interface FetchClock {
  /** Milliseconds of a clock that never goes back. */
  now(): number
  /** Runs something once later; the returned function calls it off. */
  after(delayMs: number, run: () => void): () => void
}

export const machineClock: FetchClock = {
  now: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

/** Resolves after the delay; rejects with the signal's reason when that is sooner. */
export function pause(clock: FetchClock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const stop = () => {
      callOff()
      reject(signal?.reason)
    }
    const callOff = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', stop)
      resolve()
    })
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/** Ends with the work's result or, when the signal is sooner, with its reason; the work itself may go on unheard. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

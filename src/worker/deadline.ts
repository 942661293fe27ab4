/** Bounds work in time, also work that does not listen to its signal. */

export type Outcome = { kind: 'done' } | { kind: 'failed'; cause: unknown } | { kind: 'late' }

/** After the signal, work has this long to end in its own way, with its own record of what happened. */
const graceMs = 5_000

/** Runs the work with a signal that fires at the deadline or on `stop`; never throws. Late work goes on unheard. */
export async function withDeadline(
  work: (signal: AbortSignal) => Promise<unknown>,
  deadlineMs: number,
  stop: AbortSignal,
): Promise<Outcome> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(deadlineMs)])
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Outcome>((resolve) => {
    const startGrace = () => {
      timer = setTimeout(() => resolve({ kind: 'late' }), Math.min(graceMs, deadlineMs))
    }
    if (signal.aborted) startGrace()
    else signal.addEventListener('abort', startGrace, { once: true })
  })
  const done = work(signal).then(
    (): Outcome => ({ kind: 'done' }),
    (cause: unknown): Outcome => ({ kind: 'failed', cause }),
  )
  try {
    return await Promise.race([done, late])
  } finally {
    clearTimeout(timer)
  }
}

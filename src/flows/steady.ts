/** Work whose end tells nothing of what it found: it is answered at the next of fixed times after its start. */
import { setTimeout as wait } from 'node:timers/promises'

/** Longer than reading a receipt takes on a small machine, and nothing that a person notices. */
const stepMs = 60

/** What `work` gives or throws, at a whole number of steps after the call. */
export async function steadily<T>(work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  try {
    return await work()
  } finally {
    const takenMs = performance.now() - startedAt
    await wait(Math.ceil(takenMs / stepMs) * stepMs - takenMs)
  }
}

/** Extends the log whenever something waits for it, and has people told of what is in it now. Any number of processes may do so: the log's own lock decides. */
import { setTimeout as wait } from 'node:timers/promises'
import { isAssayError } from '#domain/errors.ts'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import type { DatabaseNeeds } from '#flows/needs.ts'
import type { OpenedDatabase } from '#io/database/open.ts'
import { scheduleTelling } from './tasks.ts'

/** Looks again by itself, should a hint be lost. */
const pollMs = 1_000
/** After a failure, and while witnesses are missing. */
const retryMs = 5_000

/** The channel on which a publishing transaction says that an entry waits. */
const logChannel = 'log'

/** @throws conflict when the log must not be written: it says what to do */
export async function keepLogGrowing(
  needs: DatabaseNeeds,
  listen: OpenedDatabase['listen'],
): Promise<{ stop(): Promise<void> }> {
  await openLog(needs, needs.log)
  const stopping = new AbortController()
  let hint = new AbortController()
  const stopListening = listen(logChannel, () => hint.abort())

  const pause = async (ms: number) => {
    await wait(ms, undefined, { signal: AbortSignal.any([hint.signal, stopping.signal]) }).catch(() => {})
  }
  const grow = async () => {
    while (!stopping.signal.aborted) {
      // before the look: what comes while it looks is looked for again
      hint = new AbortController()
      try {
        const step = await extendLog(needs, needs.log)
        if (step === 'published') await scheduleTelling(needs)
        else await pause(step === 'idle' ? pollMs : retryMs)
      } catch (cause) {
        const reason = isAssayError(cause) ? { reason: cause.message } : { cause }
        needs.journal.warn('log not extended, trying again', reason)
        await pause(retryMs)
      }
    }
  }
  const ended = grow()
  return {
    async stop() {
      stopping.abort()
      await stopListening()
      await ended
    },
  }
}

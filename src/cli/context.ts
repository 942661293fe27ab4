/** What every command is handed: the process's edges, and the database opened and closed around its work. */

import { type Config, readConfig } from '#config.ts'
import { AssayError } from '#domain/errors.ts'
import type { DatabaseNeeds } from '#flows/needs.ts'
import { openJournal } from '#io/journal.ts'
import { openNeeds } from './open-needs.ts'

export interface CliContext {
  env: NodeJS.ProcessEnv
  /** Aborted by SIGINT, SIGTERM, SIGHUP, or when the process that started this one is gone. */
  signal: AbortSignal
  input: NodeJS.ReadableStream
  /** One line, or several, of the result. */
  out(text: string): void
  /** Progress and remarks, kept apart from the result. */
  note(text: string): void
  /** @throws invalid when a setting cannot be used */
  config(): Config
  /** Opens the database, brings it to this version, runs the work, and always closes. A signal ends it. */
  withDatabase<T>(work: (needs: DatabaseNeeds) => Promise<T>): Promise<T>
}

export function createContext(process: NodeJS.Process): CliContext {
  const signal = stopSignal(process)
  const config = () => readConfig(process.env)
  return {
    env: process.env,
    signal,
    input: process.stdin,
    out: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    config,
    withDatabase: async (work) => {
      const settings = config()
      // Beside a result, the operator wants to hear of trouble only, unless asked for more.
      const level = process.env.ASSAY_JOURNAL ? settings.journalLevel : 'warn'
      const opened = await openNeeds(settings, { journal: openJournal(level) })
      try {
        return await Promise.race([work(opened.needs), stopped(signal)])
      } finally {
        await opened.close()
      }
    },
  }
}

/** The second signal ends at once whatever still runs; a starter that lets go beside a signal does not count as one. */
function stopSignal(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController()
  let signals = 0
  const stop = () => {
    if (++signals > 1) process.exit(1)
    controller.abort()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop)
  if (process.connected) {
    process.on('disconnect', () => controller.abort())
    process.channel?.unref()
  }
  return controller.signal
}

function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(new AssayError('unavailable', 'Stopped before it was done; run it again.'))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

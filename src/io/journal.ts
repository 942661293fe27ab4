/** The journal: what the operator reads, one JSON object a line on stderr. Nothing of a reader's request goes in (promise 6). */
import pino from 'pino'
import type { JournalLevel } from '#config.ts'

type Facts = Record<string, unknown>

export interface Journal {
  debug(event: string, facts?: Facts): void
  info(event: string, facts?: Facts): void
  warn(event: string, facts?: Facts): void
  /** `facts.cause` takes what was thrown. */
  error(event: string, facts?: Facts): void
}

/** Written at once, so that the last lines before a crash are there. `write` stands in for stderr. */
export function openJournal(level: JournalLevel, write?: (line: string) => void): Journal {
  const options = {
    level,
    base: null,
    messageKey: 'event',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const lines = pino(options, write ? { write } : pino.destination({ dest: 2, sync: true }))
  const at =
    (name: Exclude<JournalLevel, 'silent'>) =>
    (event: string, facts: Facts = {}) =>
      lines[name]('cause' in facts ? { ...facts, cause: describeCause(facts.cause) } : facts, event)
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/**
 * Kind, code and place of an error. Quoted pieces of its message are left out: parsers and the database quote the data
 * that they fell over, and that can be what a person sent.
 */
export function describeCause(error: unknown): Facts {
  if (!(error instanceof Error)) return { kind: typeof error }
  const { name, message, stack = '', cause } = error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const from = stack
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, framesMax)
    .map((line) => line.trim())
  return {
    kind: name,
    code,
    message: message.replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '"…"').slice(0, messageMax),
    from,
    ...(cause === undefined ? {} : { cause: describeCause(cause) }),
  }
}

const framesMax = 8
const messageMax = 500

/** Politeness: one request at a time to a host, and a gap between them, however many ask. */
import { AssayError } from '#domain/errors.ts'
import { type FetchClock, pause } from './clock.ts'

export interface Turns {
  /**
   * Waits until the host may be asked. Whoever took a turn must end it.
   *
   * @throws unavailable when too many wait for the host; the signal's reason when it is sooner
   */
  take(host: string, signal?: AbortSignal): Promise<Turn>
}

export interface Turn {
  /** Lets the next one ask after the usual gap, or a longer one that the host asked for. Ending it again does nothing. */
  end(gapMs?: number): void
}

/** More wait for one host only when something is wrong. */
const waitingMax = 100
/** Hosts remembered; the idle ones beyond it are forgotten. */
const hostsMax = 1_000

interface Host {
  isBusy: boolean
  /** On the clock: not to be asked before. */
  readyAt: number
  waiting: { call(): void }[]
}

export function createTurns(clock: FetchClock, gapMs: number): Turns {
  const hosts = new Map<string, Host>()

  function hostOf(name: string): Host {
    const known = hosts.get(name)
    if (known) return known
    if (hosts.size >= hostsMax) {
      for (const [old, host] of hosts) if (!host.isBusy && host.readyAt <= clock.now()) hosts.delete(old)
    }
    const host: Host = { isBusy: false, readyAt: 0, waiting: [] }
    hosts.set(name, host)
    return host
  }

  function queue(host: Host, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const place = { call: () => done(resolve) }
      const leave = () => {
        host.waiting.splice(host.waiting.indexOf(place), 1)
        done(() => reject(signal?.reason))
      }
      const done = (then: () => void) => {
        signal?.removeEventListener('abort', leave)
        then()
      }
      if (signal?.aborted) return reject(signal.reason)
      signal?.addEventListener('abort', leave, { once: true })
      host.waiting.push(place)
    })
  }

  function end(host: Host, gap: number) {
    host.readyAt = Math.max(host.readyAt, clock.now() + gap)
    const next = host.waiting.shift()
    if (next) next.call()
    else host.isBusy = false
  }

  return {
    async take(name, signal) {
      signal?.throwIfAborted()
      const host = hostOf(name)
      if (host.waiting.length >= waitingMax) {
        throw new AssayError('unavailable', `Too much is waiting for ${name} already; try again later.`)
      }
      if (host.isBusy) await queue(host, signal)
      host.isBusy = true
      try {
        if (host.readyAt > clock.now()) await pause(clock, host.readyAt - clock.now(), signal)
      } catch (error) {
        end(host, 0)
        throw error
      }
      let isEnded = false
      return {
        end(gap = 0) {
          if (!isEnded) end(host, Math.max(gap, gapMs))
          isEnded = true
        },
      }
    },
  }
}

/**
 * Before receive-tip: so many at a time, so many in line, and the last to come are turned away first. While it is hot,
 * a program shows work and a form without script waits its turn. Nothing here knows who comes: no limit is anybody's.
 */
import { timingSafeEqual } from 'node:crypto'
import { AssayError } from '#domain/errors.ts'
import type { Keys } from '#io/keys.ts'
import { type Challenge, createTipProof } from './tip-proof.ts'

/** What a sender shows while the gate is hot. */
export interface TipPass {
  /** A solved challenge. */
  proof: string | null
  /** What a form was given to wait with. */
  ticket: string | null
}

export interface TipGate {
  /**
   * Runs the work when there is a place.
   * @throws unavailable when the line is full, rate_limited when it is hot and the pass does not hold
   */
  enter<T>(clientId: string, pass: TipPass, work: () => Promise<T>): Promise<T>
  /** Work for a program to do. */
  challenge(): Promise<Challenge>
  /** For a form: what to send again, and when. @throws unavailable when too many wait like that */
  ticket(clientId: string): { ticket: string; waitSeconds: number }
}

export const gateLimits = {
  /** At a time: each is a transaction, and reading needs connections too. */
  placesMax: 6,
  lineMax: 200,
  /** From here work is asked for. */
  hotLine: 60,
  /** Twice what a whole country's rumour has brought in tests, and half of what a small machine takes. */
  hotPerMinute: 6_000,
  /** It stays hot for so long after the last sign. */
  coolingMs: 60_000,
  /** Forms that wait are let in one after the other. */
  ticketEveryMs: 100,
  ticketWaitMinMs: 15_000,
  ticketWaitMaxMs: 10 * 60_000,
  /** From its time on. */
  ticketHoldsMs: 10 * 60_000,
} as const

export function createTipGate({ keys, now }: { keys: Keys; now: () => Date }): TipGate {
  const proofs = createTipProof(keys)
  const line: (() => void)[] = []
  let inside = 0
  let minute = { startedAt: 0, entered: 0 }
  let hotUntil = 0
  let nextTicketAt = 0

  function isHot(at: number): boolean {
    if (at - minute.startedAt >= 60_000) minute = { startedAt: at, entered: 0 }
    if (line.length >= gateLimits.hotLine || minute.entered >= gateLimits.hotPerMinute) {
      hotUntil = at + gateLimits.coolingMs
    }
    return at < hotUntil
  }

  async function isShown(clientId: string, { proof, ticket }: TipPass, at: number): Promise<boolean> {
    if (ticket !== null && holds(ticket, clientId, at)) return true
    return proof !== null && (await proofs.accepts(proof, new Date(at)))
  }

  function holds(ticket: string, clientId: string, at: number): boolean {
    const [, from, mac] = /^(\d{1,16})\.([\w-]{43})$/.exec(ticket) ?? []
    if (from === undefined || mac === undefined) return false
    const inTime = at >= Number(from) && at < Number(from) + gateLimits.ticketHoldsMs
    return inTime && timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(clientId, from)))
  }

  function macOf(clientId: string, from: string): string {
    return Buffer.from(keys.mac('throttle', `ticket ${from} ${clientId}`)).toString('base64url')
  }

  return {
    async enter(clientId, pass, work) {
      const at = now().getTime()
      if (isHot(at) && !(await isShown(clientId, pass, at))) {
        throw new AssayError(
          'rate_limited',
          'Very many messages are coming in: solve the challenge of GET /api/v1/tips/challenge, send it as "proof", or send it again in a few minutes.',
        )
      }
      if (line.length >= gateLimits.lineMax) {
        throw new AssayError(
          'unavailable',
          'Too many messages are coming in; send it again in a few seconds.',
        )
      }
      minute.entered++
      // A place that comes free is handed to the first in line, so the count of those inside stays.
      if (inside >= gateLimits.placesMax) await new Promise<void>((enter) => line.push(enter))
      else inside++
      try {
        return await work()
      } finally {
        const next = line.shift()
        if (next) next()
        else inside--
      }
    },
    challenge: () => proofs.challenge(now(), line.length >= gateLimits.hotLine),
    ticket(clientId) {
      const { ticketEveryMs, ticketWaitMinMs, ticketWaitMaxMs } = gateLimits
      const at = now().getTime()
      nextTicketAt = Math.max(at + ticketWaitMinMs, nextTicketAt + ticketEveryMs)
      if (nextTicketAt - at > ticketWaitMaxMs) {
        nextTicketAt -= ticketEveryMs
        throw new AssayError(
          'unavailable',
          'Too many messages are coming in; send it again in a few minutes.',
        )
      }
      const from = `${nextTicketAt}`
      return {
        ticket: `${from}.${macOf(clientId, from)}`,
        waitSeconds: Math.ceil((nextTicketAt - at) / 1000),
      }
    },
  }
}

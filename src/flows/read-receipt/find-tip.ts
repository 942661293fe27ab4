/**
 * A keyed hash → its tip. What comes in while one look-up is under way is looked for together in the next: a flood of
 * guesses costs the database one query at a time, and a rightful sender waits behind one of them, not behind them all.
 */
import type { Database } from '#io/database/open.ts'
import { findTipsOfMacs, type SealedTip, type TipMac } from '#io/database/tips/tips.ts'

/** Hashes of one query. */
const macsMax = 500

interface Waiting {
  mac: Uint8Array
  today: string
  done: PromiseWithResolvers<SealedTip | null>
}

const lines = new WeakMap<Database, Record<TipMac, { waiting: Waiting[]; busy: boolean }>>()

/** Null for what is unknown or has expired on or before `today`. */
export function findTip(
  db: Database,
  kind: TipMac,
  mac: Uint8Array,
  today: string,
): Promise<SealedTip | null> {
  const done = Promise.withResolvers<SealedTip | null>()
  const line = lineOf(db)[kind]
  line.waiting.push({ mac, today, done })
  if (!line.busy) void work(db, kind)
  return done.promise
}

function lineOf(db: Database) {
  const known = lines.get(db)
  if (known) return known
  const made = { receipt_mac: { waiting: [], busy: false }, feed_mac: { waiting: [], busy: false } }
  lines.set(db, made)
  return made
}

async function work(db: Database, kind: TipMac): Promise<void> {
  const line = lineOf(db)[kind]
  line.busy = true
  while (line.waiting.length > 0) {
    const taken = line.waiting.splice(0, macsMax)
    const macs = taken.map(({ mac }) => mac)
    await findTipsOfMacs(db, kind, macs, taken[0]!.today).then(
      (tips) => taken.forEach(({ done }, at) => void done.resolve(tips[at] ?? null)),
      (cause: unknown) => taken.forEach(({ done }) => void done.reject(cause)),
    )
  }
  line.busy = false
}

/**
 * feed → … → upsert → INDEX: first every review of the database, then what any process commits, within a second.
 * Meanwhile messages are answered from what is there.
 */
import type { OpenedDatabase } from '#io/database/open.ts'
import { createEngine } from '#matching/create-engine.ts'
import type { Engine } from '#matching/engine.ts'
import type { IndexState, Needs } from '../needs.ts'
import { createAlarm } from './alarm.ts'
import { applyChanges } from './apply-changes.ts'

export type IndexNeeds = Pick<Needs, 'db' | 'journal' | 'metrics' | 'clock'>

export interface LiveIndex {
  engine: Engine
  state: IndexState
  /** Resolves when every review of the database is in for the first time; never, when stopped before. */
  caughtUp: Promise<void>
  /** Stops following. */
  stop(): Promise<void>
}

/** A hint makes the next look come at once; without one, it comes after this. */
const lookEveryMs = 400
/** After a failed look: the database is away. */
const retryAfterMs = 1_000

/** `listen` as the opened database gives it. */
export function keepIndexCurrent(needs: IndexNeeds, listen: OpenedDatabase['listen']): LiveIndex {
  const engine = createEngine()
  let changeNumber = 0
  const state: IndexState = { ready: false, levelAt: null }
  const caughtUp = Promise.withResolvers<void>()
  const stopping = new AbortController()
  const alarm = createAlarm()
  const unlisten = listen('claim_reviews', alarm.ring)
  const following = follow()

  async function follow(): Promise<void> {
    let away = false
    while (!stopping.signal.aborted) {
      try {
        const applied = await applyChanges(needs.db, engine, changeNumber, stopping.signal)
        changeNumber = applied.changeNumber
        if (away) needs.journal.info('index follows the database again')
        away = false
        if (!applied.level) continue
        sayLevel()
        await alarm.wait(lookEveryMs)
      } catch (error) {
        if (!away) needs.journal.warn('index cannot follow the database', { cause: error })
        away = true
        await alarm.wait(retryAfterMs)
      }
    }
  }

  function sayLevel(): void {
    state.levelAt = needs.clock.now()
    needs.metrics.indexLevelAt.set(state.levelAt.getTime() / 1000)
    needs.metrics.indexSize.set(engine.size)
    if (state.ready) return
    state.ready = true
    needs.metrics.indexReady.set(1)
    needs.journal.info('index holds every review', { reviews: engine.size })
    caughtUp.resolve()
  }

  return {
    engine,
    state,
    caughtUp: caughtUp.promise,
    stop: async () => {
      stopping.abort()
      alarm.ring()
      await unlisten()
      await following
    },
  }
}

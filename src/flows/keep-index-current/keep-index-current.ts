/**
 * feed → … → upsert → INDEX: first the snapshot on disk and every review of the database that is not in it, then what
 * any process commits, within a second. Meanwhile messages are answered from what is there.
 */
import type { OpenedDatabase } from '#io/database/open.ts'
import type { Engine } from '#matching/engine.ts'
import type { IndexState, Needs } from '../needs.ts'
import { createAlarm } from './alarm.ts'
import { applyChanges } from './apply-changes.ts'
import { followVectors } from './follow-vectors.ts'
import { openSnapshot } from './snapshot.ts'

export type IndexNeeds = Pick<Needs, 'config' | 'db' | 'journal' | 'metrics' | 'clock' | 'embedder'>

export interface LiveIndex {
  engine: Engine
  state: IndexState
  /** Resolves when every review of the database is in for the first time; never, when stopped before. */
  caughtUp: Promise<void>
  /** Resolves when meaning is compared as well as it can be: at once without an embedder. */
  vectorsCaughtUp: Promise<void>
  /** Stops following, and writes the snapshot when it is worth it. */
  stop(): Promise<void>
}

/** A hint makes the next look come at once; without one, it comes after this. */
const lookEveryMs = 400
/** After a failed look: the database is away. */
const retryAfterMs = 1_000
/** Changes since the last snapshot, as a share of the index, that are worth a new one: while running, and at the stop. */
const shareToSave = { running: 0.05, stopping: 0.01 } as const
/** Fewer changes than this are read again sooner than written. */
const changesToSaveMin = { running: 2_000, stopping: 1 } as const

/** `listen` as the opened database gives it. */
export async function keepIndexCurrent(
  needs: IndexNeeds,
  listen: OpenedDatabase['listen'],
): Promise<LiveIndex> {
  const vectors = followVectors(needs)
  const snapshot = openSnapshot(needs, vectors?.table)
  const held = await snapshot.load()
  const { engine } = held
  let savedNumber = held.changeNumber
  let saving: Promise<void> = Promise.resolve()
  let isSaving = false
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
        const applied = await applyChanges(needs.db, engine, held.changeNumber, stopping.signal)
        held.changeNumber = applied.changeNumber
        if (away) needs.journal.info('index follows the database again')
        away = false
        if (!applied.level) continue
        sayLevel()
        save('running')
        if (vectors && (await vectors.readMore(held.changeNumber))) continue
        await alarm.wait(lookEveryMs)
      } catch (error) {
        if (!away) needs.journal.warn('index cannot follow the database', { cause: error })
        away = true
        await alarm.wait(retryAfterMs)
      }
    }
  }

  /** Beside the following, which goes on meanwhile. */
  function save(when: 'running' | 'stopping'): void {
    const changes = held.changeNumber - savedNumber
    if (isSaving || changes < Math.max(changesToSaveMin[when], shareToSave[when] * engine.size)) return
    savedNumber = held.changeNumber
    isSaving = true
    saving = snapshot.save({ ...held }).finally(() => {
      isSaving = false
    })
  }

  function sayLevel(): void {
    state.levelAt = needs.clock.now()
    needs.metrics.indexLevelAt.set(state.levelAt.getTime() / 1000)
    needs.metrics.indexSize.set(engine.size)
    sayMemory()
    if (vectors) {
      needs.metrics.vectorsHeld.set(vectors.table.size)
      needs.metrics.vectorsMissing.set(engine.size - vectors.table.size)
    }
    if (state.ready) return
    state.ready = true
    needs.metrics.indexReady.set(1)
    needs.journal.info('index holds every review', { reviews: engine.size })
    caughtUp.resolve()
  }

  function sayMemory(): void {
    let sum = 0
    for (const [part, bytes] of Object.entries(engine.memory())) {
      needs.metrics.indexBytes.set({ part }, bytes)
      sum += bytes
    }
    needs.metrics.indexBytesPerReview.set(sum / Math.max(1, engine.size))
  }

  return {
    engine,
    state,
    caughtUp: caughtUp.promise,
    vectorsCaughtUp: vectors?.caughtUp ?? Promise.resolve(),
    stop: async () => {
      stopping.abort()
      alarm.ring()
      await unlisten()
      await following
      await vectors?.stop()
      await saving
      save('stopping')
      await saving
    },
  }
}

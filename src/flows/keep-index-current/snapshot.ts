/** The index on disk: what a start reads instead of every review of the database. Only a copy; without it, all is read. */
import { join } from 'node:path'
import { openDiskBlobs } from '#io/blobs/disk.ts'
import { getChangeNumber, getDatabaseIdentity } from '#io/database/claim-review-changes.ts'
import { createEngine, readEngine } from '#matching/create-engine.ts'
import type { Engine } from '#matching/engine.ts'
import type { VectorTable } from '#matching/meaning/vector-table.ts'
import type { Needs } from '../needs.ts'

const path = 'reviews.snapshot'

/** An engine, and the number of the last change that it has. */
export interface Held {
  engine: Engine
  changeNumber: number
}

export interface KeptSnapshot {
  /** The engine of the snapshot, or an empty one when there is none or it is not this database's and whole. */
  load(): Promise<Held>
  /** Writes the engine as it is at this moment. */
  save(held: Held): Promise<void>
}

/** @param vectors what the engine compares meaning by; absent: nothing */
export function openSnapshot(
  { config, db, journal }: Pick<Needs, 'config' | 'db' | 'journal'>,
  vectors?: VectorTable,
): KeptSnapshot {
  const blobs = openDiskBlobs(join(config.dataFolder, 'index'))
  return {
    async load() {
      const started = performance.now()
      const held = await read()
      if (typeof held === 'object') {
        const ms = Math.round(performance.now() - started)
        journal.info('index read from its snapshot', { reviews: held.engine.size, ms })
        return held
      }
      if (held !== 'absent') journal.warn(`index is built anew: ${held}`)
      return { engine: createEngine({ vectors }), changeNumber: 0 }
    },
    async save({ engine, changeNumber }) {
      try {
        const database = await getDatabaseIdentity(db)
        await blobs.replace(path, engine.snapshot({ database, changeNumber }))
      } catch (error) {
        journal.warn('index snapshot cannot be written; the next start reads every review', { cause: error })
      }
    },
  }

  /** The held index, or why there is none, in words. */
  async function read(): Promise<Held | string> {
    const bytes = await blobs.read(path)
    if (bytes === null) return 'absent'
    const parsed = readEngine(bytes, { vectors })
    if (!parsed.ok) return parsed.problems[0]!.message
    const { engine, stamp } = parsed.value
    if (stamp.database !== (await getDatabaseIdentity(db))) return 'the snapshot is of another database'
    if (stamp.changeNumber > (await getChangeNumber(db))) return 'the snapshot is newer than the database'
    return { engine, changeNumber: stamp.changeNumber }
  }
}

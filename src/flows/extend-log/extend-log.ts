/**
 * The log's life: pending entries get their index and a signed checkpoint (the point of no return), their tiles and
 * bundles are written, witnesses cosign, and the checkpoint goes out. Only then an entry is published.
 *
 * Order, and why a crash anywhere is safe: what follows the point of no return is a function of committed rows and can
 * be done again, by this process or another; files are created once and must be identical; the checkpoint is replaced
 * at once, under the lock of the state's row, and never by a smaller one.
 */
import { AssayError } from '#domain/errors.ts'
import { formatCheckpoint, parseCheckpoint } from '#formats/tlog/checkpoint.ts'
import { emptyRoot, sameBytes } from '#formats/tlog/hash.ts'
import { formatNote, openNote } from '#formats/tlog/note.ts'
import { signNote, verifierOf } from '#formats/tlog/signatures.ts'
import { extend, rootOf, tileWidth } from '#formats/tlog/tiles.ts'
import {
  findLogState,
  insertLogState,
  type LogState,
  listLogEntries,
  listPendingEntries,
  publishEntries,
  sequenceEntries,
  updateLogState,
} from '#io/database/log/log-entries.ts'
import type { LogPlace } from '../log-place.ts'
import type { Needs } from '../needs.ts'
import { readEdge, writeGrowth } from './log-files.ts'
import { gatherCosignatures } from './witnesses.ts'

type LogNeeds = Pick<Needs, 'db' | 'clock' | 'fetcher' | 'journal'>

/** Entries that one checkpoint adds at most: bounds the memory and the time of a step. */
const entriesPerCheckpoint = 4_096

const checkpointPath = 'checkpoint'

/** `idle`: nothing waits. `published`: a checkpoint went out. `waiting`: not enough witnesses have signed; call again. */
export type LogStep = 'idle' | 'published' | 'waiting'

/** Begins the log, or checks that the database and the files go together. @throws conflict when they must not be written */
export async function openLog({ db }: Pick<Needs, 'db'>, place: LogPlace): Promise<void> {
  const state = await findLogState(db)
  const published = await readPublished(place)
  if (state === null) {
    if (published !== null) {
      throw new AssayError(
        'conflict',
        `The log's files hold ${published.size} entries but the database none; restore the database, or run assay log recover.`,
      )
    }
    const checkpoint = signCheckpoint(place, 0, emptyRoot)
    const first = {
      origin: place.origin,
      size: 0,
      root: emptyRoot,
      checkpoint,
      publishedSize: 0,
      publishedCheckpoint: null,
    }
    await db.transaction().execute((tx) => insertLogState(tx, first))
    return
  }
  if (state.origin !== place.origin) {
    throw new AssayError(
      'conflict',
      `The log is ${state.origin}, not ${place.origin}; set ASSAY_LOG_ORIGIN back.`,
    )
  }
  if (published === null) return
  if (published.size > state.size) {
    throw new AssayError(
      'conflict',
      `The published log has ${published.size} entries, the database only ${state.size}: it is older than the log. Restore a newer backup, or run assay log recover.`,
    )
  }
  if (published.size === state.size && !sameBytes(published.root, state.root)) {
    throw new AssayError(
      'conflict',
      `The published log of ${state.size} entries has another root than the database; run assay fsck.`,
    )
  }
}

/** One step of the log's life. Safe to call at any time, from any number of processes. */
export async function extendLog(needs: LogNeeds, place: LogPlace): Promise<LogStep> {
  const state = await sequence(needs, place)
  if (state.publishedCheckpoint !== null && state.publishedSize === state.size) return 'idle'
  await writeFiles(needs, place, state)
  const cosignatures = await gatherCosignatures(needs, place, state)
  if (cosignatures === null) return 'waiting'
  await publish(needs, place, state, state.checkpoint + cosignatures)
  return 'published'
}

/** Gives pending entries their places and signs for them, once the last checkpoint is out. */
async function sequence({ db, journal }: LogNeeds, place: LogPlace): Promise<LogState> {
  return db.transaction().execute(async (tx) => {
    const state = await findLogState(tx, 'lock')
    if (state === null) throw new AssayError('unavailable', 'The log has not begun; start assay serve.')
    if (state.publishedCheckpoint === null || state.publishedSize < state.size) return state
    const pending = await listPendingEntries(tx, entriesPerCheckpoint)
    if (pending.length === 0) return state
    const leaves = pending.map((entry) => entry.leafHash)
    const { edge } = extend(await readEdge(place.files, state.size), leaves)
    const root = rootOf(edge)
    await sequenceEntries(tx, leaves, state.size)
    const next = { ...state, size: edge.size, root, checkpoint: signCheckpoint(place, edge.size, root) }
    await updateLogState(tx, state, next)
    journal.debug('log sequenced', { size: next.size })
    return next
  })
}

async function writeFiles({ db }: LogNeeds, place: LogPlace, state: LogState): Promise<void> {
  const from = state.publishedSize
  const entries = await listLogEntries(db, from - (from % tileWidth), state.size)
  const edge = await writeGrowth(
    place.files,
    await readEdge(place.files, from),
    entries.map((entry) => entry.bytes),
  )
  if (edge.size !== state.size || !sameBytes(rootOf(edge), state.root)) {
    throw new AssayError(
      'conflict',
      `The database no longer holds the ${state.size} entries that were signed; run assay fsck.`,
    )
  }
}

async function publish(
  { db, clock, journal }: LogNeeds,
  place: LogPlace,
  state: LogState,
  checkpoint: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const now = await findLogState(tx, 'lock')
    // another process was quicker: what it has put out is this checkpoint or a later one
    if (now === null || now.checkpoint !== state.checkpoint || now.publishedSize !== state.publishedSize)
      return
    if (now.publishedCheckpoint !== null && now.publishedSize === now.size) return
    await place.files.replace(checkpointPath, new TextEncoder().encode(checkpoint))
    await publishEntries(tx, state.size, clock.now())
    await updateLogState(tx, now, { ...now, publishedSize: now.size, publishedCheckpoint: checkpoint })
  })
  journal.info('log published', { size: state.size })
}

function signCheckpoint(place: LogPlace, size: number, root: Uint8Array): string {
  const text = formatCheckpoint({ origin: place.origin, size, root })
  return formatNote({ text, signatures: [signNote(place.signer, text)] })
}

/** The checkpoint that the world reads; null when there is none. @throws conflict when it is not ours */
async function readPublished(place: LogPlace): Promise<{ size: number; root: Uint8Array } | null> {
  const bytes = await place.files.read(checkpointPath)
  if (bytes === null) return null
  const note = openNote(bytes, [verifierOf(place.verifier)!])
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note
  if (!checkpoint.ok) {
    throw new AssayError(
      'conflict',
      `The published checkpoint is not signed by this log's key: ${checkpoint.problems[0]!.message}.`,
    )
  }
  return checkpoint.value
}

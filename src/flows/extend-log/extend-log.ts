/**
 * The log's life: pending entries get their index and a signed checkpoint (the point of no return), their tiles and
 * bundles are written, witnesses cosign, and the checkpoint goes out. Only then an entry is published.
 *
 * Order, and why a crash anywhere is safe: what follows the point of no return is a function of committed rows and can
 * be done again, by this process or another; files are created once and must be identical; the checkpoint is replaced
 * at once, under the lock of the state's row, and never by a smaller one.
 */
import { AssayError } from '#domain/errors.ts'
import { sameBytes } from '#formats/tlog/hash.ts'
import { signCheckpoint } from '#formats/tlog/signatures.ts'
import { extend, rootOf, tileWidth } from '#formats/tlog/tiles.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import {
  listLogEntries,
  listPendingEntries,
  publishEntries,
  sequenceEntries,
} from '#io/database/log/log-entries.ts'
import { findLogState, type LogState, updateLogState } from '#io/database/log/log-state.ts'
import type { LogPlace } from '../log-place.ts'
import type { Needs } from '../needs.ts'
import { readEdge, writeGrowth, writeVerifier } from './log-files.ts'
import { signerOfLog } from './open-log.ts'
import { gatherCosignatures } from './witnesses.ts'

export type LogNeeds = Pick<Needs, 'db' | 'clock' | 'fetcher' | 'journal'>

/** Entries that one checkpoint adds at most: bounds the memory and the time of a step. */
const entriesPerCheckpoint = 4_096

const checkpointPath = 'checkpoint'

/** `idle`: nothing waits. `published`: a checkpoint went out. `waiting`: not enough witnesses have signed; call again. */
export type LogStep = 'idle' | 'published' | 'waiting'

/** One step of the log's life. Safe to call at any time, from any number of processes. */
export async function extendLog(needs: LogNeeds, place: LogPlace): Promise<LogStep> {
  return publishSigned(needs, place, await sequence(needs, place))
}

/** Brings out what is signed already, without signing more. */
export async function publishSigned(needs: LogNeeds, place: LogPlace, state: LogState): Promise<LogStep> {
  if (isOut(state)) return 'idle'
  const files = place.filesOf(state.number)
  if (state.publishedSize === 0) await writeVerifier(files, await place.verifierOf(state.number))
  await writeFiles(needs, files, state)
  const cosignatures = await gatherCosignatures(needs, { files, policy: place.policy }, state)
  if (cosignatures === null) return 'waiting'
  await publish(needs, files, state, state.checkpoint + cosignatures)
  return 'published'
}

/** Whether the last checkpoint that we signed is the one that the world reads. */
export function isOut(state: LogState): state is LogState & { publishedCheckpoint: string } {
  return state.publishedCheckpoint !== null && state.publishedSize === state.size
}

/** Gives pending entries their places and signs for them, once the last checkpoint is out. */
async function sequence({ db, journal }: LogNeeds, place: LogPlace): Promise<LogState> {
  return db.transaction().execute(async (tx) => {
    const state = await findLogState(tx, 'lock')
    if (state === null) throw new AssayError('unavailable', 'The log has not begun; start assay serve.')
    if (!isOut(state)) return state
    const pending = await listPendingEntries(tx, entriesPerCheckpoint)
    if (pending.length === 0) return state
    const signer = await signerOfLog(place, state)
    const leaves = pending.map((entry) => entry.leafHash)
    const { edge } = extend(await readEdge(place.filesOf(state.number), state.size), leaves)
    const root = rootOf(edge)
    await sequenceEntries(tx, state.number, leaves, state.size)
    const next = { ...state, size: edge.size, root, checkpoint: signCheckpoint(signer, edge.size, root) }
    await updateLogState(tx, state, next)
    journal.debug('log sequenced', { size: next.size })
    return next
  })
}

async function writeFiles({ db }: LogNeeds, files: BlobStore, state: LogState): Promise<void> {
  const from = state.publishedSize
  const entries = await listLogEntries(db, state.number, from - (from % tileWidth), state.size)
  const edge = await writeGrowth(
    files,
    await readEdge(files, from),
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
  files: BlobStore,
  state: LogState,
  checkpoint: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const now = await findLogState(tx, 'lock')
    // another process was quicker: what it has put out is this checkpoint or a later one
    if (now === null || now.checkpoint !== state.checkpoint || now.publishedSize !== state.publishedSize)
      return
    if (isOut(now)) return
    await files.replace(checkpointPath, new TextEncoder().encode(checkpoint))
    await publishEntries(tx, state.number, { from: now.publishedSize, to: state.size }, clock.now())
    await updateLogState(tx, now, { ...now, publishedSize: now.size, publishedCheckpoint: checkpoint })
  })
  journal.info('log published', { size: state.size })
}

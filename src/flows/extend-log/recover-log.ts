/** `assay log recover`: takes the log's rows from its files, when the database is older than what was published. */
import { AssayError } from '#domain/errors.ts'
import { parseLogEntry } from '#domain/log-entry.ts'
import { parseBundle } from '#formats/tlog/bundles.ts'
import { leafHash, sameBytes } from '#formats/tlog/hash.ts'
import { parseNote } from '#formats/tlog/note.ts'
import { signCheckpoint, verifierOf } from '#formats/tlog/signatures.ts'
import { bundlePath, bundlesOf, tileWidth } from '#formats/tlog/tiles.ts'
import { verifyLog } from '#formats/tlog/verify-log.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import { listLogEntries, upsertPublishedEntries } from '#io/database/log/log-entries.ts'
import {
  findLogState,
  insertLogState,
  type LogState,
  updateLogState,
  upsertLog,
} from '#io/database/log/log-state.ts'
import type { Tx } from '#io/database/schema.ts'
import type { LogPlace } from '../log-place.ts'
import type { Needs } from '../needs.ts'
import { findServedLog } from '../served-logs.ts'
import { findProvedCheckpoint, type ProvedCheckpoint } from './proved-checkpoint.ts'

/**
 * Verifies the files first, and adds to the database the entries that it lacks. What they stand for (texts, evidence) is
 * not in the log: `assay fsck` then names what is missing.
 * @throws conflict when the files are damaged, or when the database holds other entries at the same places
 */
export async function recoverLog(
  { db, clock }: Pick<Needs, 'db' | 'clock'>,
  place: LogPlace,
): Promise<{ size: number; added: number }> {
  const newest = await findServedLog(place)
  if (newest === null) throw new AssayError('conflict', 'There are no files of a log here to recover from.')
  const logs = await Promise.all(Array.from({ length: newest }, (_, at) => readLog(place, at + 1, newest)))
  const { size, root, origin } = logs.at(-1)!
  const signer = await place.signerOf(newest)
  if (signer.name !== origin)
    throw new AssayError('conflict', `The log is ${origin}, its key here is of ${signer.name}.`)
  const published = new TextDecoder().decode((await place.filesOf(newest).read('checkpoint'))!)
  return db.transaction().execute(async (tx) => {
    const state = await findLogState(tx, 'lock')
    refuseNewerDatabase(state, { number: newest, size })
    let added = 0
    for (const [at, log] of logs.entries())
      added += await addEntries(tx, place.filesOf(at + 1), at + 1, log, clock.now())
    const next: LogState = {
      number: newest,
      origin,
      size,
      root,
      checkpoint: signCheckpoint(signer, size, root),
      publishedSize: size,
      publishedCheckpoint: published,
    }
    if (state === null) await insertLogState(tx, next)
    else await updateLogState(tx, state, next)
    return { size, added }
  })
}

async function readLog(place: LogPlace, number: number, newest: number): Promise<ProvedCheckpoint> {
  const report = await verifyLog(place.filesOf(number).read, [verifierOf(await place.verifierOf(number))!])
  const proved = report.problem === null ? await findProvedCheckpoint(place, number, newest) : null
  if (proved !== null) return proved
  const { path, message } = report.problem ?? {
    path: 'checkpoint',
    message: 'the next log does not begin with it',
  }
  throw new AssayError(
    'conflict',
    `The files of log ${number} are damaged: ${path}: ${message}. Restore them first.`,
  )
}

function refuseNewerDatabase(state: LogState | null, files: { number: number; size: number }): void {
  if (state === null || state.number < files.number) return
  if (state.number > files.number || state.size > files.size) {
    throw new AssayError(
      'conflict',
      `The database knows ${state.size} entries, the files ${files.size}; nothing is to be recovered, start assay serve.`,
    )
  }
}

async function addEntries(
  tx: Tx,
  files: BlobStore,
  number: number,
  { origin, size }: ProvedCheckpoint,
  now: Date,
): Promise<number> {
  await upsertLog(tx, { number, origin })
  let added = 0
  for (const { index, width } of bundlesOf(size)) {
    const bytes =
      (await files.read(bundlePath(index, width))) ?? (await files.read(bundlePath(index, tileWidth)))
    const entries = bytes === null ? null : parseBundle(bytes, width)
    if (entries === null)
      throw new AssayError('conflict', `The log's file ${bundlePath(index, width)} is damaged.`)
    const first = index * tileWidth
    const known = await listLogEntries(tx, number, first, first + width)
    if (known.some((entry) => !sameBytes(entry.bytes, entries[entry.index! - first]!))) {
      throw new AssayError(
        'conflict',
        `The database holds other entries than ${bundlePath(index, width)}; it belongs to another log.`,
      )
    }
    const rows = entries.map((entry, at) => rowOf(entry, number > 1 && first + at === 0))
    await upsertPublishedEntries(tx, number, rows, first, now)
    added += width - known.length
  }
  return added
}

/** `isFirst`: of a later log, where the last checkpoint of the one before stands. */
function rowOf(bytes: Uint8Array, isFirst: boolean) {
  const leaf = leafHash(bytes)
  if (isFirst && parseNote(bytes).ok)
    return { leafHash: leaf, bytes, kind: 'rotation' as const, claimReviewId: null }
  const entry = parseLogEntry(bytes)
  if (!entry.ok)
    throw new AssayError(
      'conflict',
      'The log holds an entry that is not one of Assay; it cannot be recovered here.',
    )
  return { leafHash: leaf, bytes, kind: entry.value.kind, claimReviewId: entry.value.id }
}

/** `assay log recover`: takes the log's rows from its files, when the database is older than what was published. */
import { AssayError } from '#domain/errors.ts'
import { parseLogEntry } from '#domain/log-entry.ts'
import { parseBundle } from '#formats/tlog/bundles.ts'
import { formatCheckpoint } from '#formats/tlog/checkpoint.ts'
import { leafHash, sameBytes } from '#formats/tlog/hash.ts'
import { formatNote } from '#formats/tlog/note.ts'
import { signNote, verifierOf } from '#formats/tlog/signatures.ts'
import { bundlePath, bundlesOf, tileWidth } from '#formats/tlog/tiles.ts'
import { verifyLog } from '#formats/tlog/verify-log.ts'
import {
  findLogState,
  insertLogState,
  type LogState,
  listLogEntries,
  updateLogState,
  upsertPublishedEntries,
} from '#io/database/log/log-entries.ts'
import type { LogPlace } from '../log-place.ts'
import type { Needs } from '../needs.ts'

/**
 * Verifies the files first, and adds to the database the entries that it lacks. What they stand for (texts, evidence) is
 * not in the log: `assay fsck` then names what is missing.
 * @throws conflict when the files are damaged, or when the database holds other entries at the same places
 */
export async function recoverLog(
  { db, clock }: Pick<Needs, 'db' | 'clock'>,
  place: LogPlace,
): Promise<{ size: number; added: number }> {
  const report = await verifyLog(place.files.read, [verifierOf(place.verifier)!])
  if (report.problem !== null || report.checkpoint === null) {
    throw new AssayError(
      'conflict',
      `The log's files are damaged: ${report.problem?.path}: ${report.problem?.message}. Restore them first.`,
    )
  }
  const { size, root } = report.checkpoint
  const note = (await place.files.read('checkpoint'))!
  return db.transaction().execute(async (tx) => {
    const state = await findLogState(tx, 'lock')
    if (state !== null && state.size > size) {
      throw new AssayError(
        'conflict',
        `The database knows ${state.size} entries, the files ${size}; nothing is to be recovered, start assay serve.`,
      )
    }
    let added = 0
    for (const { index, width } of bundlesOf(size)) {
      const bytes =
        (await place.files.read(bundlePath(index, width))) ??
        (await place.files.read(bundlePath(index, tileWidth)))
      const entries = bytes === null ? null : parseBundle(bytes, width)
      if (entries === null)
        throw new AssayError('conflict', `The log's file ${bundlePath(index, width)} is damaged.`)
      const first = index * tileWidth
      const known = await listLogEntries(tx, first, first + width)
      if (known.some((entry) => !sameBytes(entry.bytes, entries[entry.index! - first]!))) {
        throw new AssayError(
          'conflict',
          `The database holds other entries than ${bundlePath(index, width)}; it belongs to another log.`,
        )
      }
      await upsertPublishedEntries(tx, entries.map(rowOf), first, clock.now())
      added += width - known.length
    }
    const text = formatCheckpoint({ origin: place.origin, size, root })
    const next: LogState = {
      origin: place.origin,
      size,
      root,
      checkpoint: formatNote({ text, signatures: [signNote(place.signer, text)] }),
      publishedSize: size,
      publishedCheckpoint: new TextDecoder().decode(note),
    }
    if (state === null) await insertLogState(tx, next)
    else await updateLogState(tx, state, next)
    return { size, added }
  })
}

function rowOf(bytes: Uint8Array) {
  const entry = parseLogEntry(bytes)
  if (!entry.ok)
    throw new AssayError(
      'conflict',
      'The log holds an entry that is not one of Assay; it cannot be recovered here.',
    )
  return { leafHash: leafHash(bytes), bytes, kind: entry.value.kind, claimReviewId: entry.value.id }
}

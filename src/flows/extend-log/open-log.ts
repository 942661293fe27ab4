/** Before the log is written: it begins here, or database, key and files are shown to go together. */
import { AssayError } from '#domain/errors.ts'
import { parseCheckpoint } from '#formats/tlog/checkpoint.ts'
import { emptyRoot, sameBytes } from '#formats/tlog/hash.ts'
import type { SignerKey } from '#formats/tlog/keys.ts'
import { openNote, parseNote } from '#formats/tlog/note.ts'
import { signCheckpoint, verifierKeyOf, verifierOf } from '#formats/tlog/signatures.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import { findLogState, insertLogState, type LogState, updateLogState } from '#io/database/log/log-state.ts'
import type { LogPlace } from '../log-place.ts'
import type { Needs } from '../needs.ts'
import { writeVerifier } from './log-files.ts'

/**
 * Begins the log, or checks that the database and the files go together. Files that are behind the database, or gone,
 * are written again by the next step. @throws conflict when they must not be written
 */
export async function openLog({ db }: Pick<Needs, 'db'>, place: LogPlace): Promise<void> {
  if ((await findLogState(db)) === null) await begin({ db }, place)
  // under the lock nobody publishes, so that rows and files are of one moment
  await db.transaction().execute(async (tx) => {
    const state = (await findLogState(tx, 'lock'))!
    if (place.chosenOrigin !== null && place.chosenOrigin !== state.origin) {
      throw new AssayError('invalid', `The log is ${state.origin}; set ASSAY_LOG_ORIGIN=${state.origin}.`)
    }
    const signer = await signerOfLog(place, state)
    refuseOtherKey(signer, state)
    await refuseLaterLog(place, state)
    const files = place.filesOf(state.number)
    await writeVerifier(files, verifierKeyOf(signer))
    const published = await readPublished(files, signer)
    if (published !== null) refuseNewerFiles(published, state)
    if (state.publishedCheckpoint !== null && (published?.size ?? -1) < state.publishedSize) {
      await updateLogState(tx, state, { ...state, publishedSize: 0, publishedCheckpoint: null })
    }
  })
}

/** The private key of the log that is written. @throws conflict when another one is here */
export async function signerOfLog(
  place: LogPlace,
  { number, origin }: Pick<LogState, 'number' | 'origin'>,
): Promise<SignerKey> {
  const signer = await place.signerOf(number)
  if (signer.name === origin) return signer
  throw new AssayError(
    'conflict',
    `The log is ${origin}, its key here is of ${signer.name}; set ASSAY_LOG_KEY to the key of ${origin}.`,
  )
}

async function begin({ db }: Pick<Needs, 'db'>, place: LogPlace): Promise<void> {
  const files = place.filesOf(1)
  const bytes = await files.read('checkpoint')
  if (bytes !== null) {
    const { size } = readCheckpoint(bytes)
    throw new AssayError(
      'conflict',
      `The log's files hold ${size} entries but the database none; restore the database, or run assay log recover.`,
    )
  }
  const signer = await place.signerOf(1)
  if (place.chosenOrigin !== null && place.chosenOrigin !== signer.name) {
    throw new AssayError(
      'invalid',
      `The log's key is of ${signer.name}; set ASSAY_LOG_ORIGIN=${signer.name} or give the key of ${place.chosenOrigin}.`,
    )
  }
  const first: LogState = {
    number: 1,
    origin: signer.name,
    size: 0,
    root: emptyRoot,
    checkpoint: signCheckpoint(signer, 0, emptyRoot),
    publishedSize: 0,
    publishedCheckpoint: null,
  }
  await db.transaction().execute((tx) => insertLogState(tx, first))
}

/** A key of the same name that is another key would fork the log. */
function refuseOtherKey(signer: SignerKey, state: LogState): void {
  const note = openNote(new TextEncoder().encode(state.checkpoint), [verifierOf(verifierKeyOf(signer))!])
  if (note.ok) return
  throw new AssayError(
    'conflict',
    `The key here is not the one that has signed the log ${state.origin} so far; put that back, or change the key with assay log rotate.`,
  )
}

/** A later log in the files is one that this database does not know yet. */
async function refuseLaterLog(place: LogPlace, state: LogState): Promise<void> {
  const bytes = await place.filesOf(state.number + 1).read('checkpoint')
  if (bytes === null) return
  const { origin, size } = readCheckpoint(bytes)
  throw new AssayError(
    'conflict',
    `The files hold the log ${origin} of ${size} entries, the database only its predecessor ${state.origin} of ${state.size}: it is older than the log. Restore a newer backup, or run assay log recover.`,
  )
}

function refuseNewerFiles(published: { size: number; root: Uint8Array }, state: LogState): void {
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

/** The checkpoint that the world reads; null when there is none. @throws conflict when it is not ours */
async function readPublished(files: BlobStore, signer: SignerKey) {
  const bytes = await files.read('checkpoint')
  if (bytes === null) return null
  const note = openNote(bytes, [verifierOf(verifierKeyOf(signer))!])
  if (note.ok) return readCheckpoint(bytes)
  throw new AssayError(
    'conflict',
    `The published checkpoint is not signed by this log's key: ${note.problems[0]!.message}.`,
  )
}

/** Whoever signed it. @throws conflict when it is none */
function readCheckpoint(bytes: Uint8Array) {
  const note = parseNote(bytes)
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note
  if (checkpoint.ok) return checkpoint.value
  throw new AssayError('conflict', `The published checkpoint is damaged: ${checkpoint.problems[0]!.message}.`)
}

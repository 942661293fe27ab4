/**
 * The checkpoint of a log that the world can read, believed only as far as it is proved: the newest log by its key; an
 * earlier one because it is the first entry of the next, whatever became of its own key.
 */
import { parseBundle } from '#formats/tlog/bundles.ts'
import { parseCheckpoint } from '#formats/tlog/checkpoint.ts'
import { type Hash, leafHash } from '#formats/tlog/hash.ts'
import { inclusionProof, verifyInclusion } from '#formats/tlog/merkle.ts'
import { type NoteVerifier, openNote, parseNote } from '#formats/tlog/note.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { bundlePath, tileWidth } from '#formats/tlog/tiles.ts'
import { openCheckpoint } from '#formats/tlog/verify-log.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import type { LogPlace } from '../log-place.ts'
import { nodeReader } from './log-files.ts'

export interface ProvedCheckpoint {
  origin: string
  size: number
  root: Hash
  /** Names of the policy's witnesses that have signed it. */
  witnesses: string[]
}

/** Null when it is missing or cannot be proved. `newest`: the number of the newest log. @throws unavailable: a tile is damaged */
export async function findProvedCheckpoint(
  place: Pick<LogPlace, 'verifierOf' | 'policy' | 'filesOf'>,
  number: number,
  newest: number,
): Promise<ProvedCheckpoint | null> {
  const bytes = await place.filesOf(number).read('checkpoint')
  if (bytes === null) return null
  const cosigners = [...place.policy.witnesses.values()].flatMap(({ key }) => verifierOf(key) ?? [])
  if (number < newest)
    return (await isFirstEntry(place, bytes, number + 1, newest)) ? read(bytes, cosigners) : null
  const verifier = await place.verifierOf(number)
  const opened = openCheckpoint(bytes, [verifierOf(verifier)!, ...cosigners])
  return 'problem' in opened ? null : read(bytes, cosigners)
}

async function isFirstEntry(
  place: Pick<LogPlace, 'verifierOf' | 'policy' | 'filesOf'>,
  checkpoint: Uint8Array,
  log: number,
  newest: number,
): Promise<boolean> {
  const proved = await findProvedCheckpoint(place, log, newest)
  const files = place.filesOf(log)
  const entry = proved === null ? null : await readFirstEntry(files, proved.size)
  if (proved === null || entry === null) return false
  const proof = await inclusionProof(0, proved.size, nodeReader(files, proved.size))
  if (!verifyInclusion(0, proved.size, leafHash(entry), proof, proved.root)) return false
  // signatures of witnesses may be fewer in the entry: what they have signed is the same
  const [kept, first] = [parseNote(checkpoint), parseNote(entry)]
  return kept.ok && first.ok && kept.value.text === first.value.text
}

/** Null when the first bundle is missing or damaged. */
export async function readFirstEntry(files: BlobStore, size: number): Promise<Uint8Array | null> {
  for (const width of new Set([Math.min(size, tileWidth), tileWidth])) {
    const bytes = width === 0 ? null : await files.read(bundlePath(0, width))
    const entries = bytes === null ? null : parseBundle(bytes, width)
    if (entries !== null) return entries[0]!
  }
  return null
}

function read(bytes: Uint8Array, cosigners: NoteVerifier[]): ProvedCheckpoint | null {
  const note = parseNote(bytes)
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note
  if (!checkpoint.ok) return null
  const cosigned = openNote(bytes, cosigners)
  const { origin, size, root } = checkpoint.value
  return { origin, size, root, witnesses: cosigned.ok ? cosigned.value.verified.map((one) => one.name) : [] }
}

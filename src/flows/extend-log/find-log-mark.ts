/**
 * What a page may say about a publication and the public log. Nothing is believed from the database alone: the entry is
 * proved against the signed checkpoint that is out in the world, from the files that everybody reads.
 */
import { isAssayError } from '#domain/errors.ts'
import { leafHash, sameBytes } from '#formats/tlog/hash.ts'
import { inclusionProof, verifyInclusion } from '#formats/tlog/merkle.ts'
import type { NoteVerifier } from '#formats/tlog/note.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { openCheckpoint } from '#formats/tlog/verify-log.ts'
import type { LogPlace } from '../log-place.ts'
import { nodeReader } from './log-files.ts'

/** `disagrees`: database and log do not fit together, and no mark may be shown. */
export type LogMark =
  | { state: 'waiting' }
  | { state: 'logged'; index: number; size: number; since: string | null; witnesses: string[] }
  | { state: 'disagrees' }

export interface MarkedEntry {
  leafHash: Uint8Array
  /** Null while it has no place. */
  index: number | null
  bytes: Uint8Array
  publishedAt: Date | null
  /** From outside: whether the entry stands for its document. */
  stands: boolean
}

export async function findLogMark(
  place: Pick<LogPlace, 'verifier' | 'policy' | 'files'>,
  entry: MarkedEntry,
): Promise<LogMark> {
  if (!entry.stands || !sameBytes(leafHash(entry.bytes), entry.leafHash)) return { state: 'disagrees' }
  if (entry.index === null) return { state: 'waiting' }
  const bytes = await place.files.read('checkpoint')
  if (bytes === null) return entry.publishedAt === null ? { state: 'waiting' } : { state: 'disagrees' }
  const opened = openCheckpoint(bytes, verifiersOf(place))
  if ('problem' in opened) return { state: 'disagrees' }
  const { size, root } = opened.checkpoint
  if (entry.index >= size) return entry.publishedAt === null ? { state: 'waiting' } : { state: 'disagrees' }
  const proved = await isProved(place, entry, entry.index, { size, root })
  if (!proved) return { state: 'disagrees' }
  return {
    state: 'logged',
    index: entry.index,
    size,
    since: entry.publishedAt?.toISOString() ?? null,
    witnesses: opened.signedBy.filter((name) => name !== place.verifier.name),
  }
}

/** False also when a file of the log is missing or damaged: then nothing can be proved. */
async function isProved(
  { files }: Pick<LogPlace, 'files'>,
  { leafHash: leaf }: MarkedEntry,
  index: number,
  { size, root }: { size: number; root: Uint8Array },
): Promise<boolean> {
  try {
    const proof = await inclusionProof(index, size, nodeReader(files, size))
    return verifyInclusion(index, size, leaf, proof, root)
  } catch (error) {
    if (isAssayError(error)) return false
    throw error
  }
}

/** The log's own key first, then those of its witnesses that can be checked here. */
function verifiersOf({ verifier, policy }: Pick<LogPlace, 'verifier' | 'policy'>): NoteVerifier[] {
  const witnesses = [...policy.witnesses.values()].flatMap(({ key }) => verifierOf(key) ?? [])
  return [verifierOf(verifier)!, ...witnesses]
}

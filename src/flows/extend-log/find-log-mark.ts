/**
 * What a page may say about a publication and the public log. Nothing is believed from the database alone: the entry is
 * proved against the signed checkpoint that is out in the world, from the files that everybody reads.
 */
import { isAssayError } from '#domain/errors.ts'
import { leafHash, sameBytes } from '#formats/tlog/hash.ts'
import { inclusionProof, verifyInclusion } from '#formats/tlog/merkle.ts'
import type { LogPlace } from '../log-place.ts'
import { findServedLog } from '../served-logs.ts'
import { nodeReader } from './log-files.ts'
import { findProvedCheckpoint, type ProvedCheckpoint } from './proved-checkpoint.ts'

/** `disagrees`: database and log do not fit together, and no mark may be shown. */
export type LogMark =
  | { state: 'waiting' }
  | {
      state: 'logged'
      /** The log that it stands in, and whether another one goes on from that by now. */
      origin: string
      isEarlier: boolean
      index: number
      size: number
      since: string | null
      witnesses: string[]
    }
  | { state: 'disagrees' }

export interface MarkedEntry {
  leafHash: Uint8Array
  /** The number of its log; null while it has no place. */
  log: number | null
  index: number | null
  bytes: Uint8Array
  publishedAt: Date | null
  /** From outside: whether the entry stands for its document. */
  stands: boolean
}

export async function findLogMark(
  place: Pick<LogPlace, 'verifierOf' | 'policy' | 'filesOf'>,
  entry: MarkedEntry,
): Promise<LogMark> {
  if (!entry.stands || !sameBytes(leafHash(entry.bytes), entry.leafHash)) return { state: 'disagrees' }
  const { log, index, publishedAt } = entry
  if (log === null || index === null) return { state: 'waiting' }
  const newest = await findServedLog(place)
  const notYet: LogMark = publishedAt === null ? { state: 'waiting' } : { state: 'disagrees' }
  if (newest === null || log > newest) return notYet
  const proved = await orNull(findProvedCheckpoint(place, log, newest))
  if (proved === null) return { state: 'disagrees' }
  if (index >= proved.size) return notYet
  if (!(await orNull(isProved(place, entry.leafHash, { log, index }, proved)))) return { state: 'disagrees' }
  const { origin, size, witnesses } = proved
  const since = publishedAt?.toISOString() ?? null
  return { state: 'logged', origin, isEarlier: log < newest, index, size, since, witnesses }
}

async function isProved(
  { filesOf }: Pick<LogPlace, 'filesOf'>,
  leaf: Uint8Array,
  { log, index }: { log: number; index: number },
  { size, root }: ProvedCheckpoint,
): Promise<boolean> {
  const proof = await inclusionProof(index, size, nodeReader(filesOf(log), size))
  return verifyInclusion(index, size, leaf, proof, root)
}

/** Null also when a key or a file of the log is missing or damaged: then nothing can be proved. */
async function orNull<T>(proving: Promise<T>): Promise<T | null> {
  try {
    return await proving
  } catch (error) {
    if (isAssayError(error)) return null
    throw error
  }
}

/** A disk without room: one sentence for it, whatever was being written when it was met. */
import { statfsSync } from 'node:fs'
import { AssayError } from '#domain/errors.ts'

/** PostgreSQL's write-ahead log grows by files of 16 MB; with less free than that and a little more it cannot go on. */
const roomBytesMin = 20 * 2 ** 20

/** What holds the data; its address is nothing for readers. */
export const dataPlace = 'the data folder'

/** @param place a path, or `dataPlace` where strangers may read the sentence too */
export function diskFull(place: string, cause: unknown): AssayError {
  const message = `The disk that holds ${place} is full; free some space, then try again.`
  return new AssayError('unavailable', message, { cause })
}

/** The error to throw for one of the file system: a full disk in a sentence, anything else as it is. */
export function failedWrite(cause: unknown, place: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  return code === 'ENOSPC' || code === 'EDQUOT' ? diskFull(place, cause) : cause
}

/** Whether an embedded database in this folder lacks the room to run; false also where that cannot be found out. */
export function lacksRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize < roomBytesMin
  } catch {
    return false
  }
}

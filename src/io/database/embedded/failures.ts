/** What went wrong with the embedded server, in one sentence that says what to do. */
import { AssayError } from '#domain/errors.ts'
import { diskFull, failedWrite } from '#io/full-disk.ts'

/** From an error of the file system met below the data folder. */
export function failureOf(cause: unknown, dataFolder: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return notWritable(dataFolder, cause)
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new AssayError('invalid', `${dataFolder} is not a folder; set ASSAY_DATA to a folder.`, { cause })
  }
  return failedWrite(cause, dataFolder)
}

/** From what initdb or postgres wrote before it gave up. */
export function failureOfOutput(output: string, dataFolder: string): AssayError {
  const cause = new Error(output.slice(-outputMax))
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(dataFolder, cause)
  if (/Permission denied|Operation not permitted|Read-only file system|wrong ownership/.test(output)) {
    return notWritable(dataFolder, cause)
  }
  if (/Cannot allocate memory|could not create shared memory/.test(output)) {
    return new AssayError(
      'unavailable',
      'There is not enough memory to start the database; it needs about 200 MB.',
      {
        cause,
      },
    )
  }
  const said = /(?:FATAL|PANIC|error):\s*(.+)/.exec(output)?.[1] ?? output.trim().split('\n').at(-1)
  const reason = said || 'it gave no reason'
  return new AssayError('unavailable', `The database in ${dataFolder} did not start: ${reason.trim()}.`, {
    cause,
  })
}

const outputMax = 2_000

function notWritable(dataFolder: string, cause: unknown): AssayError {
  const asRoot = process.getuid?.() === 0
  return new AssayError(
    'forbidden',
    asRoot
      ? `The data folder ${dataFolder} cannot be used by the database's unprivileged user; choose one outside a private home, for example /var/lib/assay, or start Assay as an ordinary user.`
      : `The data folder ${dataFolder} cannot be written by this user; set ASSAY_DATA to one that can, or start Assay as the user that made it.`,
    { cause },
  )
}

export function otherMajor(dataFolder: string, found: number, brought: number): AssayError {
  return new AssayError(
    'conflict',
    `The database in ${dataFolder} is of PostgreSQL ${found}, this Assay brings ${brought}; back it up with the Assay that made it, and restore that here into a new folder.`,
  )
}

/** A folder that appears whole or not at all: written beside its place, put there in one step at the end. */
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { AssayError } from '#domain/errors.ts'
import { failedWrite } from './full-disk.ts'

export interface NewFolder {
  /** Where it is until it is put in its place. */
  path: string
  /** Writes one file to the end, in pieces, and on to the disk, with the folders of its name; resolves to its SHA-256 in hexadecimal. */
  write(name: string, pieces: Pieces | Uint8Array, mode?: number): Promise<string>
  /** Puts the folder in its place, with every name in it on the disk. */
  finish(): Promise<void>
  /** Leaves nothing behind; fine after `finish`. */
  discard(): Promise<void>
}

export type Pieces = AsyncIterable<string> | Iterable<string>

/** @throws conflict when something is there already, invalid when it cannot be written */
export async function startNewFolder(path: string): Promise<NewFolder> {
  const place = resolve(path)
  const temporary = join(dirname(place), `.${basename(place)}.${process.pid}.part`)
  const isThere = await isEmptyFolder(place)
  const folders = new Set([temporary])
  try {
    await mkdir(dirname(place), { recursive: true })
    await removeAbandoned(place)
    await mkdir(temporary)
  } catch (error) {
    throw new AssayError(
      'invalid',
      `${place} cannot be written (${messageOf(error)}); give another folder.`,
      {
        cause: error,
      },
    )
  }
  return {
    path: temporary,
    write: (name, pieces, mode) => {
      const path = join(temporary, name)
      for (let at = dirname(path); at !== temporary; at = dirname(at)) folders.add(at)
      return writeFile(path, pieces, mode).catch((error: unknown) => {
        throw failedWrite(error, dirname(place))
      })
    },
    finish: async () => {
      for (const folder of folders) await syncFolder(folder)
      if (isThere) await rmdir(place)
      await rename(temporary, place)
      await syncFolder(dirname(place))
    },
    discard: () => rm(temporary, { recursive: true, force: true }),
  }
}

/** Whether an empty folder is there; false when nothing is. */
async function isEmptyFolder(place: string): Promise<boolean> {
  try {
    if ((await readdir(place)).length === 0) return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw new AssayError('invalid', `${place} is no folder; give a new one.`, { cause: error })
  }
  throw new AssayError('conflict', `${place} is not empty; give a new or an empty folder.`)
}

async function writeFile(path: string, pieces: Pieces | Uint8Array, mode = 0o666): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  const hash = createHash('sha256')
  const file = await open(path, 'wx', mode)
  try {
    if (pieces instanceof Uint8Array) {
      hash.update(pieces)
      await file.writeFile(pieces)
      await file.sync()
      return hash.digest('hex')
    }
    let held = ''
    const flush = async () => {
      hash.update(held)
      await file.appendFile(held)
      held = ''
    }
    for await (const piece of pieces) {
      held += piece
      if (held.length > heldMax) await flush()
    }
    await flush()
    await file.sync()
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}

/** UTF-16 code units between two writes. */
const heldMax = 256 * 1024

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A database that was being filled there may still be on its way out, a few seconds at most. */
const removal = { recursive: true, force: true, maxRetries: 12, retryDelay: 100 }

/** What a process left that was killed while it wrote this folder or file. */
export async function removeAbandoned(place: string): Promise<void> {
  const prefix = `.${basename(place)}.`
  for (const name of await readdir(dirname(place))) {
    if (!name.startsWith(prefix) || !name.endsWith('.part')) continue
    const pid = Number(name.slice(prefix.length, -'.part'.length))
    if (Number.isSafeInteger(pid) && pid > 0 && !isAlive(pid)) await rm(join(dirname(place), name), removal)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

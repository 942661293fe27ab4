/** Blobs as files below one folder: written to a temporary name, synced, then linked or renamed, and the folder synced. */
import { constants } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { AssayError } from '#domain/errors.ts'
import { dataPlace, failedWrite } from '#io/full-disk.ts'
import type { BlobStore } from './blob-store.ts'

/** Blobs below an absolute folder, which is made when first written to. Paths are relative, with forward slashes. */
export function openDiskBlobs(folder: string): BlobStore {
  let count = 0
  const placeOf = (path: string): string => {
    if (!/^[\w.-]+(\/[\w.-]+)*$/.test(path) || path.split('/').includes('..')) {
      throw new AssayError('invalid', `"${path}" is not a path of a blob.`)
    }
    return join(folder, path)
  }

  /** Runs `settle` with the bytes safely in a file beside their place. */
  const write = async (
    path: string,
    bytes: Uint8Array | Iterable<Uint8Array>,
    settle: (from: string, to: string) => Promise<void>,
  ) => {
    const place = placeOf(path)
    const draft = `${place}.${process.pid}-${count++}~`
    try {
      await makeFolder(dirname(place))
      const file = await open(draft, 'wx')
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await settle(draft, place)
    } catch (error) {
      throw failedWrite(error, dataPlace)
    } finally {
      await rm(draft, { force: true })
    }
    await syncFolder(dirname(place))
  }

  return {
    read: (path) => readIfThere(placeOf(path)),
    create: (path, bytes) =>
      write(path, bytes, async (from, to) => {
        try {
          await link(from, to)
        } catch (error) {
          if (!isCode(error, 'EEXIST')) throw error
          const there = await readIfThere(to)
          if (there === null || !Buffer.from(there).equals(bytes)) {
            throw new AssayError(
              'conflict',
              `${path} is there already with other content; it is left as it is.`,
            )
          }
        }
      }),
    replace: (path, bytes) => write(path, bytes, rename),
    async remove(path) {
      try {
        await rm(placeOf(path))
        await syncFolder(dirname(placeOf(path)))
        return true
      } catch (error) {
        if (isCode(error, 'ENOENT')) return false
        throw error
      }
    },
    async list(below) {
      try {
        const found = await readdir(placeOf(below), { recursive: true, withFileTypes: true })
        return found
          .filter((entry) => entry.isFile() && !entry.name.endsWith('~'))
          .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
          .sort()
      } catch (error) {
        if (isCode(error, 'ENOENT')) return []
        throw error
      }
    },
  }
}

async function readIfThere(place: string): Promise<Uint8Array | null> {
  try {
    const { buffer, byteOffset, length } = await readFile(place)
    return new Uint8Array(buffer, byteOffset, length)
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return null
    throw error
  }
}

/** Makes a folder and those above it, each one's name durable in the one that holds it. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

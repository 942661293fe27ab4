/**
 * Keys that are destroyed on a set day, in a folder of the data folder that no backup holds: what was sealed with one
 * cannot be opened after that day, not from a backup either, whoever has the master secret. One file per day, one
 * entry per key: its name (26 letters), then 32 bytes. Processes that share the database share this folder.
 */
import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '#config.ts'
import { AssayError } from '#domain/errors.ts'
import { dataPlace, diskFull, failedWrite } from './full-disk.ts'

export interface FadingKeys {
  /** A new key for the thing of this id, on disk before it is given out. `fadesOn`: ISO 8601 date. */
  make(fadesOn: string, id: string): Promise<Uint8Array>
  /** By id; what was destroyed, or never made here, is missing. */
  find(fadesOn: string, ids: string[]): Promise<Map<string, Uint8Array>>
  /** Overwrites one key. Nothing happens when there is none. */
  destroy(fadesOn: string, id: string): Promise<void>
  /** Overwrites and removes the keys of this day and of all before. How many days that were. */
  destroyUntil(day: string): Promise<number>
}

export const fadingKeysFolder = 'fading-keys'

const idLength = 26
const keyBytes = 32
const entryBytes = idLength + keyBytes

export function openFadingKeys({ dataFolder }: Pick<Config, 'dataFolder'>): FadingKeys {
  const folder = join(dataFolder, fadingKeysFolder)
  const pathOf = (day: string) => join(folder, day)
  return {
    async make(fadesOn, id) {
      const key = randomBytes(keyBytes)
      const entry = Buffer.concat([Buffer.from(nameOf(id), 'latin1'), key])
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
        throw failedWrite(error, dataPlace)
      })
      await withFile(pathOf(fadesOn), 'a', async (file) => {
        // One write at the end of the file: entries of other processes stand before or after it, never inside.
        const { bytesWritten } = await file.write(entry)
        if (bytesWritten < entryBytes) throw diskFull(dataPlace, null)
        await hideTime(file, fadesOn)
        await file.datasync()
      })
      return new Uint8Array(key)
    },
    async find(fadesOn, ids) {
      const entries = await readIfThere(pathOf(fadesOn))
      return new Map(
        ids.flatMap((id) => {
          const at = entries.indexOf(nameOf(id), 0, 'latin1')
          const key = entries.subarray(at + idLength, at + entryBytes)
          return at === -1 || key.length < keyBytes ? [] : [[id, new Uint8Array(key)] as const]
        }),
      )
    },
    async destroy(fadesOn, id) {
      const at = (await readIfThere(pathOf(fadesOn))).indexOf(nameOf(id), 0, 'latin1')
      if (at === -1) return
      await withFile(pathOf(fadesOn), 'r+', async (file) => {
        await file.write(Buffer.alloc(entryBytes), 0, entryBytes, at)
        await hideTime(file, fadesOn)
        await file.datasync()
      })
    },
    async destroyUntil(day) {
      const days = (await readdir(folder).catch(() => [])).filter((name) => isDay(name) && name <= day)
      for (const name of days) {
        await withFile(pathOf(name), 'r+', async (file) => {
          const { size } = await file.stat()
          await file.write(Buffer.alloc(size), 0, size, 0)
          await file.datasync()
        })
        await rm(pathOf(name), { force: true })
      }
      return days.length
    },
  }
}

/** The id of anything that has one of its own; it is looked for as it is written. */
function nameOf(id: string): string {
  if (id.length !== idLength) throw new AssayError('invalid', 'A fading key is named by an id of 26 letters.')
  return id
}

function isDay(name: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(name)
}

/** The file's times would tell when somebody sent something in. */
async function hideTime(file: FileHandle, day: string): Promise<void> {
  await file.utimes(new Date(day), new Date(day))
}

async function withFile(
  path: string,
  flags: 'a' | 'r+',
  work: (file: FileHandle) => Promise<void>,
): Promise<void> {
  try {
    const file = await open(path, flags, 0o600)
    try {
      await work(file)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw failedWrite(error, dataPlace)
  }
}

async function readIfThere(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

/**
 * One file that holds a backup: a tar archive whose last member is the SHA-256 of everything before it, so that every
 * byte is vouched for. It appears under its name only once it is whole, on disk and read back.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, link, open, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { AssayError } from '#domain/errors.ts'
import { blockBytes, formatTarHeader, paddingOf, parseTarHeader, tarEnd } from '#formats/tar/tar.ts'
import { failedWrite } from './full-disk.ts'
import { removeAbandoned, syncFolder } from './new-folder.ts'

export interface BackupFile {
  add(name: string, bytes: Uint8Array): Promise<void>
  /** Reads it back, and puts it under its name. Resolves to its size. @throws conflict when something is there by now */
  finish(): Promise<number>
  /** Leaves nothing behind; fine after `finish`. */
  discard(): Promise<void>
}

export interface BackupMember {
  name: string
  bytes: Uint8Array
}

const digestName = 'SHA256'
/** Header, 64 digits and a newline filled up to a block, and the archive's end. */
const tailBytes = 2 * blockBytes + tarEnd.length

/** Readable for its owner only. @throws conflict when something is there, invalid when it cannot be written */
export async function startBackupFile(path: string): Promise<BackupFile> {
  const place = resolve(path)
  if (await stat(place).catch(() => null))
    throw new AssayError('conflict', `${place} is there already; give another name.`)
  const draft = join(dirname(place), `.${basename(place)}.${process.pid}.part`)
  await removeAbandoned(place)
  const file = await open(draft, 'wx', 0o600).catch((cause: Error) => {
    throw new AssayError('invalid', `${place} cannot be written (${cause.message}); give another name.`, {
      cause,
    })
  })
  const refuse = (error: unknown): never => {
    throw failedWrite(error, dirname(place))
  }
  const hash = createHash('sha256')
  let size = 0
  const write = async (bytes: Uint8Array) => {
    hash.update(bytes)
    size += bytes.length
    await file.writeFile(bytes).catch(refuse)
  }
  let isClosed = false
  const close = async () => {
    if (!isClosed) await file.close()
    isClosed = true
  }
  return {
    async add(name, bytes) {
      await write(formatTarHeader({ name, size: bytes.length }))
      await write(bytes)
      await write(new Uint8Array(paddingOf(bytes.length)))
    },
    async finish() {
      await file.writeFile(tailOf(hash.digest('hex'))).catch(refuse)
      await file.sync().catch(refuse)
      await close()
      await verifyBackupFile(draft)
      // a second name instead of a new one: it never takes the place of another file
      await link(draft, place).catch((cause: Error) => {
        throw new AssayError('conflict', `${place} cannot be made (${cause.message}).`, { cause })
      })
      await rm(draft)
      await syncFolder(dirname(place))
      return size + tailBytes
    },
    async discard() {
      await close()
      await rm(draft, { force: true })
    },
  }
}

/** Every byte, once. @throws conflict when any is not as it was written, not_found when there is no such file */
export async function verifyBackupFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new AssayError('not_found', `The file ${path} is not there.`)
  const damaged = new AssayError(
    'conflict',
    `${path} is no whole backup: it was damaged or cut, or is another kind of file. Take another one.`,
  )
  if (found.size <= tailBytes || found.size % blockBytes !== 0) throw damaged
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { end: found.size - tailBytes - 1 }))
    hash.update(piece as Buffer)
  const file = await open(path)
  try {
    const tail = await readExactly(file, tailBytes, found.size - tailBytes)
    if (!tail.equals(tailOf(hash.digest('hex')))) throw damaged
  } finally {
    await file.close()
  }
}

/** The members of a file that was verified, one in memory at a time. */
export async function* readBackupFile(path: string): AsyncGenerator<BackupMember> {
  const file = await open(path)
  try {
    const { size: end } = await file.stat()
    for (let at = 0; at < end - tailBytes; ) {
      const header = parseTarHeader(await readExactly(file, blockBytes, at))
      if (!header.ok) throw new AssayError('conflict', `${path} was changed while it was read; try again.`)
      const { name, size } = header.value
      yield { name, bytes: await readExactly(file, size, at + blockBytes) }
      at += blockBytes + size + paddingOf(size)
    }
  } finally {
    await file.close()
  }
}

function tailOf(digest: string): Buffer {
  const text = Buffer.from(`${digest}\n`)
  const header = formatTarHeader({ name: digestName, size: text.length })
  return Buffer.concat([header, text, new Uint8Array(paddingOf(text.length)), tarEnd])
}

async function readExactly(file: FileHandle, length: number, at: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let read = 0
  while (read < length) {
    const { bytesRead } = await file.read(bytes, read, length - read, at + read)
    if (bytesRead === 0) throw new AssayError('conflict', 'The backup ended while it was read; try again.')
    read += bytesRead
  }
  return bytes
}

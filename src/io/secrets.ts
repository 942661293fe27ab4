/** Secrets that this instance makes once and keeps in its data folder, unless the operator gives them. */
import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '#config.ts'
import { AssayError } from '#domain/errors.ts'
import { publicKeyOf } from '#formats/tlog/ed25519.ts'
import {
  formatSignerKey,
  keyIdOf,
  parseSignerKey,
  type SignerKey,
  signatureTypes,
} from '#formats/tlog/keys.ts'

/** The file of the data folder that holds the master secret. */
export const secretFile = 'secret'

/** Text of the master secret: from it every other key of this instance is derived. */
export async function openMasterSecret(config: Pick<Config, 'dataFolder' | 'secret'>): Promise<string> {
  return (
    config.secret ??
    (await keptOnce(config.dataFolder, secretFile, () => randomBytes(32).toString('base64url')))
  )
}

/**
 * The kept key that signs the log of this number. The first log's is made where that log has not begun; a log keeps the
 * name that its key was made with, whatever address it is served at later: another name would be another log.
 * @throws conflict when it is missing
 */
export async function openLogKey(
  { dataFolder, logOrigin }: Pick<Config, 'dataFolder' | 'logOrigin'>,
  number: number,
  isBegun: () => Promise<boolean>,
): Promise<SignerKey> {
  const name = logKeyName(number)
  const found = await readIfThere(join(dataFolder, name))
  if (found !== null) return signerOf(found)
  if (number > 1 || (await isBegun())) {
    throw new AssayError(
      'conflict',
      `The key of log ${number} is missing: put the file ${join(dataFolder, name)} back, or set ASSAY_LOG_KEY.`,
    )
  }
  return signerOf(await keptOnce(dataFolder, name, () => formatSignerKey(newLogKey(logOrigin.name))))
}

/** Makes and keeps the key of a later log; the one that is kept already when this was interrupted before. */
export async function makeLogKey(dataFolder: string, number: number, origin: string): Promise<SignerKey> {
  const name = logKeyName(number)
  const key = signerOf(await keptOnce(dataFolder, name, () => formatSignerKey(newLogKey(origin))))
  if (key.name !== origin) {
    throw new AssayError(
      'conflict',
      `${join(dataFolder, name)} is a key of ${key.name}, made by a change of the key that was interrupted; give that name, or remove the file.`,
    )
  }
  return key
}

/** The files of the data folder that hold a log's key. */
export function logKeyName(number: number): string {
  return number === 1 ? 'log-key' : `log-key-${number}`
}

export function isLogKeyName(name: string): boolean {
  return /^log-key(-[1-9]\d*)?$/.test(name)
}

/** What the setting gives: the key itself, or the path of a file that holds it. @throws invalid */
export async function parseLogKey(setting: string): Promise<SignerKey> {
  return signerOf(setting.startsWith('PRIVATE+KEY+') ? setting : await readKeyFile(setting))
}

function signerOf(text: string): SignerKey {
  const key = parseSignerKey(text)
  if (!key.ok) throw new AssayError('invalid', `The log's key cannot be used: ${key.problems[0]!.message}.`)
  return key.value
}

function newLogKey(name: string): SignerKey {
  const seed = new Uint8Array(randomBytes(32))
  const type = signatureTypes.ed25519
  return { name, type, seed, keyId: keyIdOf(name, type, publicKeyOf(seed)) }
}

async function readKeyFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new AssayError('invalid', `ASSAY_LOG_KEY: the file ${path} cannot be read.`, { cause })
  }
}

/**
 * Reads the file, or makes it: whole, for its owner only, and the same for all who start at once. Each has a draft of its own:
 * processes of two containers that share the folder may have one number.
 */
async function keptOnce(folder: string, name: string, make: () => string): Promise<string> {
  const path = join(folder, name)
  const found = await readIfThere(path)
  if (found !== null) return found
  await mkdir(folder, { recursive: true })
  const draft = `${path}.${randomBytes(8).toString('hex')}~`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${make()}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await link(draft, path).catch(() => undefined)
  await rm(draft, { force: true })
  const kept = await readIfThere(path)
  if (kept === null)
    throw new AssayError('unavailable', `The file ${path} cannot be written; check the folder's rights.`)
  return kept
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** One file → database and data folder: verified first, written beside the place, and put there in one step. */
import { rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AssayError } from '#domain/errors.ts'
import { type BackupMember, readBackupFile, verifyBackupFile } from '#io/backup-file.ts'
import { type Migration, readMigrations } from '#io/database/connection/migrate.ts'
import { finishLoad, isEmptyDatabase, listDumpedTables, loadRows, prepareLoad } from '#io/database/dump.ts'
import { type OpenedDatabase, openDatabase } from '#io/database/open.ts'
import type { Tx } from '#io/database/schema.ts'
import { type NewFolder, startNewFolder } from '#io/new-folder.ts'
import {
  type BackupConfig,
  type BackupHead,
  countsName,
  databaseFolder,
  headName,
  isDataName,
  isSecretName,
} from './backup-contents.ts'

export interface Restored {
  head: BackupHead
  rows: number
  files: number
}

/** What stops it, and who is told how far it is. */
export interface Hand {
  signal: AbortSignal
  progress(text: string): void
}

const unzip = promisify(gunzip)

/**
 * Into a data folder that is new or empty, and on a server into a database without rows. Stopped or killed before its end
 * it leaves both as they were; on a server, killed between its last two steps, the folder stands beside an empty database.
 * @throws conflict, not_found, invalid
 */
export async function restoreBackup(config: BackupConfig, path: string, hand: Hand): Promise<Restored> {
  await verifyBackupFile(path)
  const { head, migrations } = await readHead(path)
  const folder = await startNewFolder(config.dataFolder)
  try {
    const files = await writeFiles(folder, path, hand)
    const place = { databaseUrl: config.databaseUrl, dataFolder: folder.path }
    const database = await openDatabase(place, { migrations })
    // The embedded server lies in the folder, which moves once that has stopped; on another server rows and folder
    // come into their places together.
    const isEmbedded = config.databaseUrl === null
    const rows = await loadDatabase(database, path, hand, isEmbedded ? null : folder, config.dataFolder)
    if (isEmbedded) await folder.finish()
    return { head, rows, files }
  } finally {
    await folder.discard()
  }
}

async function loadDatabase(
  database: OpenedDatabase,
  path: string,
  hand: Hand,
  folder: NewFolder | null,
  place: string,
): Promise<number> {
  let isInPlace = false
  try {
    if (!(await isEmptyDatabase(database.db)))
      throw new AssayError('conflict', 'The database of DATABASE_URL holds rows already; give an empty one.')
    return await database.db.transaction().execute(async (tx) => {
      const rows = await loadTables(tx, path, hand)
      await folder?.finish()
      isInPlace = folder !== null
      return rows
    })
  } catch (error) {
    if (isInPlace) await rm(place, { recursive: true, force: true })
    throw error
  } finally {
    await database.close()
  }
}

async function loadTables(tx: Tx, path: string, { signal, progress }: Hand): Promise<number> {
  await prepareLoad(tx)
  const loaded = new Map<string, number>((await listDumpedTables(tx)).map((table) => [table, 0]))
  let counts: Record<string, number> = {}
  for await (const { name, bytes } of readBackupFile(path)) {
    if (signal.aborted)
      throw new AssayError('unavailable', 'Stopped before it was done; nothing was restored.')
    if (name === countsName) counts = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, number>
    const table = name.startsWith(databaseFolder) ? name.split('/')[1]! : null
    if (table === null) continue
    const before = loaded.get(table)
    if (before === undefined) throw new AssayError('conflict', `The backup holds the unknown table ${table}.`)
    const lines = (await unzip(bytes)).toString().trimEnd().split('\n')
    loaded.set(table, before + (await loadRows(tx, table, lines)))
    progress(`${table}: ${loaded.get(table)} rows`)
  }
  for (const [table, count] of loaded) {
    if (count !== counts[table])
      throw new AssayError(
        'conflict',
        `${table} came to ${count} rows, not ${counts[table]}; take another backup.`,
      )
  }
  await finishLoad(tx)
  return [...loaded.values()].reduce((sum, count) => sum + count, 0)
}

async function writeFiles(folder: NewFolder, path: string, { signal, progress }: Hand): Promise<number> {
  let files = 0
  for await (const { name, bytes } of readBackupFile(path)) {
    if (signal.aborted)
      throw new AssayError('unavailable', 'Stopped before it was done; nothing was restored.')
    if (name === headName || name === countsName || name.startsWith(databaseFolder)) continue
    if (!isDataName(name))
      throw new AssayError('conflict', `The backup holds ${name}, which has no place here.`)
    await folder.write(name, bytes, isSecretName(name) ? 0o600 : undefined)
    files++
    if (files % 1_000 === 0) progress(`${files} files`)
  }
  return files
}

/** What it is, and the steps that its rows go into. @throws conflict when this Assay does not know them */
async function readHead(path: string): Promise<{ head: BackupHead; migrations: Migration[] }> {
  const first = await firstMember(path)
  const head = first?.name === headName ? headOf(first.bytes) : null
  if (head === null) throw new AssayError('conflict', `${path} is no backup of Assay.`)
  const known = await readMigrations()
  const newest = head.steps.find((step) => !known.some((one) => one.version === step.version))
  if (head.v !== 1 || newest) {
    const step = newest ? ` (step ${newest.name})` : ''
    throw new AssayError(
      'conflict',
      `${path} is of a newer Assay${step}; restore it with that version, or a newer one.`,
    )
  }
  const other = known.find((one) =>
    head.steps.some((step) => step.version === one.version && step.checksum !== one.checksum),
  )
  if (other) {
    throw new AssayError(
      'conflict',
      `${path} was made by another build of Assay (step ${other.name} differs); restore it with that build.`,
    )
  }
  const migrations = known.filter((one) => head.steps.some((step) => step.version === one.version))
  return { head, migrations }
}

async function firstMember(path: string): Promise<BackupMember | null> {
  for await (const member of readBackupFile(path)) return member
  return null
}

function headOf(bytes: Uint8Array): BackupHead | null {
  try {
    const head = JSON.parse(new TextDecoder().decode(bytes)) as BackupHead
    return head.format === 'assay-backup' && Array.isArray(head.steps) ? head : null
  } catch {
    return null
  }
}

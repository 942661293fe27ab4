/** database and data folder → one file, as of one moment, while everything goes on. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { logTimeOf } from '#domain/log-entry.ts'
import { parseCheckpoint } from '#formats/tlog/checkpoint.ts'
import { parseNote } from '#formats/tlog/note.ts'
import { isWithin, parseTilePath } from '#formats/tlog/tiles.ts'
import { type BackupFile, startBackupFile } from '#io/backup-file.ts'
import { openDiskBlobs } from '#io/blobs/disk.ts'
import { dumpRows, listDumpedTables, listSteps } from '#io/database/dump.ts'
import { findLogState, type LogState } from '#io/database/log/log-state.ts'
import type { Tx } from '#io/database/schema.ts'
import { type LogPlace, verifierPath } from '../log-place.ts'
import type { Needs } from '../needs.ts'
import {
  type BackupHead,
  countsName,
  databaseFolder,
  headName,
  isSecretName,
  keptFiles,
  keptFolders,
} from './backup-contents.ts'

export interface BackedUp {
  rows: number
  files: number
  bytes: number
  log: BackupHead['log']
  /** Names of the files in it that are secret. */
  secrets: string[]
}

export interface BackupOptions {
  withSecrets: boolean
  progress(text: string): void
}

type BackupNeeds = Pick<Needs, 'db' | 'clock' | 'config' | 'log'>

/** Characters of rows in one member, in memory at a time. */
const charactersMax = 4_000_000
const zip = promisify(gzip)

/** A new file, readable for its owner only, and read back before it gets its name. @throws conflict, invalid */
export async function writeBackup(
  needs: BackupNeeds,
  path: string,
  options: BackupOptions,
): Promise<BackedUp> {
  const file = await startBackupFile(path)
  try {
    const { rows, state } = await needs.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((tx) => addDatabase(tx, needs, file, options))
    const done: BackedUp = { rows, files: 0, bytes: 0, log: placeOf(state), secrets: [] }
    for await (const [name, bytes] of filesOf(needs, state)) {
      if (isSecretName(name)) {
        if (!options.withSecrets) continue
        done.secrets.push(name)
      }
      await file.add(name, bytes)
      done.files++
      if (done.files % 1_000 === 0) options.progress(`${done.files} files`)
    }
    options.progress(`${done.files} files, reading it back`)
    done.bytes = await file.finish()
    return done
  } finally {
    await file.discard()
  }
}

async function addDatabase(
  tx: Tx,
  { clock }: Pick<Needs, 'clock'>,
  file: BackupFile,
  { withSecrets, progress }: BackupOptions,
): Promise<{ rows: number; state: LogState | null }> {
  const state = await findLogState(tx)
  const head: BackupHead = {
    format: 'assay-backup',
    v: 1,
    madeAt: logTimeOf(clock.now()),
    steps: await listSteps(tx),
    withSecrets,
    log: placeOf(state),
  }
  await file.add(headName, jsonBytes(head))
  const counts: Record<string, number> = {}
  for (const table of await listDumpedTables(tx)) {
    counts[table] = await addTable(tx, file, table)
    if (counts[table] > 0) progress(`${table}: ${counts[table]} rows`)
  }
  await file.add(countsName, jsonBytes(counts))
  return { rows: Object.values(counts).reduce((sum, count) => sum + count, 0), state }
}

async function addTable(tx: Tx, file: BackupFile, table: string): Promise<number> {
  let count = 0
  let part = 0
  let held: string[] = []
  let characters = 0
  const flush = async () => {
    if (held.length === 0) return
    const name = `${databaseFolder}${table}/${String(part++).padStart(6, '0')}.jsonl.gz`
    await file.add(name, await zip(`${held.join('\n')}\n`))
    held = []
    characters = 0
  }
  for await (const line of dumpRows(tx, table)) {
    held.push(line)
    count++
    characters += line.length
    if (characters >= charactersMax) await flush()
  }
  await flush()
  return count
}

/** Files that the rows of that moment go with: what the log has gained since is not among them. */
async function* filesOf(
  { log, config }: BackupNeeds,
  state: LogState | null,
): AsyncGenerator<[name: string, bytes: Uint8Array]> {
  for (let number = 1; number <= (state?.number ?? 0); number++) yield* filesOfLog(log, state!, number)
  const blobs = openDiskBlobs(config.dataFolder)
  for (const folder of keptFolders) {
    for (const path of await blobs.list(folder)) {
      const bytes = await blobs.read(path)
      if (bytes !== null) yield [path, bytes]
    }
  }
  for (const name of (await readdir(config.dataFolder)).sort()) {
    if (isSecretName(name) || keptFiles.some((one) => one === name))
      yield [name, await readFile(join(config.dataFolder, name))]
  }
}

async function* filesOfLog(
  { filesOf: at }: LogPlace,
  state: LogState,
  number: number,
): AsyncGenerator<[name: string, bytes: Uint8Array]> {
  const files = at(number)
  const folder = number === 1 ? 'log' : `log/${number}`
  const checkpoint =
    number === state.number
      ? state.publishedCheckpoint === null
        ? null
        : new TextEncoder().encode(state.publishedCheckpoint)
      : await files.read('checkpoint')
  const size = sizeOf(checkpoint)
  if (checkpoint !== null) yield [`${folder}/checkpoint`, checkpoint]
  for (const path of [verifierPath, ...(await files.list('tile'))]) {
    const tile = parseTilePath(path)
    const bytes =
      path === verifierPath || (tile !== null && isWithin(size, tile)) ? await files.read(path) : null
    if (bytes !== null) yield [`${folder}/${path}`, bytes]
  }
}

function sizeOf(note: Uint8Array | null): number {
  const parsed = note === null ? null : parseNote(note)
  const checkpoint = parsed?.ok ? parseCheckpoint(parsed.value.text) : null
  return checkpoint?.ok ? checkpoint.value.size : 0
}

function placeOf(state: LogState | null): BackupHead['log'] {
  return state && { number: state.number, origin: state.origin, size: state.publishedSize }
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`)
}

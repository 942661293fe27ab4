/**
 * Processes that publish or change the key, and are killed; and what must hold after each death: nothing acknowledged is
 * lost, no two checkpoints contradict each other, each log goes on from the one before, database, log and files agree.
 * Everything stands in a scratch folder.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { readConfig } from '#config.ts'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import { openLogPlace } from '#flows/extend-log/open-log-place.ts'
import { findProvedCheckpoint } from '#flows/extend-log/proved-checkpoint.ts'
import { fsck } from '#flows/fsck/fsck.ts'
import type { LogPlace } from '#flows/log-place.ts'
import type { Needs } from '#flows/needs.ts'
import { findServedLog } from '#flows/served-logs.ts'
import type { Checkpoint } from '#formats/tlog/checkpoint.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { openCheckpoint, verifyLog } from '#formats/tlog/verify-log.ts'
import { findLogEntry } from '#io/database/log/log-entries.ts'
import { type OpenedDatabase, openDatabase } from '#io/database/open.ts'

const programs = {
  publish: fileURLToPath(new URL('./grower.ts', import.meta.url)),
  rotate: fileURLToPath(new URL('./rotator.ts', import.meta.url)),
}
const silent = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Needs['journal']
const clock = { now: () => new Date() }

const endings = new WeakMap<ChildProcess, Promise<unknown>>()

/** Resolves when the process has ended and all that it said was heard, to its exit code; null when it was killed. */
export async function ended(child: ChildProcess): Promise<number | null> {
  await endings.get(child)
  return child.exitCode
}

interface Said {
  /** Leaf hashes that are published. */
  out?: string[]
  /** What was out then, of which log; an empty root when that had moved on. */
  log: number
  size: number
  root: string
}

export class Torture {
  readonly dataFolder: string
  readonly database: OpenedDatabase
  readonly place: LogPlace
  /** Leaf hashes that a process said were published. */
  readonly acknowledged = new Set<string>()
  /** Every checkpoint that was ever out: by the number of its log, then by size. */
  readonly seen = new Map<number, Map<number, Checkpoint>>()
  /** The number of the newest log that a process said had begun. */
  rotated = 1
  #runs = 0

  private constructor(dataFolder: string, database: OpenedDatabase, place: LogPlace) {
    this.dataFolder = dataFolder
    this.database = database
    this.place = place
  }

  static async open(): Promise<Torture> {
    const dataFolder = mkdtempSync(join(tmpdir(), 'assay-torture-'))
    const config = readConfig({ ASSAY_DATA: dataFolder })
    const torture = new Torture(dataFolder, await openDatabase(config), await openLogPlace(config))
    await openLog(torture.needs(), torture.place)
    await torture.settle()
    return torture
  }

  /** Starts a process that publishes, or changes keys; resolves when it is ready to. `steps` 0: until it is killed. */
  async start({
    job = 'publish' as keyof typeof programs,
    perStep = 1,
    steps = 0,
    before = [] as string[],
  } = {}): Promise<ChildProcess> {
    const args = [programs[job], this.dataFolder, `run ${this.#runs++}`, String(perStep), String(steps)]
    const [command = '', ...rest] = [...before, process.execPath, ...args]
    // One thread for files, so that calls counted by thread are counted in their order.
    const env = { ...process.env, UV_THREADPOOL_SIZE: '1' }
    const child = spawn(command, rest, { env, stdio: ['ignore', 'pipe', 'ignore'] })
    endings.set(child, once(child, 'close'))
    const ready = Promise.race([once(child.stdout!, 'data'), ended(child)])
    createInterface({ input: child.stdout! }).on('line', (line) => this.#heard(line))
    await ready
    return child
  }

  #heard(line: string): void {
    if (!line.endsWith('}')) return
    const { out = [], log, size, root } = JSON.parse(line) as Said
    for (const hash of out) this.acknowledged.add(hash)
    this.rotated = Math.max(this.rotated, log)
    if (root !== '') this.#saw(log, { origin: '', size, root: Buffer.from(root, 'hex'), extensions: [] })
  }

  #saw(log: number, checkpoint: Checkpoint): void {
    const known = this.seen.get(log) ?? new Map<number, Checkpoint>()
    known.set(checkpoint.size, checkpoint)
    this.seen.set(log, known)
  }

  /** Finishes what dead processes left, as the next start does. */
  async settle(): Promise<void> {
    await openLog(this.needs(), this.place)
    while ((await extendLog(this.needs(), this.place)) === 'published') await this.look()
  }

  /** Keeps the checkpoint that is out now. */
  async look(): Promise<void> {
    const newest = await findServedLog(this.place)
    if (newest === null) return
    const bytes = (await this.place.filesOf(newest).read('checkpoint'))!
    const opened = openCheckpoint(bytes, [verifierOf(await this.place.verifierOf(newest))!])
    if ('problem' in opened) throw new Error(`a checkpoint that is out: ${opened.problem}`)
    this.#saw(newest, opened.checkpoint)
  }

  /** What is wrong now; empty when nothing is. */
  async problems(): Promise<string[]> {
    await this.look()
    const newest = (await findServedLog(this.place)) ?? 0
    const problems: string[] = []
    if (newest < this.rotated) problems.push(`log ${this.rotated} was acknowledged and is not there`)
    // what ended longer ago is compared by fsck, below
    for (let log = Math.max(1, newest - 1); log <= newest; log++) {
      const earlier = [...(this.seen.get(log)?.values() ?? [])].map((checkpoint) => ({
        name: `log ${log} of size ${checkpoint.size}`,
        checkpoint,
      }))
      const verifier = verifierOf(await this.place.verifierOf(log))!
      const { problem } = await verifyLog(this.place.filesOf(log).read, [verifier], earlier)
      if (problem) problems.push(`log ${log}: ${problem.path}: ${problem.message}`)
      if ((await findProvedCheckpoint(this.place, log, newest)) === null)
        problems.push(`log ${log} is not proved by what goes on from it`)
    }
    for (const hash of this.acknowledged) {
      const entry = await findLogEntry(this.database.db, Buffer.from(hash, 'hex'))
      if (entry?.state !== 'published') problems.push(`acknowledged and not there: ${hash}`)
    }
    const checked = await fsck(this.database, this.place)
    return [...problems, ...checked.problems.map(({ path, message }) => `${path}: ${message}`)]
  }

  async close(): Promise<void> {
    await this.database.close()
    rmSync(this.dataFolder, { recursive: true, force: true })
  }

  needs() {
    const config = readConfig({ ASSAY_DATA: this.dataFolder })
    return { db: this.database.db, config, clock, journal: silent, fetcher: {} as Needs['fetcher'] }
  }
}

/**
 * Publishing processes that are killed, and what must hold after each death: nothing acknowledged is lost, no two
 * checkpoints contradict each other, database, log and files agree. Everything stands in a scratch folder.
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
import { fsck } from '#flows/fsck/fsck.ts'
import type { LogPlace } from '#flows/log-place.ts'
import type { Needs } from '#flows/needs.ts'
import type { Checkpoint } from '#formats/tlog/checkpoint.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { openCheckpoint, verifyLog } from '#formats/tlog/verify-log.ts'
import { findLogEntry } from '#io/database/log/log-entries.ts'
import { type OpenedDatabase, openDatabase } from '#io/database/open.ts'

const program = fileURLToPath(new URL('./grower.ts', import.meta.url))
const silent = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Needs['journal']
const clock = { now: () => new Date() }

/** Resolves when the process has ended, to its exit code; null when it was killed. */
export async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

export class Torture {
  readonly dataFolder: string
  readonly database: OpenedDatabase
  readonly place: LogPlace
  /** Leaf hashes that a process said were published. */
  readonly acknowledged = new Set<string>()
  /** Every checkpoint that was ever out. */
  readonly seen = new Map<number, Checkpoint>()
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

  /** Starts a publishing process; resolves when it is ready to publish. */
  async start({ perStep = 1, steps = 0, before = [] as string[] } = {}): Promise<ChildProcess> {
    const args = [program, this.dataFolder, `run ${this.#runs++}`, String(perStep), String(steps)]
    const [command = '', ...rest] = [...before, process.execPath, ...args]
    // One thread for files, so that calls counted by thread are counted in their order.
    const env = { ...process.env, UV_THREADPOOL_SIZE: '1' }
    const child = spawn(command, rest, { env, stdio: ['ignore', 'pipe', 'ignore'] })
    const ready = Promise.race([once(child.stdout!, 'data'), ended(child)])
    createInterface({ input: child.stdout! }).on('line', (line) => this.#heard(line))
    await ready
    return child
  }

  #heard(line: string): void {
    if (!line.endsWith('}')) return
    const { out } = JSON.parse(line) as { out: string[] }
    for (const hash of out) this.acknowledged.add(hash)
  }

  /** Finishes what dead processes left, as the next start does. */
  async settle(): Promise<void> {
    await openLog(this.needs(), this.place)
    while ((await extendLog(this.needs(), this.place)) === 'published') await this.look()
  }

  /** Keeps the checkpoint that is out now. */
  async look(): Promise<void> {
    const bytes = await this.place.filesOf(1).read('checkpoint')
    if (bytes === null) return
    const opened = openCheckpoint(bytes, [verifierOf(await this.place.verifierOf(1))!])
    if ('problem' in opened) throw new Error(`a checkpoint that is out: ${opened.problem}`)
    this.seen.set(opened.checkpoint.size, opened.checkpoint)
  }

  /** What is wrong now; empty when nothing is. */
  async problems(): Promise<string[]> {
    await this.look()
    const earlier = [...this.seen.values()].map((checkpoint) => ({
      name: `size ${checkpoint.size}`,
      checkpoint,
    }))
    const report = await verifyLog(
      this.place.filesOf(1).read,
      [verifierOf(await this.place.verifierOf(1))!],
      earlier,
    )
    const problems = report.problem ? [`${report.problem.path}: ${report.problem.message}`] : []
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

/** A log on a fresh database and folder, with all that its tests need: entries to publish, and a look from outside. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Config, readConfig } from '#config.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import { formatLogEntry } from '#domain/log-entry.ts'
import { extendLog, type LogStep } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import { openLogPlace } from '#flows/extend-log/open-log-place.ts'
import { fsck } from '#flows/fsck/fsck.ts'
import type { LogPlace } from '#flows/log-place.ts'
import type { Needs } from '#flows/needs.ts'
import type { Checkpoint } from '#formats/tlog/checkpoint.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import type { SignerKey, VerifierKey } from '#formats/tlog/keys.ts'
import { verifierKeyOf, verifierOf } from '#formats/tlog/signatures.ts'
import { openCheckpoint, verifyLog } from '#formats/tlog/verify-log.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import { insertLogEntry } from '#io/database/log/log-entries.ts'
import type { Database } from '#io/database/open.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

export class LogDesk {
  readonly db: Database
  readonly folder: string
  readonly config: Config
  readonly place: LogPlace
  /** Of the first log. */
  readonly files: BlobStore
  readonly signer: SignerKey
  readonly verifier: VerifierKey
  /** Every checkpoint of the first log that was ever out, oldest first. */
  readonly seen: Checkpoint[] = []
  #made = 0

  private constructor(db: Database, config: Config, place: LogPlace, signer: SignerKey) {
    this.db = db
    this.folder = config.dataFolder
    this.config = config
    this.place = place
    this.files = place.filesOf(1)
    this.signer = signer
    this.verifier = verifierKeyOf(signer)
  }

  static async open(db: Database): Promise<LogDesk> {
    const folder = await mkdtemp(join(tmpdir(), 'assay-log-'))
    const config = readConfig({ ASSAY_DATA: folder, ASSAY_URL: 'https://example.org' })
    const place = await openLogPlace(config)
    return new LogDesk(db, config, place, await place.signerOf(1))
  }

  needs(fetcher?: Partial<Needs['fetcher']>) {
    const clock = { now: () => new Date('2026-01-02T03:04:05Z') }
    return {
      db: this.db,
      config: this.config,
      clock,
      journal: silent as unknown as Needs['journal'],
      fetcher: (fetcher ?? {}) as Needs['fetcher'],
    }
  }

  /** Queues entries; returns their leaf hashes. */
  async queue(count: number): Promise<Uint8Array[]> {
    const hashes: Uint8Array[] = []
    await this.db.transaction().execute(async (tx) => {
      for (let at = 0; at < count; at++) {
        const id = String(this.#made++).padStart(26, '0') as ClaimReviewId
        const sha256 = String(this.#made).padStart(64, '0')
        const bytes = formatLogEntry({
          kind: 'verdict',
          id,
          organisation: 'desk',
          revises: null,
          revisesIn: null,
          label: 'false',
          sha256,
          time: '2026-01-02T03:04Z',
        })
        const hash = leafHash(bytes)
        await insertLogEntry(
          tx,
          { leafHash: hash, bytes, kind: 'verdict', claimReviewId: id },
          new Date(1_700_000_000_000 + this.#made),
        )
        hashes.push(hash)
      }
    })
    return hashes
  }

  begin(): Promise<void> {
    return openLog(this.needs(), this.place)
  }

  step(files: BlobStore | null = null, fetcher?: Partial<Needs['fetcher']>): Promise<LogStep> {
    return extendLog(this.needs(fetcher), files ? { ...this.place, filesOf: () => files } : this.place)
  }

  /** Steps until nothing waits. */
  async settle(): Promise<void> {
    while ((await this.step()) === 'published') await this.look()
  }

  /** What a stranger sees: the whole log checked, going on from every checkpoint ever seen; fsck has nothing to say. */
  async look(): Promise<number> {
    const bytes = await this.files.read('checkpoint')
    if (bytes === null) return 0
    const opened = openCheckpoint(bytes, [verifierOf(this.verifier)!])
    if ('problem' in opened) throw new Error(opened.problem)
    this.seen.push(opened.checkpoint)
    const earlier = this.seen.map((checkpoint, at) => ({ name: `seen-${at}`, checkpoint }))
    const report = await verifyLog(this.files.read, [verifierOf(this.verifier)!], earlier)
    expect(report.problem).toBeNull()
    return report.entries
  }

  async fsckProblems() {
    return (await fsck({ db: this.db }, this.place)).problems
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}

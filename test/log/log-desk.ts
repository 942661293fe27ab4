/** A log on a fresh database and folder, with all that its tests need: entries to publish, and a look from outside. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { ClaimReviewId } from '#domain/ids.ts'
import { formatLogEntry } from '#domain/log-entry.ts'
import { extendLog, type LogStep, openLog } from '#flows/extend-log/extend-log.ts'
import { fsck } from '#flows/fsck/fsck.ts'
import type { LogPlace } from '#flows/log-place.ts'
import type { Needs } from '#flows/needs.ts'
import type { Checkpoint } from '#formats/tlog/checkpoint.ts'
import { publicKeyOf } from '#formats/tlog/ed25519.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { keyIdOf, signatureTypes } from '#formats/tlog/keys.ts'
import { noWitnesses, type WitnessPolicy } from '#formats/tlog/policy.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { openCheckpoint, verifyLog } from '#formats/tlog/verify-log.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import { openDiskBlobs } from '#io/blobs/disk.ts'
import { insertLogEntry } from '#io/database/log/log-entries.ts'
import type { Database } from '#io/database/open.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

export class LogDesk {
  readonly db: Database
  readonly folder: string
  readonly place: LogPlace
  /** Every checkpoint that was ever out, oldest first. */
  readonly seen: Checkpoint[] = []
  #made = 0

  private constructor(db: Database, folder: string, place: LogPlace) {
    this.db = db
    this.folder = folder
    this.place = place
  }

  static async open(
    db: Database,
    { origin = 'example.org/log', policy = noWitnesses }: { origin?: string; policy?: WitnessPolicy } = {},
  ) {
    const folder = await mkdtemp(join(tmpdir(), 'assay-log-'))
    const seed = new Uint8Array(32).fill(9)
    const publicKey = publicKeyOf(seed)
    const key = {
      name: origin,
      type: signatureTypes.ed25519,
      keyId: keyIdOf(origin, signatureTypes.ed25519, publicKey),
    }
    const place = {
      origin,
      signer: { ...key, seed },
      verifier: { ...key, publicKey },
      policy,
      files: openDiskBlobs(folder),
    }
    return new LogDesk(db, folder, place)
  }

  needs(fetcher?: Partial<Needs['fetcher']>) {
    const clock = { now: () => new Date('2026-01-02T03:04:05Z') }
    return {
      db: this.db,
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

  step(files: BlobStore = this.place.files, fetcher?: Partial<Needs['fetcher']>): Promise<LogStep> {
    return extendLog(this.needs(fetcher), { ...this.place, files })
  }

  /** Steps until nothing waits. */
  async settle(): Promise<void> {
    while ((await this.step()) === 'published') await this.look()
  }

  /** What a stranger sees: the whole log checked, going on from every checkpoint ever seen; fsck has nothing to say. */
  async look(): Promise<number> {
    const bytes = await this.place.files.read('checkpoint')
    if (bytes === null) return 0
    const opened = openCheckpoint(bytes, [verifierOf(this.place.verifier)!])
    if ('problem' in opened) throw new Error(opened.problem)
    this.seen.push(opened.checkpoint)
    const earlier = this.seen.map((checkpoint, at) => ({ name: `seen-${at}`, checkpoint }))
    const report = await verifyLog(this.place.files.read, [verifierOf(this.place.verifier)!], earlier)
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

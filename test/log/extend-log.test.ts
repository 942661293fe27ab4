/** The log's life on a real database and disk: it grows, survives a crash at every step, and never forks. */

import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { getLogProof } from '#flows/extend-log/find-log-proof.ts'
import { recoverLog } from '#flows/extend-log/recover-log.ts'
import { verifyInclusion } from '#formats/tlog/merkle.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { parseTlogProof } from '#formats/tlog/tlog-proof.ts'
import { openCheckpoint } from '#formats/tlog/verify-log.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import { findLogEntry } from '#io/database/log/log-entries.ts'
import { findLogState } from '#io/database/log/log-state.ts'
import { freshDatabase } from '../fresh-database.ts'
import { LogDesk } from './log-desk.ts'

const { db } = await freshDatabase()
let log: LogDesk

beforeEach(async () => {
  await sql`truncate logs, log_entries, log_state, log_witnesses cascade`.execute(db)
  log = await LogDesk.open(db)
  await log.begin()
})
afterEach(() => log.close())

/** Blobs that fail at the step of this number, before or after it was done; counts the steps. */
function failingAt(
  files: BlobStore,
  step: number,
  when: 'before' | 'after',
  error: Error,
): BlobStore & { steps: number } {
  const failing = {
    ...files,
    steps: 0,
    create: (path: string, bytes: Uint8Array) => attempt(() => files.create(path, bytes)),
    replace: (path: string, bytes: Uint8Array) => attempt(() => files.replace(path, bytes)),
  }
  const attempt = async (write: () => Promise<void>) => {
    const now = failing.steps++
    if (now === step && when === 'before') throw error
    await write()
    if (now === step && when === 'after') throw error
  }
  return failing
}

describe('the log grows', () => {
  test('from nothing through a full tile, and everything that it shows is right', async () => {
    await log.settle()
    expect(await log.look()).toBe(0)
    for (const [add, size] of [
      [1, 1],
      [254, 255],
      [1, 256],
      [1, 257],
      [256, 513],
      [87, 600],
    ] as const) {
      await log.queue(add)
      await log.settle()
      expect(await log.look()).toBe(size)
    }
    expect(await log.fsckProblems()).toEqual([])
  })

  test('every part of every signed size stays readable', async () => {
    for (let size = 1; size <= 20; size++) {
      await log.queue(1)
      await log.settle()
    }
    for (const { size } of log.seen.filter((one) => one.size > 0)) {
      expect(await log.files.read(`tile/0/000.p/${size}`)).toHaveLength(size * 32)
      expect(await log.files.read(`tile/entries/000.p/${size}`)).not.toBeNull()
    }
  })

  test('an entry is proved to whoever carries the proof away', async () => {
    const [first, ...rest] = await log.queue(300)
    await expect(getLogProof({ db }, log.place, first!)).rejects.toThrow('not in the public log yet')
    await log.settle()
    for (const hash of [first!, rest[150]!, rest.at(-1)!]) {
      const proof = parseTlogProof(await getLogProof({ db }, log.place, hash))
      if (!proof.ok) throw new Error('the proof is not readable')
      const opened = openCheckpoint(new TextEncoder().encode(proof.value.checkpoint), [
        verifierOf(log.verifier)!,
      ])
      if ('problem' in opened) throw new Error(opened.problem)
      const { size, root } = opened.checkpoint
      expect(verifyInclusion(proof.value.index, size, hash, proof.value.hashes, root)).toBe(true)
    }
  })
})

describe('whatever breaks, nothing acknowledged is lost and nothing forks', () => {
  test.each(['before', 'after'] as const)('a crash %s each write of a publish', async (when) => {
    await log.queue(250)
    await log.settle()
    for (let step = 0, done = false; !done; step++) {
      const queued = await log.queue(3)
      const files = failingAt(log.files, step, when, new Error('the power went'))
      const crashed = await log.step(files).then(
        () => false,
        () => true,
      )
      // whatever is out now is right by itself
      await log.look()
      await log.begin()
      await log.settle()
      for (const hash of queued) expect((await findLogEntry(db, hash))?.state).toBe('published')
      expect(await log.fsckProblems()).toEqual([])
      done = !crashed && files.steps <= step
    }
    expect(log.seen.length).toBeGreaterThan(6)
  })

  test.each(['EIO', 'ENOSPC'])(
    '%s at each write: not acknowledged, and it goes on by itself',
    async (code) => {
      await log.settle()
      for (let step = 0; step < 5; step++) {
        const [hash] = await log.queue(1)
        const files = failingAt(log.files, step, 'before', Object.assign(new Error(code), { code }))
        const failed = await log.step(files).then(
          () => false,
          () => true,
        )
        if (failed) expect((await findLogEntry(db, hash!))?.state).not.toBe('published')
        await log.settle()
        expect((await findLogEntry(db, hash!))?.state).toBe('published')
      }
    },
  )

  test('eight at once on one database: one tree, each entry once', async () => {
    await log.settle()
    const hashes = await log.queue(200)
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let at = 0; at < 25; at++) {
          hashes.push(...(await log.queue(1)))
          await log.step().catch((error: Error) => expect(error.message).toContain('by another process'))
        }
      }),
    )
    await log.settle()
    expect(await log.look()).toBe(400)
    const places = await Promise.all(hashes.map(async (hash) => (await findLogEntry(db, hash))!.index))
    expect(new Set(places).size).toBe(400)
    expect(await log.fsckProblems()).toEqual([])
  })

  test('a database older than the log is refused with both sizes, and recovered from the files', async () => {
    await log.queue(5)
    await log.settle()
    await log.queue(7)
    await log.settle()
    await sql`update log_entries set state = 'pending', log = null, index = null, published_at = null where index >= 5`.execute(
      db,
    )
    await sql`delete from log_entries where state = 'pending'`.execute(db)
    await sql`update log_state set size = 5, published_size = 5`.execute(db)
    await expect(log.begin()).rejects.toThrow(/12 entries, the database only 5/)
    expect(await recoverLog(log.needs(), log.place)).toEqual({ size: 12, added: 7 })
    await log.begin()
    expect(await log.fsckProblems()).toEqual([])
    await log.queue(1)
    await log.settle()
    expect((await findLogState(db))?.publishedSize).toBe(13)
  })

  test('a changed, missing or swapped row is named with its index', async () => {
    await log.queue(10)
    await log.settle()
    await sql`update log_entries set bytes = bytes || ' ' where index = 3`.execute(db)
    await sql`delete from log_entries where index = 5`.execute(db)
    const idOf = (at: number) => String(at).padStart(26, '0')
    expect(await log.fsckProblems()).toEqual([
      { path: 'log_entries[3]', message: `entry 3 (claim review ${idOf(3)}) is not what the log holds` },
      {
        path: 'log_entries[5]',
        message: `entry 5 (claim review ${idOf(5)}) is in the log but not in the database`,
      },
    ])
  })
})

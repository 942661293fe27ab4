/** The key is changed: a log ends, another begins with its last checkpoint, and nothing that was proved is lost. */
import { execFile } from 'node:child_process'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseLogEntry } from '#domain/log-entry.ts'
import { exportData } from '#flows/export-data/export-data.ts'
import { findLogMark } from '#flows/extend-log/find-log-mark.ts'
import { getLogProof } from '#flows/extend-log/find-log-proof.ts'
import { recoverLog } from '#flows/extend-log/recover-log.ts'
import { rotateLog } from '#flows/extend-log/rotate-log.ts'
import { findServedLog } from '#flows/served-logs.ts'
import { formatVerifierKey } from '#formats/tlog/keys.ts'
import { verifyInclusion } from '#formats/tlog/merkle.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { parseTlogProof } from '#formats/tlog/tlog-proof.ts'
import { openCheckpoint, verifyLog } from '#formats/tlog/verify-log.ts'
import { findLogEntry, listLogEntries } from '#io/database/log/log-entries.ts'
import { findLogState } from '#io/database/log/log-state.ts'
import { freshDatabase } from '../fresh-database.ts'
import { flipBits, seeded } from './flip-bits.ts'
import { LogDesk } from './log-desk.ts'

const { db } = await freshDatabase()
const run = promisify(execFile)
const checker = fileURLToPath(new URL('../../bin/assay-verify.js', import.meta.url))
let log: LogDesk

beforeEach(async () => {
  await sql`truncate logs, log_entries, log_state, log_witnesses cascade`.execute(db)
  log = await LogDesk.open(db)
  await log.begin()
})
afterEach(() => log.close())

const rotate = (origin: string | null = null) => rotateLog(log.needs(), log.place, origin)
const grow = async (count: number) => {
  const hashes = await log.queue(count)
  while ((await log.step()) === 'published');
  return hashes
}
const vkeyOf = async (number: number) => formatVerifierKey(await log.place.verifierOf(number))
const markOf = async (hash: Uint8Array) =>
  findLogMark(log.place, { ...(await findLogEntry(db, hash))!, publishedAt: new Date(0), stands: true })

/** What the small checker says of a folder. */
async function check(...args: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(process.execPath, [checker, ...args])
    return `right: ${stdout}${stderr}`
  } catch (error) {
    return `wrong: ${(error as { stderr: string }).stderr}`
  }
}

describe('a changed key', () => {
  test('begins a log of another name with the last checkpoint of the one before, twice over', async () => {
    const [first] = await grow(300)
    const last = await log.files.read('checkpoint')
    expect(await rotate()).toEqual({
      before: expect.objectContaining({ number: 1, origin: 'example.org/log', size: 300 }),
      after: { number: 2, origin: 'example.org/log/2' },
      step: 'published',
    })
    const [second] = await grow(5)
    expect((await listLogEntries(db, 2, 0, 1))[0]!.bytes).toEqual(last)
    await rotate('elsewhere.example/log')
    await grow(2)

    expect(await log.files.read('checkpoint')).toEqual(last)
    for (const [number, size] of [
      [1, 300],
      [2, 6],
      [3, 3],
    ] as const) {
      const verifier = verifierOf(await log.place.verifierOf(number))!
      const report = await verifyLog(log.place.filesOf(number).read, [verifier])
      expect(report).toMatchObject({ entries: size, problem: null })
    }
    expect(await log.fsckProblems()).toEqual([])
    expect(await markOf(first!)).toMatchObject({
      state: 'logged',
      origin: 'example.org/log',
      isEarlier: true,
      index: 0,
    })
    expect(await markOf(second!)).toMatchObject({
      state: 'logged',
      origin: 'example.org/log/2',
      isEarlier: true,
    })
    await log.begin()
  })

  test('leaves every proof right, under the key of the log that the entry stands in', async () => {
    const [old] = await grow(10)
    await rotate()
    const [young] = await grow(10)
    for (const [hash, number] of [
      [old!, 1],
      [young!, 2],
    ] as const) {
      const proof = parseTlogProof(await getLogProof({ db }, log.place, hash))
      if (!proof.ok) throw new Error('the proof is not readable')
      const verifier = verifierOf(await log.place.verifierOf(number))!
      const opened = openCheckpoint(new TextEncoder().encode(proof.value.checkpoint), [verifier])
      if ('problem' in opened) throw new Error(opened.problem)
      const { size, root } = opened.checkpoint
      expect(verifyInclusion(proof.value.index, size, hash, proof.value.hashes, root)).toBe(true)
    }
  })

  test('is followed from outside by whoever gives both keys, and what was changed in the old log is named', async () => {
    await grow(20)
    const earlier = (await log.files.read('checkpoint'))!
    await grow(10)
    await rotate()
    await grow(3)
    const out = join(log.folder, 'out')
    await exportData({ ...log.needs(), config: log.config, log: log.place }, out)
    const [young, old] = [await vkeyOf(2), await vkeyOf(1)]
    const both = ['--vkey', young, '--vkey', old]
    const followed = /^right: .*\/2: 4 entries.*\n.*example.org\/log: 30 entries/
    expect(await check(join(out, 'log'), ...both)).toMatch(followed)
    expect(await check(join(log.folder, 'log', '2'), ...both)).toMatch(followed)
    expect(await check(join(out, 'log'), '--vkey', young)).toMatch(/^right: .*\n.*of 30 entries, not checked/)

    // whole and signed by the old key, but not what the new log goes on from
    writeFileSync(join(out, 'log/1/checkpoint'), earlier)
    expect(await check(join(out, 'log'), ...both)).toMatch(
      /^wrong: .*log\/1\/checkpoint: it has 20 entries, .* 30/,
    )
    rmSync(join(out, 'log/1'), { recursive: true })
    expect(await check(join(out, 'log'), ...both)).toMatch(/^wrong: .*is not beside it/)

    await log.files.replace('tile/entries/000.p/30', new Uint8Array(3))
    expect(await check(join(log.folder, 'log', '2'), ...both)).toMatch(/^wrong: .*tile\/entries\/000\.p\/30/)
    expect((await log.fsckProblems()).map(({ path }) => path)).toContain('log/tile/entries/000.p/30')
  })

  test('shows no mark for an entry of the old log once that was exchanged, whoever holds its key', async () => {
    const [hash] = await grow(3)
    await rotate()
    expect(await markOf(hash!)).toMatchObject({ state: 'logged' })
    const forged = (await log.files.read('checkpoint'))!.slice()
    forged[forged.indexOf(10) + 1] = '9'.charCodeAt(0)
    await log.files.replace('checkpoint', forged)
    expect(await markOf(hash!)).toEqual({ state: 'disagrees' })
  })

  test('is named in what is corrected afterwards: an index alone would not say of which log', () => {
    const bytes = new TextEncoder().encode(
      `{"id":"${'0'.repeat(26)}","kind":"correction","label":"true","organisation":"desk","revises":3,"revisesIn":"example.org/log","sha256":"${'0'.repeat(64)}","time":"2026-01-02T03:04Z","v":1}`,
    )
    expect(parseLogEntry(bytes)).toMatchObject({
      ok: true,
      value: { revises: 3, revisesIn: 'example.org/log' },
    })
  })
})

describe('whatever breaks while it is changed', () => {
  test.each(['before', 'after'] as const)(
    'a crash %s each write leaves the old log or the new one, whole',
    async (when) => {
      let size = 0
      for (let step = 0, done = false; !done; step++) {
        await grow(2)
        const newest = (await findServedLog(log.place))!
        const served = await log.place.filesOf(newest).read('checkpoint')
        let writes = 0
        const failing = async (write: () => Promise<void>) => {
          const now = writes++
          if (now === step && when === 'before') throw new Error('the power went')
          await write()
          if (now === step && when === 'after') throw new Error('the power went')
        }
        const filesOf = (number: number) => {
          const files = log.place.filesOf(number)
          return {
            ...files,
            create: (path: string, bytes: Uint8Array) => failing(() => files.create(path, bytes)),
            replace: (path: string, bytes: Uint8Array) => failing(() => files.replace(path, bytes)),
          }
        }
        await rotateLog(log.needs(), { ...log.place, filesOf }, null).catch((error: Error) =>
          expect(error.message).toBe('the power went'),
        )
        done = writes <= step
        expect(await log.place.filesOf(newest).read('checkpoint')).toEqual(served)
        await log.begin()
        while ((await log.step()) === 'published');
        expect(await findServedLog(log.place)).toBe(newest + 1)
        expect(await log.fsckProblems()).toEqual([])
        size++
      }
      expect(size).toBeGreaterThan(3)
    },
  )

  test('two changes at once: each log begins where the one before ended, and none begins twice', async () => {
    await grow(3)
    await Promise.allSettled([rotate(), rotate(), grow(4), rotate()])
    await grow(1)
    const { number } = (await findLogState(db))!
    expect(number).toBeGreaterThan(1)
    const keys = await Promise.all(Array.from({ length: number }, (_, at) => vkeyOf(number - at)))
    const at = join(log.folder, 'log', String(number))
    expect(await check(at, ...keys.flatMap((key) => ['--vkey', key]))).toMatch(/^right/)
    expect(await log.fsckProblems()).toEqual([])
  })

  test('a database from before the change is refused with both sizes, and recovered from the files', async () => {
    await grow(7)
    await rotate()
    await grow(4)
    await sql`delete from log_entries where log = 2`.execute(db)
    const old = new TextDecoder().decode((await log.files.read('checkpoint'))!)
    await sql`update log_state set number = 1, size = 7, published_size = 7, checkpoint = ${old}, published_checkpoint = ${old}`.execute(
      db,
    )
    await sql`delete from logs where number = 2`.execute(db)
    await expect(log.begin()).rejects.toThrow(/example.org\/log\/2 of 5 entries.*example.org\/log of 7/)
    expect(await recoverLog(log.needs(), log.place)).toEqual({ size: 5, added: 5 })
    await log.begin()
    expect(await log.fsckProblems()).toEqual([])
    await grow(1)
    expect(await findLogState(db)).toMatchObject({ number: 2, publishedSize: 6 })
  })

  test('files that were lost or are of an older day are written again from the database', async () => {
    await grow(5)
    cpSync(join(log.folder, 'log'), join(log.folder, 'kept'), { recursive: true })
    await grow(6)
    rmSync(join(log.folder, 'log'), { recursive: true })
    await log.begin()
    await log.step()
    expect(await log.look()).toBe(11)
    rmSync(join(log.folder, 'log'), { recursive: true })
    cpSync(join(log.folder, 'kept'), join(log.folder, 'log'), { recursive: true })
    await log.begin()
    await log.step()
    expect(await log.look()).toBe(11)
    expect(await log.fsckProblems()).toEqual([])
  })
})

test('one flipped bit in any file that is served is found, and the file is named', async () => {
  for (const count of [1, 2, 254, 4]) await grow(count)
  await rotate()
  for (const count of [1, 3]) await grow(count)
  const flips = await flipBits(db, log.place, log.folder, seeded(7))
  expect(flips).toMatchObject({ missed: [], named: flips.files })
  expect(flips.files).toBeGreaterThan(20)
})

test('another key under the same name signs nothing', async () => {
  await grow(2)
  const other = await LogDesk.open(db)
  await expect(other.begin()).rejects.toThrow('not the one that has signed')
  const twice = rotateLog(log.needs(), log.place, 'example.org/log')
  await expect(twice).rejects.toThrow('is a log of this instance already')
  await other.close()
})

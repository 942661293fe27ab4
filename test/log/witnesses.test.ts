/** Witnesses, by a real one beside us: nothing is published in the log that they have not signed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatCheckpoint } from '#formats/tlog/checkpoint.ts'
import { publicKeyOf } from '#formats/tlog/ed25519.ts'
import { formatVerifierKey, keyIdOf, signatureTypes } from '#formats/tlog/keys.ts'
import { formatNote, openNote } from '#formats/tlog/note.ts'
import { signNote, verifierOf } from '#formats/tlog/signatures.ts'
import { formatAddCheckpoint } from '#formats/tlog/witness.ts'
import { findLogEntry } from '#io/database/log/log-entries.ts'
import { findLogState, getWitnessSize } from '#io/database/log/log-state.ts'
import { createFetcher } from '#io/net/fetcher.ts'
import { freshDatabase } from '../fresh-database.ts'
import { LogDesk } from './log-desk.ts'

const { db } = await freshDatabase()
const folder = mkdtempSync(join(tmpdir(), 'assay-witness-'))
const name = 'witness.example'
const type = signatureTypes.cosignature
const publicKey = publicKeyOf(new Uint8Array(32).fill(5))
const key = { name, type, keyId: keyIdOf(name, type, publicKey), publicKey }
const fetcher = createFetcher(
  { publicUrl: 'http://127.0.0.1', allowedPrivateHosts: ['127.0.0.1'] },
  { gapMs: 0 },
)
let log: LogDesk
let witness: ChildProcess | null = null
let number = 0

beforeEach(async () => {
  await sql`truncate logs, log_entries, log_state, log_witnesses cascade`.execute(db)
  number++
  log = await LogDesk.open(db)
  await log.begin()
})
afterEach(async () => {
  await stop()
  await log.close()
})
afterAll(async () => {
  await fetcher.close()
  rmSync(folder, { recursive: true })
})

/** Starts the witness, with what it saw before when it was stopped, and puts it into the log's policy. */
async function start(): Promise<string> {
  const program = fileURLToPath(new URL('./witness-process.ts', import.meta.url))
  const state = join(folder, `seen-${number}.json`)
  const child = spawn(process.execPath, [program, name, formatVerifierKey(log.verifier), state], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  witness = child
  const [port] = (await once(child.stdout!, 'data')) as [Buffer]
  const url = `http://127.0.0.1:${port.toString().trim()}`
  log.place.policy = {
    logs: [],
    witnesses: new Map([['one', { key, url }]]),
    groups: new Map(),
    quorum: 'one',
  }
  return url
}

async function stop(): Promise<void> {
  if (witness === null) return
  const ended = once(witness, 'exit')
  witness.stdin!.end()
  await ended
  witness = null
}

async function settle(): Promise<void> {
  while ((await log.step(null, fetcher)) === 'published') await log.look()
}

/** Sends a checkpoint that this log's key signed, as a log does that wants to change the past. */
async function submit(
  url: string,
  oldSize: number,
  size: number,
  root: Uint8Array,
  proof: Uint8Array[] = [],
) {
  const text = formatCheckpoint({ origin: log.signer.name, size, root })
  const checkpoint = formatNote({ text, signatures: [signNote(log.signer, text)] })
  const body = formatAddCheckpoint({ oldSize, proof, checkpoint })
  return fetcher.post(`${url}/add-checkpoint`, {
    body,
    contentType: 'text/plain',
    bytesMax: 10_000,
    deadlineMs: 10_000,
  })
}

describe('a quorum of one witness', () => {
  test('every checkpoint that goes out carries its signature', async () => {
    await start()
    for (const count of [1, 254, 1, 1, 256, 87]) {
      await log.queue(count)
      await settle()
      const note = openNote((await log.files.read('checkpoint'))!, [
        verifierOf(log.verifier)!,
        verifierOf(key)!,
      ])
      expect(note.ok && note.value.verified.map((one) => one.name)).toEqual([log.signer.name, name])
    }
    expect(await log.look()).toBe(600)
    expect(await getWitnessSize(db, 'one')).toBe(600)
  })

  test('while it is away nothing is shown as logged; once it is back all is caught up', async () => {
    await start()
    await log.queue(3)
    await settle()
    await stop()
    const [first] = await log.queue(2)
    expect(await log.step(null, fetcher)).toBe('waiting')
    const [later] = await log.queue(4)
    expect(await log.step(null, fetcher)).toBe('waiting')
    expect(await log.look()).toBe(3)
    expect((await findLogEntry(db, first!))?.state).toBe('sequenced')
    expect((await findLogEntry(db, later!))?.state).toBe('pending')
    await start()
    await settle()
    expect(await log.look()).toBe(9)
    expect((await findLogEntry(db, later!))?.state).toBe('published')
    expect(await log.fsckProblems()).toEqual([])
  })

  test('a witness that has seen less than we remember says so, and is followed', async () => {
    await start()
    await log.queue(5)
    await settle()
    await sql`update log_witnesses set size = 2`.execute(db)
    await log.queue(5)
    await settle()
    expect(await log.look()).toBe(10)
  })

  test('it refuses a rollback and a fork, and a log that it has seen more of stays unpublished', async () => {
    const url = await start()
    await log.queue(10)
    await settle()
    const { root } = (await findLogState(db))!
    const rolledBack = await submit(url, 10, 5, root)
    expect(rolledBack.status).toBe(400)
    const forgotten = await submit(url, 0, 5, root)
    expect([forgotten.status, new TextDecoder().decode(forgotten.bytes)]).toEqual([409, '10\n'])
    const other = new Uint8Array(32).fill(1)
    expect((await submit(url, 10, 12, other, [other, other])).status).toBe(422)
    expect((await submit(url, 10, 10, other)).status).toBe(422)

    // our own files and rows of an older day
    const fresh = await LogDesk.open(db)
    await sql`truncate logs, log_entries, log_state, log_witnesses cascade`.execute(db)
    fresh.place.policy = log.place.policy
    await fresh.begin()
    await fresh.queue(3)
    expect(await fresh.step(null, fetcher)).toBe('waiting')
    expect(await fresh.files.read('checkpoint')).toBeNull()
    await fresh.close()
  })
})

test('forged and foreign signature lines count for nothing', async () => {
  await start()
  const line = (text: string) => `— ${name} ${btoa(text)}\n`
  const answers = [
    '',
    'nonsense',
    line('abc'),
    `— other.example ${btoa('x'.repeat(76))}\n`,
    line('x'.repeat(76)),
  ]
  for (const body of answers) {
    const forging = {
      post: async () => ({ status: 200, contentType: 'text/plain', bytes: new TextEncoder().encode(body) }),
    }
    expect(await log.step(null, forging)).toBe('waiting')
  }
  await settle()
  expect(await log.look()).toBe(0)
})

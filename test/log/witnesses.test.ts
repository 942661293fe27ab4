/** Witnesses, by a real one beside us: nothing is published in the log that they have not signed. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findProvedCheckpoint } from '#flows/extend-log/proved-checkpoint.ts'
import { parseCheckpoint } from '#formats/tlog/checkpoint.ts'
import { keyIdOf, signatureTypes } from '#formats/tlog/keys.ts'
import { cosignedMessage } from '#formats/tlog/ml-dsa.ts'
import { formatSignatureLine, openNote, parseNote } from '#formats/tlog/note.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { parseAddCheckpoint } from '#formats/tlog/witness.ts'
import { findLogEntry, pendingEntriesMax } from '#io/database/log/log-entries.ts'
import { findLogState, getWitnessSize } from '#io/database/log/log-state.ts'
import type { Fetcher } from '#io/net/fetcher.ts'
import { freshDatabase } from '../fresh-database.ts'
import { LogDesk } from './log-desk.ts'
import { openWitnessFetcher, submit, Witness, witnessKey } from './witness.ts'

const { db } = await freshDatabase()
const folder = mkdtempSync(join(tmpdir(), 'assay-witness-'))
const { name } = witnessKey
const fetcher = openWitnessFetcher()
let log: LogDesk
let witness: Witness | null = null
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
  witness = await Witness.start(log, join(folder, `seen-${number}.json`))
  return witness.url
}

async function stop(): Promise<void> {
  await witness?.stop()
  witness = null
}

async function settle(): Promise<void> {
  while ((await log.step(null, fetcher)) === 'published') await log.look()
}

describe('a quorum of one witness', () => {
  test('every checkpoint that goes out carries its signature', async () => {
    await start()
    for (const count of [1, 254, 1, 1, 256, 87]) {
      await log.queue(count)
      await settle()
      const note = openNote((await log.files.read('checkpoint'))!, [
        verifierOf(log.verifier)!,
        verifierOf(witnessKey)!,
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
    const send = (given: Parameters<typeof submit>[2]) => submit(fetcher, { log, url }, given)
    expect(await send({ oldSize: 10, size: 5, root })).toMatchObject({ status: 400 })
    expect(await send({ oldSize: 0, size: 5, root })).toEqual({ status: 409, body: '10\n' })
    const other = new Uint8Array(32).fill(1)
    const fork = await send({ oldSize: 10, size: 12, root: other, proof: [other, other] })
    expect(fork.status).toBe(422)
    expect((await send({ oldSize: 10, size: 10, root: other })).status).toBe(422)

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

test('what waits for witnesses is kept up to a bound, and a publication beyond it is refused with a sentence', async () => {
  await start()
  await stop()
  await log.queue(1)
  expect(await log.step(null, fetcher)).toBe('waiting')
  await sql`insert into log_entries (leaf_hash, bytes, kind, claim_review_id, state, pending_at)
    select sha256(n::text::bytea), n::text::bytea, 'verdict', 'many', 'pending', now()
    from generate_series(1, ${sql.lit(pendingEntriesMax)}) n`.execute(db)
  await expect(log.queue(1)).rejects.toThrow('behind by 10,000 entries')
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

test('a witness with a post-quantum key counts like any other, and one whose signature is wrong only misses', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ml-dsa-44')
  const type = signatureTypes.mlDsa44
  const key = {
    name: 'quantum.example',
    type,
    publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-1312)),
    keyId: '',
  }
  key.keyId = keyIdOf(key.name, type, key.publicKey)
  const url = 'https://quantum.example'
  const quantum = new Map([['quantum', { key, url }]])
  log.place.policy = { logs: [], witnesses: quantum, groups: new Map(), quorum: 'quantum' }
  const answering = (seconds: bigint): Pick<Fetcher, 'post'> => ({
    post: async (_, { body }) => {
      const request = parseAddCheckpoint(String(body))
      const note = request.ok ? parseNote(new TextEncoder().encode(request.value.checkpoint)) : request
      const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note
      if (!checkpoint.ok) throw new Error('not an add-checkpoint')
      const signed = sign(null, cosignedMessage(key.name, 1_700_000_000n, checkpoint.value)!, privateKey)
      const time = Buffer.alloc(8)
      time.writeBigUInt64BE(seconds)
      const line = formatSignatureLine({ ...key, signature: Buffer.concat([time, signed]) })
      return { status: 200, contentType: 'text/plain', bytes: new TextEncoder().encode(line) }
    },
  })
  await log.queue(3)
  expect(await log.step(null, answering(1_600_000_000n))).toBe('waiting')
  while ((await log.step(null, answering(1_700_000_000n))) === 'published');
  expect(await log.look()).toBe(3)
  const proved = await findProvedCheckpoint(log.place, 1, 1)
  expect(proved?.witnesses).toEqual(['quantum.example'])
  expect(await log.fsckProblems()).toEqual([])
})

/**
 * The log read a second time, from the specifications and with Node alone: nothing here is shared with what writes and
 * checks it elsewhere. RFC 6962, 2.1; C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-proof.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { getLogProof } from '#flows/extend-log/find-log-proof.ts'
import { formatVerifierKey } from '#formats/tlog/keys.ts'
import { freshDatabase } from '../fresh-database.ts'
import { LogDesk } from './log-desk.ts'
import { openWitnessFetcher, Witness, witnessKey } from './witness.ts'

const { db } = await freshDatabase()
const log = await LogDesk.open(db)
const scratch = mkdtempSync(join(tmpdir(), 'assay-second-'))
const fetcher = openWitnessFetcher()
const cleanings: (() => Promise<unknown>)[] = [() => log.close(), () => fetcher.close()]
afterAll(async () => {
  for (const clean of cleanings) await clean()
  rmSync(scratch, { recursive: true })
})

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
const leaf = (entry: Uint8Array) => sha256(Buffer.of(0), entry)

/** MTH. */
function treeHash(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return leaves[0]!
  const split = splitOf(leaves.length)
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)))
}

/** PATH: the way from a leaf up. */
function path(at: number, leaves: Buffer[]): Buffer[] {
  if (leaves.length === 1) return []
  const split = splitOf(leaves.length)
  return at < split
    ? [...path(at, leaves.slice(0, split)), treeHash(leaves.slice(split))]
    : [...path(at - split, leaves.slice(split)), treeHash(leaves.slice(0, split))]
}

function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}

interface Note {
  text: string
  lines: { name: string; id: string; signature: Buffer }[]
}

function noteOf(whole: string): Note {
  const end = whole.lastIndexOf('\n\n')
  const lines = whole
    .slice(end + 2)
    .split('\n')
    .slice(0, -1)
  return {
    text: whole.slice(0, end + 1),
    lines: lines.map((line) => {
      const [dash, name = '', body = ''] = line.split(' ')
      expect(dash).toBe('—')
      const bytes = Buffer.from(body, 'base64')
      return { name, id: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) }
    }),
  }
}

/** Checks the signature of a key that is written as a vkey, over what is signed at the time that stands in a cosignature. */
function isSigned({ text, lines }: Note, vkey: string): boolean {
  const [, name = '', id = '', body = ''] = /^(.+?)\+([0-9a-f]{8})\+(.+)$/.exec(vkey)!
  const key = Buffer.from(body, 'base64')
  expect(
    sha256(Buffer.from(`${name}\n`), key)
      .subarray(0, 4)
      .toString('hex'),
  ).toBe(id)
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)])
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
  const line = lines.find((one) => one.name === name && one.id === id)
  if (line === undefined) return false
  if (key[0] === 1) return verify(null, Buffer.from(text), publicKey, line.signature)
  const time = line.signature.readBigUInt64BE()
  const signed = Buffer.from(`cosignature/v1\ntime ${time}\n${text}`)
  return verify(null, signed, publicKey, line.signature.subarray(8))
}

const folder = () => join(log.folder, 'log')
const read = (name: string) => readFileSync(join(folder(), name))
const partOf = (width: number) => (width === 256 ? '' : `.p/${width}`)

function entriesOf(size: number): Buffer[] {
  const entries: Buffer[] = []
  for (let bundle = 0; bundle * 256 < size; bundle++) {
    const width = Math.min(256, size - bundle * 256)
    const bytes = read(`tile/entries/${String(bundle).padStart(3, '0')}${partOf(width)}`)
    let at = 0
    for (let count = 0; count < width; count++) {
      const length = bytes.readUInt16BE(at)
      entries.push(bytes.subarray(at + 2, at + 2 + length))
      at += 2 + length
    }
    expect(at).toBe(bytes.length)
  }
  return entries
}

test('every size is the tree of its entries, signed by log and witness, each tile and proof as it must be', async () => {
  await log.begin()
  const witness = await Witness.start(log, join(scratch, 'seen.json'))
  cleanings.unshift(() => witness.stop())
  const hashes: Uint8Array[] = []
  const roots = new Map<number, string>()
  for (const count of [0, 1, 1, 253, 1, 1, 44, 211, 3]) {
    if (count > 0) hashes.push(...(await log.queue(count)))
    while ((await log.step(null, fetcher)) === 'published');
    const note = noteOf(read('checkpoint').toString())
    for (const key of [log.verifier, witnessKey]) expect(isSigned(note, formatVerifierKey(key))).toBe(true)
    const [origin, size, root] = note.text.split('\n')
    expect([origin, size]).toEqual(['example.org/log', String(hashes.length)])
    roots.set(hashes.length, root!)
  }

  const entries = entriesOf(hashes.length)
  const leaves = entries.map(leaf)
  expect(leaves).toEqual(hashes.map((hash) => Buffer.from(hash)))
  for (const [size, root] of roots) {
    expect(treeHash(leaves.slice(0, size)).toString('base64')).toBe(root)
    for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / 256))
      for (let tile = 0; tile * 256 < count; tile++) {
        const width = Math.min(256, count - tile * 256)
        const below = 256 ** level
        const wanted = Array.from({ length: width }, (_, at) =>
          treeHash(leaves.slice((tile * 256 + at) * below, (tile * 256 + at + 1) * below)),
        )
        const name = `tile/${level}/${String(tile).padStart(3, '0')}${partOf(width)}`
        expect(read(name).equals(Buffer.concat(wanted)), name).toBe(true)
      }
  }
  expect(existsSync(join(folder(), 'tile/3'))).toBe(false)

  for (const at of [0, 1, 255, 256, 299, 511, 514]) {
    const [first, index, ...rest] = (await getLogProof({ db }, log.place, hashes[at]!)).split('\n')
    expect([first, index]).toEqual(['c2sp.org/tlog-proof@v1', `index ${at}`])
    const way = rest.slice(0, rest.indexOf(''))
    expect(way).toEqual(path(at, leaves).map((hash) => hash.toString('base64')))
    expect(rest.slice(way.length + 1).join('\n')).toBe(read('checkpoint').toString())
  }
})

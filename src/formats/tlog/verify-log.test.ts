/** The checker of whole logs, on logs that are grown here: it accepts what is right and names what was touched. */
import { describe, expect, test } from 'vitest'
import { formatBundle } from './bundles.ts'
import { formatCheckpoint } from './checkpoint.ts'
import { publicKeyOf } from './ed25519.ts'
import { leafHash } from './hash.ts'
import { keyIdOf, signatureTypes } from './keys.ts'
import { formatNote } from './note.ts'
import { signNote, verifierOf } from './signatures.ts'
import { bundlePath, bundlesOf, emptyEdge, extend, formatTile, rootOf, tilePath } from './tiles.ts'
import { openCheckpoint, verifyLog } from './verify-log.ts'

const origin = 'example.org/log'
const type = signatureTypes.ed25519
const seed = new Uint8Array(32).fill(7)
const publicKey = publicKeyOf(seed)
const key = { name: origin, keyId: keyIdOf(origin, type, publicKey), type }
const verifiers = [verifierOf({ ...key, publicKey })!]

/** The files of a log of `size` entries, and nothing of smaller sizes but the full tiles. */
function logOf(size: number, entryOf = (at: number) => `entry ${at}`): Map<string, Uint8Array> {
  const entries = Array.from({ length: size }, (_, at) => new TextEncoder().encode(entryOf(at)))
  const grown = extend(emptyEdge, entries.map(leafHash))
  const files = new Map(grown.tiles.map(({ tile, hashes }) => [tilePath(tile), formatTile(hashes)]))
  for (const { index, width } of bundlesOf(size)) {
    files.set(bundlePath(index, width), formatBundle(entries.slice(index * 256, index * 256 + width))!)
  }
  const text = formatCheckpoint({ origin, size, root: rootOf(grown.edge) })
  files.set(
    'checkpoint',
    new TextEncoder().encode(formatNote({ text, signatures: [signNote({ ...key, seed }, text)] })),
  )
  return files
}

function checkpointOf(files: Map<string, Uint8Array>) {
  const opened = openCheckpoint(files.get('checkpoint')!, verifiers)
  if ('problem' in opened) throw new Error(opened.problem)
  return opened.checkpoint
}

const verify = (files: Map<string, Uint8Array>, ...older: Map<string, Uint8Array>[]) =>
  verifyLog(
    async (path) => files.get(path) ?? null,
    verifiers,
    older.map((one, at) => ({ name: `old-${at}`, checkpoint: checkpointOf(one) })),
  )

describe('checking a log', () => {
  test.each([0, 1, 255, 256, 257, 513, 600, 70_000])(
    'a log of %i entries is right, down to its last tile',
    async (size) => {
      const files = logOf(size)
      expect(await verify(files)).toMatchObject({ entries: size, files: files.size, problem: null })
    },
  )

  test('one flipped bit in any file is found and the file is named', async () => {
    const files = logOf(600)
    for (const [path, bytes] of files) {
      const flipped = bytes.slice()
      flipped[Math.floor(bytes.length / 2)]! ^= 4
      const { problem } = await verify(new Map(files).set(path, flipped))
      expect(problem?.path).toBe(path)
    }
  })

  test('a missing file is named', async () => {
    for (const path of logOf(300).keys()) {
      const files = logOf(300)
      files.delete(path)
      expect((await verify(files)).problem?.path).toBe(path)
    }
  })

  test('a part that is gone is read from its full tile', async () => {
    const files = logOf(300)
    const later = logOf(512)
    for (const path of ['tile/0/001', 'tile/entries/001']) {
      files.delete(`${path}.p/44`)
      files.set(path, later.get(path)!)
    }
    expect((await verify(files)).problem).toBeNull()
  })

  test('it goes on from every checkpoint seen before, and a rewritten past is named', async () => {
    const now = logOf(600)
    expect((await verify(now, logOf(0), logOf(1), logOf(256), logOf(300), logOf(600))).problem).toBeNull()
    const rewritten = logOf(600, (at) => (at === 299 ? 'another' : `entry ${at}`))
    expect((await verify(rewritten)).problem).toBeNull()
    expect((await verify(rewritten, logOf(299), logOf(300))).problem?.path).toBe('old-1')
    expect((await verify(logOf(100), now)).problem?.path).toBe('old-0')
  })

  test('a checkpoint of another log or another key is refused', async () => {
    const other = [{ ...verifiers[0]!, name: 'other.example/log' }]
    const report = await verifyLog(async (path) => logOf(3).get(path) ?? null, other)
    expect(report).toMatchObject({ checkpoint: null, problem: { path: 'checkpoint' } })
  })
})

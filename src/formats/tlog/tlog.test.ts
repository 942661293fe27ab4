/** The log's formats against trees that we grow ourselves, and against the vectors of others where they are at hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseBase64 } from './base64.ts'
import { formatBundle, parseBundle } from './bundles.ts'
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { publicKeyOf } from './ed25519.ts'
import { emptyRoot, type Hash, leafHash, nodeHash, perfectRoot, sameBytes } from './hash.ts'
import {
  formatSignerKey,
  formatVerifierKey,
  keyIdOf,
  parseSignerKey,
  parseVerifierKey,
  signatureTypes,
} from './keys.ts'
import {
  consistencyProof,
  inclusionProof,
  type NodeReader,
  rangeRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'
import { formatNote, type NoteVerifier, openNote } from './note.ts'
import { isQuorum, parsePolicy } from './policy.ts'
import { cosign, cosignatureTime, signNote, verifierOf } from './signatures.ts'
import {
  bundlePath,
  edgeOf,
  edgeTiles,
  emptyEdge,
  extend,
  isWithin,
  parseTilePath,
  rootOf,
  tilePath,
  tilesOf,
} from './tiles.ts'
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts'
import { formatAddCheckpoint, parseAddCheckpoint, parseConflictSize } from './witness.ts'

const utf8 = new TextEncoder()
const leaves = Array.from({ length: 600 }, (_, at) => leafHash(utf8.encode(`entry ${at}`)))

/** The definition of RFC 6962, 2.1, as slowly as it is written there. */
function slowRoot(hashes: Hash[]): Hash {
  if (hashes.length === 0) return emptyRoot
  if (hashes.length === 1) return hashes[0]!
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return nodeHash(slowRoot(hashes.slice(0, split)), slowRoot(hashes.slice(split)))
}

const readNode: NodeReader = async (level, index) =>
  perfectRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))
const sizes = [0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, 600]

function signer(name: string, type: number, fill: number) {
  const seed = new Uint8Array(32).fill(fill)
  const publicKey = publicKeyOf(seed)
  const keyId = keyIdOf(name, type, publicKey)
  return { signer: { name, keyId, type, seed }, verifier: { name, keyId, type, publicKey } }
}

describe('the tree', () => {
  test.each(sizes)('grown to %i entries in any steps, it has the root of RFC 6962', (size) => {
    const whole = slowRoot(leaves.slice(0, size))
    expect(rootOf(extend(emptyEdge, leaves.slice(0, size)).edge)).toEqual(whole)
    let edge = emptyEdge
    for (let at = 0; at < size; at += 100)
      edge = extend(edge, leaves.slice(at, Math.min(size, at + 100))).edge
    expect(rootOf(edge)).toEqual(whole)
  })

  test('it goes on from the unfilled tiles that were read back', () => {
    const kept = new Map<string, Hash[]>()
    let size = 0
    for (const step of [1, 254, 1, 1, 256, 87]) {
      const edge = edgeOf(
        size,
        edgeTiles(size).map((tile) => ({ tile, hashes: kept.get(tilePath(tile))! })),
      )
      const grown = extend(edge, leaves.slice(size, size + step))
      size += step
      for (const { tile, hashes } of grown.tiles) kept.set(tilePath(tile), hashes)
      expect(rootOf(grown.edge)).toEqual(slowRoot(leaves.slice(0, size)))
      for (const tile of tilesOf(size)) expect(kept.get(tilePath(tile))).toHaveLength(tile.width)
    }
  })

  test('every entry of every size has a proof, and the proof of another entry fails', async () => {
    for (const size of sizes.slice(1, 9)) {
      const root = await rangeRoot(0, size, readNode)
      for (let index = 0; index < size; index += Math.max(1, Math.floor(size / 9))) {
        const proof = await inclusionProof(index, size, readNode)
        expect(verifyInclusion(index, size, leaves[index]!, proof, root)).toBe(true)
        expect(verifyInclusion(index, size, leaves[(index + 1) % 600]!, proof, root)).toBe(false)
        if (proof.length > 0)
          expect(verifyInclusion(index, size, leaves[index]!, proof.slice(1), root)).toBe(false)
      }
    }
  })

  test('every size is shown to begin every larger one, and never with another root', async () => {
    for (const [at, oldSize] of sizes.entries()) {
      for (const newSize of sizes.slice(at)) {
        const oldRoot = slowRoot(leaves.slice(0, oldSize))
        const newRoot = slowRoot(leaves.slice(0, newSize))
        const proof = await consistencyProof(oldSize, newSize, readNode)
        expect(verifyConsistency(oldSize, newSize, oldRoot, newRoot, proof)).toBe(true)
        const forged = leafHash(utf8.encode('forged'))
        expect(verifyConsistency(oldSize, newSize, forged, newRoot, proof)).toBe(false)
      }
    }
  })
})

describe('paths and files', () => {
  test('a path is read in the one way in which it is written', () => {
    fc.assert(
      fc.property(fc.nat(63), fc.nat(2 ** 31), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
        expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width })
        expect(parseTilePath(bundlePath(index, width))).toEqual({ level: 'entries', index, width })
      }),
    )
  })

  test('a tree of 70,000 has 273 full tiles and unfilled ones of 112, 17 and 1', () => {
    const tiles = [...tilesOf(70_000)]
    expect(tiles.filter((tile) => tile.level === 0 && tile.width === 256)).toHaveLength(273)
    expect(tiles.filter((tile) => tile.width < 256).map((tile) => tile.width)).toEqual([112, 17, 1])
    expect([...tilesOf(256)].map(tilePath)).toEqual(['tile/0/000', 'tile/1/000.p/1'])
    expect(isWithin(70_000, { level: 0, index: 273, width: 112 })).toBe(true)
    expect(isWithin(70_000, { level: 0, index: 273, width: 113 })).toBe(false)
  })

  test('a bundle gives back its entries, and nothing when a byte is missing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 }),
        (entries) => {
          const bytes = formatBundle(entries)!
          expect(parseBundle(bytes, entries.length)).toEqual(entries)
          expect(parseBundle(bytes.subarray(0, -1), entries.length)).toBeNull()
        },
      ),
    )
  })

  test.each(['c2sp', 'x', '', 'c2sp.org/tlog-proof@v1\nindex 007\n\nx', 'old 5'])(
    '%j is not a proof and not a request',
    (text) => {
      expect(parseTlogProof(text).ok).toBe(false)
      expect(parseAddCheckpoint(text).ok).toBe(false)
    },
  )

  test('proofs and witness requests are read as they were written', () => {
    const proof = { index: 7, hashes: leaves.slice(0, 3), extra: null, checkpoint: 'a\n1\nb\n\n— c d\n' }
    expect(parseTlogProof(formatTlogProof(proof))).toEqual({ ok: true, value: proof })
    const request = { oldSize: 3, proof: leaves.slice(0, 2), checkpoint: proof.checkpoint }
    expect(parseAddCheckpoint(formatAddCheckpoint(request))).toEqual({ ok: true, value: request })
    expect(parseAddCheckpoint(formatAddCheckpoint({ ...request, proof: [] }))).toEqual({
      ok: true,
      value: { ...request, proof: [] },
    })
    expect([parseConflictSize('12\n'), parseConflictSize('12'), parseConflictSize('012\n')]).toEqual([
      12,
      null,
      null,
    ])
  })
})

describe('who signed', () => {
  const log = signer('example.org/log', signatureTypes.ed25519, 1)
  const witness = signer('witness.example', signatureTypes.cosignature, 2)
  const text = formatCheckpoint({ origin: 'example.org/log', size: 600, root: slowRoot(leaves) })
  const note = { text, signatures: [signNote(log.signer, text), cosign(witness.signer, text, 1_700_000_000)] }
  const verifiers = [verifierOf(log.verifier)!, verifierOf(witness.verifier)!]

  test('keys are read as they were written, and a wrong id is refused', () => {
    expect(parseVerifierKey(formatVerifierKey(log.verifier))).toEqual({ ok: true, value: log.verifier })
    expect(parseSignerKey(formatSignerKey(log.signer))).toEqual({ ok: true, value: log.signer })
    expect(parseVerifierKey(formatVerifierKey({ ...log.verifier, keyId: '00000000' })).ok).toBe(false)
  })

  test('a checkpoint signed by the log and a witness opens with both keys, or either', () => {
    const bytes = utf8.encode(formatNote(note))
    const opened = openNote(bytes, verifiers)
    expect(opened.ok && opened.value.verified).toHaveLength(2)
    expect(opened.ok && cosignatureTime(opened.value.verified[1]!.signature)).toBe(1_700_000_000)
    expect(openNote(bytes, [verifiers[1]!])).toMatchObject({
      ok: true,
      value: { verified: [{ name: 'witness.example' }], unverified: [{}] },
    })
    expect(openNote(bytes, []).ok).toBe(false)
    expect(opened.ok && parseCheckpoint(opened.value.text)).toMatchObject({ ok: true, value: { size: 600 } })
  })

  test('one flipped bit anywhere in the note is refused', () => {
    const bytes = utf8.encode(formatNote(note))
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice()
      flipped[at]! ^= 1 << (at % 8)
      const opened = openNote(flipped, verifiers)
      // a changed name or key id makes a signature foreign, which the standard says to carry along
      expect(!opened.ok || opened.value.verified.length < 2).toBe(true)
      if (opened.ok) expect(opened.value.text).toBe(text)
    }
  })

  test('a quorum is counted through groups of groups', () => {
    const vkey = formatVerifierKey(witness.verifier)
    const parsed = parsePolicy(
      `witness a ${vkey}\nwitness b ${vkey}\nwitness c ${vkey}\ngroup two 2 a b c\ngroup all-of all two c # both\nquorum all-of\n`,
    )
    expect(parsed.ok).toBe(true)
    if (!parsed.ok) return
    expect(isQuorum(parsed.value, new Set(['a', 'b']))).toBe(false)
    expect(isQuorum(parsed.value, new Set(['a', 'c']))).toBe(true)
    expect(parsePolicy('group none 1 a\nquorum unknown\n')).toMatchObject({
      ok: false,
      problems: [{ path: 'line 1' }, { path: 'line 2' }],
    })
  })
})

const shared = new URL('../../../../shared/vectors/tlog/', import.meta.url)

describe.runIf(existsSync(shared))('the vectors of other implementations', () => {
  const vectors = existsSync(shared) ? JSON.parse(readFileSync(new URL('vectors.json', shared), 'utf8')) : {}
  const verifiersOf = (vkeys: string[]): NoteVerifier[] =>
    vkeys.map((vkey) => {
      const key = parseVerifierKey(vkey)
      if (!key.ok) throw new Error(key.problems[0]!.message)
      return verifierOf(key.value)!
    })

  test('signed notes', () => {
    for (const one of vectors.signedNote.cases) {
      const opened = openNote(Buffer.from(one.noteBase64, 'base64'), verifiersOf(one.vkeys))
      expect(opened.ok, one.desc).toBe(one.want.ok)
      if (opened.ok) {
        expect([opened.value.verified.length, opened.value.unverified.length], one.desc).toEqual([
          one.want.verified,
          one.want.unverified,
        ])
      }
    }
    const { sign, badVkeys, ed25519KeyId } = vectors.signedNote
    const key = parseSignerKey(sign.skey)
    const text = Buffer.from(sign.textBase64, 'base64').toString()
    expect(key.ok && formatNote({ text, signatures: [signNote(key.value, text)] })).toBe(
      Buffer.from(sign.wantBase64, 'base64').toString(),
    )
    for (const vkey of badVkeys) expect(parseVerifierKey(vkey).ok, vkey).toBe(false)
    const seed = Buffer.from(ed25519KeyId.pkcs8Base64, 'base64').subarray(-32)
    expect(Number.parseInt(keyIdOf(ed25519KeyId.name, 1, publicKeyOf(seed)), 16)).toBe(
      Number(ed25519KeyId.keyIdDecimal),
    )
  })

  test('checkpoints and cosignatures', () => {
    for (const [why, text] of vectors.checkpoint.invalid) expect(parseCheckpoint(text).ok, why).toBe(false)
    expect(parseCheckpoint(vectors.checkpoint.valid[0].text).ok).toBe(false)
    expect(parseCheckpoint(vectors.checkpoint.valid[1].text)).toMatchObject({
      ok: true,
      value: { extensions: ['lots', 'of', 'lines'] },
    })
    expect(leafHash(utf8.encode('hello world'))).toEqual(parseBase64(vectors.checkpoint.leafHelloWorld))
    const { timestamp, notACosignature, checkpoint, checkpointVkey } = vectors.cosignatureV1
    expect(cosignatureTime(Buffer.from(timestamp.base64, 'base64').subarray(4))).toBe(timestamp.wantUnix)
    expect(cosignatureTime(Buffer.from(notACosignature, 'base64').subarray(4))).toBeNull()
    expect(openNote(utf8.encode(checkpoint), verifiersOf([checkpointVkey])).ok).toBe(true)
  })

  test('paths, proofs and witnesses', () => {
    for (const [level, index, width, path] of vectors.tilePaths.tile) {
      expect(tilePath({ level: Number(level), index: Number(index), width: Number(width) || 256 })).toBe(path)
    }
    for (const [sequence, size, path] of vectors.tilePaths.entries) {
      const index = Math.floor(Number(sequence) / 256)
      expect(bundlePath(index, Math.min(256, Number(size) - index * 256))).toBe(path)
    }
    for (const [level, index] of vectors.tilePaths.badIndex)
      expect(parseTilePath(`tile/${level}/${index}`), index).toBeNull()
    for (const text of vectors.tlogProof.malformed) expect(parseTlogProof(text).ok, text).toBe(false)
    const { logVkey, checkpoint5, checkpoint8, consistency5to8Hex, badPolicies } = vectors.witness
    const [five, eight] = [checkpoint5, checkpoint8].map((note: string) => {
      const opened = openNote(utf8.encode(note), verifiersOf([logVkey]))
      const parsed = opened.ok ? parseCheckpoint(opened.value.text) : opened
      if (!parsed.ok) throw new Error(parsed.problems[0]!.message)
      return parsed.value
    })
    const proof = consistency5to8Hex.map((hex: string) => new Uint8Array(Buffer.from(hex, 'hex')))
    expect(verifyConsistency(5, 8, five!.root, eight!.root, proof)).toBe(true)
    expect(verifyConsistency(5, 8, eight!.root, five!.root, proof)).toBe(false)
    for (const policy of badPolicies) expect(parsePolicy(policy).ok, policy).toBe(false)
  })

  test('a log of another implementation at each of its 16 sizes', async () => {
    const folder = new URL('tessera/testdata/log/', shared)
    const vkey = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'
    const checkpoints = Array.from({ length: 16 }, (_, size) => {
      const opened = openNote(readFileSync(new URL(`checkpoint.${size}`, folder)), verifiersOf([vkey]))
      const parsed = opened.ok ? parseCheckpoint(opened.value.text) : opened
      if (!parsed.ok) throw new Error(parsed.problems[0]!.message)
      return parsed.value
    })
    const entries = parseBundle(readFileSync(new URL(bundlePath(0, 15), folder)), 15)!
    const hashes = entries.map(leafHash)
    const read: NodeReader = async (level, index) =>
      perfectRoot(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level))
    let pairs = 0
    for (const [size, checkpoint] of checkpoints.entries()) {
      expect(checkpoint.size).toBe(size)
      expect(sameBytes(rootOf(extend(emptyEdge, hashes.slice(0, size)).edge), checkpoint.root)).toBe(true)
      for (const newer of checkpoints.slice(size)) {
        const proof = await consistencyProof(size, newer.size, read)
        expect(verifyConsistency(size, newer.size, checkpoint.root, newer.root, proof)).toBe(true)
        pairs++
      }
    }
    expect(pairs).toBe(136)
  })

  test('196 proofs; the three that differ are those where an old size of 0 is nothing to check against', () => {
    const folder = new URL('merkle/testdata/', shared)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.json'),
    )
    const differ: string[] = []
    for (const path of files) {
      const one = JSON.parse(
        readFileSync(new URL(path.split('/').map(encodeURIComponent).join('/'), folder), 'utf8'),
      )
      const bytes = (text: string | null): Uint8Array => new Uint8Array(Buffer.from(text ?? '', 'base64'))
      const proof = (one.proof ?? []).map(bytes)
      const right = path.startsWith('inclusion')
        ? verifyInclusion(one.leafIdx, one.treeSize, bytes(one.leafHash), proof, bytes(one.root))
        : verifyConsistency(one.size1, one.size2, bytes(one.root1), bytes(one.root2), proof)
      if (right === one.wantErr) differ.push(path)
    }
    expect(files).toHaveLength(196)
    for (const path of differ) expect(path).toMatch(/zero/)
    expect(differ.length).toBeLessThanOrEqual(3)
  })
})

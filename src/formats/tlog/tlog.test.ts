import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatBundle, parseBundle } from './bundles.ts'
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { publicKeyOf } from './ed25519.ts'
import { emptyRoot, type Hash, leafHash, nodeHash, perfectRoot } from './hash.ts'
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
import { formatNote, openNote } from './note.ts'
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

  test('signatures of strangers are carried along: other names, post-quantum ones, up to a hundred in all', () => {
    const stranger = (at: number) => {
      const length = at % 2 ? 64 : 8 + 2420
      return {
        name: `stranger-${at}.example`,
        keyId: `0${at % 10}abcdef`,
        signature: new Uint8Array(length).fill(at),
      }
    }
    const withStrangers = (count: number) => {
      const signatures = [...note.signatures, ...Array.from({ length: count }, (_, at) => stranger(at))]
      return openNote(utf8.encode(formatNote({ text, signatures })), verifiers)
    }
    for (const count of [1, 16, 98]) {
      const opened = withStrangers(count)
      expect(opened.ok && [opened.value.verified.length, opened.value.unverified.length]).toEqual([2, count])
    }
    expect(withStrangers(99).ok).toBe(false)
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

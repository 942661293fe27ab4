/**
 * The log's formats against the vectors of other implementations: how many of each kind come out as theirs do. For the
 * suite, and with the figures for `bench/log/vectors.ts`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatBase64, parseBase64 } from '#formats/tlog/base64.ts'
import { parseBundle } from '#formats/tlog/bundles.ts'
import { type Checkpoint, parseCheckpoint } from '#formats/tlog/checkpoint.ts'
import { publicKeyOf } from '#formats/tlog/ed25519.ts'
import { emptyRoot, leafHash, perfectRoot } from '#formats/tlog/hash.ts'
import { keyIdOf, parseSignerKey, parseVerifierKey } from '#formats/tlog/keys.ts'
import {
  consistencyProof,
  inclusionProof,
  type NodeReader,
  verifyConsistency,
  verifyInclusion,
} from '#formats/tlog/merkle.ts'
import { formatNote, type NoteVerifier, openNote } from '#formats/tlog/note.ts'
import { parsePolicy } from '#formats/tlog/policy.ts'
import { cosignatureTime, signNote, verifierOf } from '#formats/tlog/signatures.ts'
import { bundlePath, parseTilePath, tilePath, tilesOf, tileWidth } from '#formats/tlog/tiles.ts'
import { parseTlogProof } from '#formats/tlog/tlog-proof.ts'
import { verifyLog } from '#formats/tlog/verify-log.ts'

export interface Tally {
  right: number
  total: number
  /** What came out otherwise, by name. */
  wrong: string[]
}

/** Kinds of vectors by name. `folder`: the one with vectors.json, tessera/ and merkle/. */
export async function checkVectors(folder: string): Promise<Record<string, Tally>> {
  const vectors = JSON.parse(readFileSync(join(folder, 'vectors.json'), 'utf8')) as Vectors
  return {
    'signed notes': tally(notesOf(vectors)),
    'keys and their ids': tally(keysOf(vectors)),
    checkpoints: tally(checkpointsOf(vectors)),
    cosignatures: tally(cosignaturesOf(vectors)),
    'paths of tiles': tally(pathsOf(vectors)),
    'proofs that travel': tally(vectors.tlogProof.malformed.map((text) => [text, !parseTlogProof(text).ok])),
    witnesses: tally(witnessesOf(vectors)),
    'a log at its 16 sizes': tally(await logOf(join(folder, 'tessera/testdata/log'))),
    'Merkle proofs': tally(proofsOf(join(folder, 'merkle/testdata'))),
  }
}

type Case = [name: string, right: boolean]

interface Vectors {
  signedNote: {
    cases: {
      desc: string
      noteBase64: string
      vkeys: string[]
      want: { ok: boolean; verified: number; unverified: number }
    }[]
    sign: { skey: string; textBase64: string; wantBase64: string }
    badVkeys: string[]
    ed25519KeyId: { name: string; pkcs8Base64: string; keyIdDecimal: number }
  }
  checkpoint: {
    valid: { text: string; note: string }[]
    invalid: [why: string, text: string][]
    emptyTreeRoot: string
    leafHelloWorld: string
  }
  cosignatureV1: {
    timestamp: { base64: string; wantUnix: number }
    notACosignature: string
    vkeyType4: string
    checkpoint: string
    checkpointVkey: string
  }
  tilePaths: {
    tile: [number, number, number, string][]
    entries: [number, number, string][]
    badIndex: [string, string][]
    treeOf70000: Record<string, number>
  }
  tlogProof: { malformed: string[] }
  witness: {
    logVkey: string
    checkpoint5: string
    checkpoint8: string
    consistency5to8Hex: string[]
    badPolicies: string[]
  }
}

function tally(cases: Case[]): Tally {
  const wrong = cases.filter(([, right]) => !right).map(([name]) => name)
  return { right: cases.length - wrong.length, total: cases.length, wrong }
}

const bytesOf = (base64: string | null | undefined) => new Uint8Array(Buffer.from(base64 ?? '', 'base64'))
const utf8 = new TextEncoder()

function verifiersOf(vkeys: string[]): NoteVerifier[] {
  return vkeys.flatMap((vkey) => {
    const key = parseVerifierKey(vkey)
    const verifier = key.ok ? verifierOf(key.value) : null
    return verifier ?? []
  })
}

function checkpointOf(note: Uint8Array, vkey: string): Checkpoint | null {
  const opened = openNote(note, verifiersOf([vkey]))
  const parsed = opened.ok ? parseCheckpoint(opened.value.text) : opened
  return parsed.ok ? parsed.value : null
}

function notesOf({ signedNote }: Vectors): Case[] {
  const { cases, sign } = signedNote
  const key = parseSignerKey(sign.skey)
  const text = Buffer.from(sign.textBase64, 'base64').toString()
  const signed = key.ok ? formatNote({ text, signatures: [signNote(key.value, text)] }) : ''
  return [
    ...cases.map(({ desc, noteBase64, vkeys, want }): Case => {
      const opened = openNote(bytesOf(noteBase64), verifiersOf(vkeys))
      if (!opened.ok) return [desc, !want.ok]
      const { verified, unverified } = opened.value
      return [desc, want.ok && verified.length === want.verified && unverified.length === want.unverified]
    }),
    ['a note that we sign', signed === Buffer.from(sign.wantBase64, 'base64').toString()],
  ]
}

function keysOf({ signedNote, cosignatureV1 }: Vectors): Case[] {
  const { badVkeys, ed25519KeyId } = signedNote
  const publicKey = publicKeyOf(bytesOf(ed25519KeyId.pkcs8Base64).subarray(-32))
  const keyId = Number.parseInt(keyIdOf(ed25519KeyId.name, 1, publicKey), 16)
  return [
    ...badVkeys.map((vkey): Case => [vkey, !parseVerifierKey(vkey).ok]),
    ['the id of a key', keyId === ed25519KeyId.keyIdDecimal],
    ['a key of type 4', verifiersOf([cosignatureV1.vkeyType4]).length === 1],
  ]
}

function checkpointsOf({ checkpoint }: Vectors): Case[] {
  const [loose, extended] = checkpoint.valid
  const parsed = parseCheckpoint(extended!.text)
  return [
    ...checkpoint.invalid.map(([why, text]): Case => [why, !parseCheckpoint(text).ok]),
    [loose!.note, !parseCheckpoint(loose!.text).ok],
    [extended!.note, parsed.ok && parsed.value.extensions.join() === 'lots,of,lines'],
    ['the root of an empty tree', formatBase64(emptyRoot) === checkpoint.emptyTreeRoot],
    ['the hash of a leaf', formatBase64(leafHash(utf8.encode('hello world'))) === checkpoint.leafHelloWorld],
    ['base64 without its padding', parseBase64('AAA') === null],
  ]
}

function cosignaturesOf({ cosignatureV1: given }: Vectors): Case[] {
  return [
    ['its time', cosignatureTime(bytesOf(given.timestamp.base64).subarray(4)) === given.timestamp.wantUnix],
    ['a plain signature has none', cosignatureTime(bytesOf(given.notACosignature).subarray(4)) === null],
    [
      'a cosigned checkpoint',
      checkpointOf(utf8.encode(given.checkpoint), given.checkpointVkey)?.size === 300,
    ],
  ]
}

function pathsOf({ tilePaths }: Vectors): Case[] {
  const { treeOf70000 } = tilePaths
  const tiles = [...tilesOf(70_000)]
  const count = (level: number, isFull: boolean) =>
    tiles.filter((tile) => tile.level === level && (tile.width === tileWidth) === isFull)
  return [
    ...tilePaths.tile.map(([level, index, width, path]): Case => {
      const tile = { level, index, width: width || tileWidth }
      return [path, tilePath(tile) === path && JSON.stringify(parseTilePath(path)) === JSON.stringify(tile)]
    }),
    ...tilePaths.entries.map(([sequence, size, path]): Case => {
      const index = Math.floor(sequence / tileWidth)
      return [path, bundlePath(index, Math.min(tileWidth, size - index * tileWidth)) === path]
    }),
    ...tilePaths.badIndex.map(
      ([level, index]): Case => [`${level}/${index}`, parseTilePath(`tile/${level}/${index}`) === null],
    ),
    ['full tiles of 70,000 entries', count(0, true).length === treeOf70000.level0Full],
    ['the part of its lowest level', count(0, false)[0]?.width === treeOf70000.level0Partial],
    ['the full tile above', count(1, true).length === treeOf70000.level1Full],
    ['and its part', count(1, false)[0]?.width === treeOf70000.level1Partial],
    ['and the one on top', count(2, false)[0]?.width === treeOf70000.level2Partial],
  ]
}

function witnessesOf({ witness }: Vectors): Case[] {
  const five = checkpointOf(utf8.encode(witness.checkpoint5), witness.logVkey)
  const eight = checkpointOf(utf8.encode(witness.checkpoint8), witness.logVkey)
  const proof = witness.consistency5to8Hex.map((hex) => new Uint8Array(Buffer.from(hex, 'hex')))
  if (five === null || eight === null) return [['its checkpoints', false]]
  return [
    ['checkpoint 5', five.size === 5],
    ['checkpoint 8', eight.size === 8],
    ['from 5 to 8', verifyConsistency(5, 8, five.root, eight.root, proof)],
    ['not from another 5', !verifyConsistency(5, 8, eight.root, five.root, proof)],
    ...witness.badPolicies.map((policy): Case => [policy, !parsePolicy(policy).ok]),
  ]
}

/** Every size checked as a whole, every entry proved in it, and each pair of sizes proved to go on. */
async function logOf(folder: string): Promise<Case[]> {
  const vkey = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'
  const file = (path: string) => new Uint8Array(readFileSync(join(folder, path)))
  const hashes = parseBundle(file(bundlePath(0, 15)), 15)!.map(leafHash)
  const read: NodeReader = async (level, index) =>
    perfectRoot(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level))
  const sizes = Array.from({ length: 16 }, (_, size) => size)
  const checkpoints = sizes.map((size) => checkpointOf(file(`checkpoint.${size}`), vkey))
  const cases: Case[] = []
  for (const [size, checkpoint] of checkpoints.entries()) {
    if (checkpoint === null) return [[`checkpoint.${size}`, false]]
    const at = async (path: string) => file(path === 'checkpoint' ? `checkpoint.${size}` : path)
    const report = await verifyLog(at, verifiersOf([vkey]))
    cases.push([`size ${size}`, report.problem === null && report.entries === size])
    for (let index = 0; index < size; index++) {
      const proof = await inclusionProof(index, size, read)
      const right = verifyInclusion(index, size, hashes[index]!, proof, checkpoint.root)
      cases.push([`entry ${index} of ${size}`, right])
    }
    for (const newer of checkpoints.slice(size)) {
      const proof = await consistencyProof(size, newer!.size, read)
      const right = verifyConsistency(size, newer!.size, checkpoint.root, newer!.root, proof)
      cases.push([`from ${size} to ${newer!.size}`, right])
    }
  }
  return cases
}

interface ProofCase {
  leafIdx: number
  treeSize: number
  root: string
  leafHash: string
  proof: string[] | null
  wantErr: boolean
  size1: number
  size2: number
  root1: string
  root2: string
}

function proofsOf(folder: string): Case[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.json'),
  )
  return files.sort().map((path): Case => {
    const one = JSON.parse(readFileSync(join(folder, path), 'utf8')) as ProofCase
    const proof = (one.proof ?? []).map(bytesOf)
    const isRight = path.startsWith('inclusion')
      ? verifyInclusion(one.leafIdx, one.treeSize, bytesOf(one.leafHash), proof, bytesOf(one.root))
      : verifyConsistency(one.size1, one.size2, bytesOf(one.root1), bytesOf(one.root2), proof)
    return [path, isRight !== one.wantErr]
  })
}

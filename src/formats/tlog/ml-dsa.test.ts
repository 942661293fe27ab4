/** Cosignatures with post-quantum keys, made here by the letter of the specification and not by our own code. */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { formatCheckpoint } from './checkpoint.ts'
import { publicKeyOf } from './ed25519.ts'
import { keyIdOf, parseVerifierKey, signatureTypes } from './keys.ts'
import { formatNote, openNote } from './note.ts'
import { signNote, verifierOf } from './signatures.ts'

const seed = new Uint8Array(32).fill(1)
const type = signatureTypes.ed25519
const log = {
  name: 'example.org/log',
  type,
  keyId: keyIdOf('example.org/log', type, publicKeyOf(seed)),
  seed,
}
const logVerifier = verifierOf({ ...log, publicKey: publicKeyOf(seed) })!
const root = new Uint8Array(32).fill(9)
const text = formatCheckpoint({ origin: log.name, size: 600, root })

const witnessName = 'quantum.example/w1'
/** PKCS #8 of an ML-DSA-44 key that is kept as its seed. Source: RFC 9881. */
const privateKey = createPrivateKey({
  key: Buffer.from(
    `3034020100300b060960864801650304031104228020${Buffer.alloc(32, 7).toString('hex')}`,
    'hex',
  ),
  format: 'der',
  type: 'pkcs8',
})
const publicBytes = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-1312)
const keyId = createHash('sha256')
  .update(`${witnessName}\n\x06`)
  .update(publicBytes)
  .digest('hex')
  .slice(0, 8)
const vkey = `${witnessName}+${keyId}+${Buffer.concat([Buffer.of(6), publicBytes]).toString('base64')}`

interface Signed {
  name: string
  seconds: number
  origin: string
  start: number
  end: number
  root: Uint8Array
}

function cosign(changed: Partial<Signed> = {}) {
  const signed = {
    name: witnessName,
    seconds: 1_700_000_000,
    origin: log.name,
    start: 0,
    end: 600,
    root,
    ...changed,
  }
  const u64 = (value: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64BE(BigInt(value))
    return bytes
  }
  const message = Buffer.concat([
    Buffer.from('subtree/v1\n\0'),
    Buffer.of(signed.name.length),
    Buffer.from(signed.name),
    u64(signed.seconds),
    Buffer.of(signed.origin.length),
    Buffer.from(signed.origin),
    u64(signed.start),
    u64(signed.end),
    signed.root,
  ])
  const signature = Buffer.concat([u64(1_700_000_000), sign(null, message, privateKey)])
  return { name: witnessName, keyId, signature: new Uint8Array(signature) }
}

function witnessVerifier() {
  const key = parseVerifierKey(vkey)
  if (!key.ok) throw new Error(key.problems[0]!.message)
  return verifierOf(key.value)!
}

const noteWith = (cosignature: ReturnType<typeof cosign>) =>
  new TextEncoder().encode(formatNote({ text, signatures: [signNote(log, text), cosignature] }))

test('a cosignature of type 06 counts for whoever knows its key, and is carried along by everybody else', () => {
  const note = noteWith(cosign())
  const opened = openNote(note, [logVerifier, witnessVerifier()])
  expect(opened.ok && opened.value.verified.map((one) => one.name)).toEqual([log.name, witnessName])
  expect(openNote(note, [logVerifier])).toMatchObject({
    ok: true,
    value: { unverified: [{ name: witnessName }] },
  })
})

test.each<Partial<Signed>>([
  { seconds: 1_700_000_001 },
  { origin: 'example.org/other' },
  { name: 'quantum.example/w2' },
  { start: 256 },
  { end: 599 },
  { root: new Uint8Array(32).fill(8) },
])('it is refused when what was signed is something else: %j', (changed) => {
  expect(openNote(noteWith(cosign(changed)), [logVerifier, witnessVerifier()]).ok).toBe(false)
})

test('one that is cut, or of a key that is none, is no failure of the program', () => {
  const cut = { ...cosign(), signature: cosign().signature.subarray(0, 7) }
  expect(openNote(noteWith(cut), [logVerifier, witnessVerifier()]).ok).toBe(false)
  const key = { name: witnessName, keyId, type: signatureTypes.mlDsa44, publicKey: new Uint8Array(31) }
  expect(verifierOf(key)).toBeNull()
  expect(openNote(noteWith(cosign()), [logVerifier]).ok).toBe(true)
})

/**
 * Names and keys of those who sign notes. Source: C2SP signed-note v1.0.0.
 * `vkey = name "+" hex(key id) "+" base64(type || public key)`, `key id = SHA-256(name "\n" type || public key)[:4]`.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Parsed } from '#domain/errors.ts'
import { formatBase64, parseBase64 } from './base64.ts'

/** Ed25519 over the note's text | Ed25519 over a timestamped checkpoint (cosignature/v1) | ML-DSA-44 cosignature. */
export const signatureTypes = { ed25519: 0x01, cosignature: 0x04, mlDsa44: 0x06 } as const

const publicKeyBytes = new Map<number, number>([
  [signatureTypes.ed25519, 32],
  [signatureTypes.cosignature, 32],
  [signatureTypes.mlDsa44, 1312],
])

export interface VerifierKey {
  name: string
  /** 4 bytes in hexadecimal. */
  keyId: string
  type: number
  publicKey: Uint8Array
}

export interface SignerKey extends Omit<VerifierKey, 'publicKey'> {
  /** 32 bytes, the private key of RFC 8032. Secret. */
  seed: Uint8Array
}

/** Neither empty, nor with white space, nor with a plus. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\s+]/u.test(name) && name.isWellFormed()
}

export function keyIdOf(name: string, type: number, publicKey: Uint8Array): string {
  const digest = sha256
    .create()
    .update(new TextEncoder().encode(`${name}\n`))
    .update(Uint8Array.of(type))
    .update(publicKey)
    .digest()
  return bytesToHex(digest.subarray(0, 4))
}

export function parseVerifierKey(text: string): Parsed<VerifierKey> {
  const [, name, keyId, body] = /^([^+]*)\+([0-9a-f]{8})\+(.+)$/s.exec(text.trim()) ?? []
  const bytes = parseBase64(body ?? '')
  if (name === undefined || keyId === undefined || bytes === null || !isKeyName(name)) {
    return refuse('a verifier key is written name+keyid+base64; copy it whole from the log or the witness')
  }
  const type = bytes[0]!
  const publicKey = bytes.subarray(1)
  const length = publicKeyBytes.get(type)
  if (length === undefined) return refuse(`signature type ${type} is not known here`)
  if (publicKey.length !== length)
    return refuse(`the public key has ${publicKey.length} bytes, not ${length}`)
  if (keyIdOf(name, type, publicKey) !== keyId)
    return refuse('the key id does not belong to this name and key')
  return { ok: true, value: { name, keyId, type, publicKey } }
}

export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${key.keyId}+${formatBase64(Uint8Array.of(key.type, ...key.publicKey))}`
}

/** A private key as Go's note package writes it: `PRIVATE+KEY+name+keyid+base64(type || seed)`. */
export function parseSignerKey(text: string): Parsed<SignerKey> {
  const [, name, keyId, body] = /^PRIVATE\+KEY\+([^+]*)\+([0-9a-f]{8})\+(.+)$/s.exec(text.trim()) ?? []
  const bytes = parseBase64(body ?? '')
  if (
    name === undefined ||
    keyId === undefined ||
    bytes === null ||
    !isKeyName(name) ||
    bytes.length !== 33
  ) {
    return refuse('a signer key is written PRIVATE+KEY+name+keyid+base64')
  }
  const type = bytes[0]!
  if (type !== signatureTypes.ed25519 && type !== signatureTypes.cosignature) {
    return refuse(`signature type ${type} cannot sign here; use an Ed25519 key`)
  }
  return { ok: true, value: { name, keyId, type, seed: bytes.subarray(1) } }
}

export function formatSignerKey(key: SignerKey): string {
  return `PRIVATE+KEY+${key.name}+${key.keyId}+${formatBase64(Uint8Array.of(key.type, ...key.seed))}`
}

function refuse(message: string): { ok: false; problems: { path: string; message: string }[] } {
  return { ok: false, problems: [{ path: '$', message }] }
}

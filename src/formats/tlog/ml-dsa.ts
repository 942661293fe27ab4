/**
 * ML-DSA-44 by Node's own crypto, for the cosignatures of witnesses with post-quantum keys. Checking only: the log signs with
 * Ed25519. Source: FIPS 204; C2SP tlog-cosignature, "ML-DSA-44 signed message".
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js'
import type { Checkpoint } from './checkpoint.ts'

/** The fixed beginning of an ML-DSA-44 public key in DER. Source: RFC 9881. */
const publicPrefix = hexToBytes('30820532300b06096086480165030403110382052100')
const signatureBytes = 2420
const fieldBytesMax = 255

/** Null where this Node does not know the algorithm (before 24.6), or the bytes are no such key. */
export function openMlDsaKey(publicKey: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.concat([publicPrefix, publicKey]), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

export function verifyMlDsa(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === signatureBytes && verify(null, message, key, signature)
}

/**
 * What a witness of this name signs of a whole checkpoint, at a time in seconds since 1970; extension lines are no part of it.
 * Null when a name is longer than the form has room for.
 */
export function cosignedMessage(
  name: string,
  seconds: bigint,
  { origin, size, root }: Omit<Checkpoint, 'extensions'>,
): Uint8Array | null {
  const utf8 = new TextEncoder()
  const names = [utf8.encode(name), utf8.encode(origin)]
  if (names.some((bytes) => bytes.length > fieldBytesMax)) return null
  const [cosigner, log] = names.map((bytes) => Uint8Array.of(bytes.length, ...bytes))
  const start = bigEndian(0n)
  return concatBytes(
    utf8.encode('subtree/v1\n\0'),
    cosigner!,
    bigEndian(seconds),
    log!,
    start,
    bigEndian(BigInt(size)),
    root,
  )
}

function bigEndian(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value)
  return bytes
}

/** Ed25519 by Node's own crypto: deterministic, so that it may stand among pure code. Source: RFC 8032. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { hexToBytes } from '@noble/hashes/utils.js'

/** The fixed beginnings of an Ed25519 key in DER. Source: RFC 8410. */
const publicPrefix = hexToBytes('302a300506032b6570032100')
const privatePrefix = hexToBytes('302e020100300506032b657004220420')

export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, publicKey]), format: 'der', type: 'spki' })
  return verify(null, message, key, signature)
}

/** 64 bytes. */
export function signEd25519(seed: Uint8Array, message: Uint8Array): Uint8Array {
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' })
  return new Uint8Array(sign(null, message, key))
}

/** The 32 public bytes that belong to a seed. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' })
  return new Uint8Array(
    createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length),
  )
}

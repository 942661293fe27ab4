/**
 * The Merkle tree's hashes. Source: RFC 6962, 2.1: leaf = SHA-256(0x00 || entry), node = SHA-256(0x01 || left || right).
 * Plain JavaScript, so that the same code checks a proof on the server and in a reader's browser.
 */
import { sha256 } from '@noble/hashes/sha2.js'

/** 32 bytes. */
export type Hash = Uint8Array

export const hashBytes = 32

/** The root of a tree without entries: SHA-256 of nothing. */
export const emptyRoot: Hash = sha256(new Uint8Array(0))

export function leafHash(entry: Uint8Array): Hash {
  return sha256.create().update(Uint8Array.of(0)).update(entry).digest()
}

export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256.create().update(Uint8Array.of(1)).update(left).update(right).digest()
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** The root over a power of two of hashes. */
export function perfectRoot(hashes: readonly Hash[]): Hash {
  let level = hashes
  while (level.length > 1) {
    const above: Hash[] = []
    for (let at = 0; at < level.length; at += 2) above.push(nodeHash(level[at]!, level[at + 1]!))
    level = above
  }
  return level[0] ?? emptyRoot
}

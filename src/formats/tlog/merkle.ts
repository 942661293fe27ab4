/** Inclusion and consistency proofs: checking and making. Source: RFC 9162, 2.1.3 and 2.1.4 (the tree of RFC 6962). */
import { emptyRoot, type Hash, hashBytes, nodeHash, sameBytes } from './hash.ts'

/** Whether `leaf` stands at `index` in the tree of `size` entries with this root. */
export function verifyInclusion(
  index: number,
  size: number,
  leaf: Hash,
  proof: readonly Hash[],
  root: Hash,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || leaf.length !== hashBytes) return false
  let node = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== hashBytes) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      while (node % 2 === 0 && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else {
      hash = nodeHash(hash, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && sameBytes(hash, root)
}

/**
 * Whether the tree of `newSize` begins with the tree of `oldSize`. An empty old tree is the beginning of every tree,
 * with an empty proof. Source for that case: C2SP tlog-witness v1.0.0.
 */
export function verifyConsistency(
  oldSize: number,
  newSize: number,
  oldRoot: Hash,
  newRoot: Hash,
  proof: readonly Hash[],
): boolean {
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize) return false
  if (proof.some((hash) => hash.length !== hashBytes)) return false
  if (oldSize === 0) return proof.length === 0 && sameBytes(oldRoot, emptyRoot) && isRootOf(newSize, newRoot)
  if (oldSize === newSize) return proof.length === 0 && sameBytes(oldRoot, newRoot)
  let node = oldSize - 1
  let last = newSize - 1
  while (node % 2 === 1) {
    node = half(node)
    last = half(last)
  }
  const [seed, ...rest] = node === 0 ? [oldRoot, ...proof] : proof
  if (seed === undefined) return false
  let old = seed
  let now = seed
  for (const hash of rest) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      old = nodeHash(hash, old)
      now = nodeHash(hash, now)
      while (node % 2 === 0 && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else {
      now = nodeHash(now, hash)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && sameBytes(old, oldRoot) && sameBytes(now, newRoot)
}

/** Gives the root of the perfect subtree over entries `index * 2^level` to `(index + 1) * 2^level - 1`. */
export type NodeReader = (level: number, index: number) => Promise<Hash>

/** The hashes that show the entry at `index` in the tree of `size`, lowest first. */
export async function inclusionProof(index: number, size: number, read: NodeReader): Promise<Hash[]> {
  const proof: Hash[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start)
    if (index < middle) {
      proof.push(await rangeRoot(middle, end, read))
      end = middle
    } else {
      proof.push(await rangeRoot(start, middle, read))
      start = middle
    }
  }
  return proof.reverse()
}

/** The hashes that show the tree of `oldSize` at the beginning of the tree of `newSize`; empty for 0 and equal sizes. */
export async function consistencyProof(oldSize: number, newSize: number, read: NodeReader): Promise<Hash[]> {
  if (oldSize === 0 || oldSize === newSize) return []
  const proof: Hash[] = []
  let start = 0
  let end = newSize
  while (oldSize !== end) {
    const middle = start + largestPowerBelow(end - start)
    if (oldSize <= middle) {
      proof.push(await rangeRoot(middle, end, read))
      end = middle
    } else {
      proof.push(await rangeRoot(start, middle, read))
      start = middle
    }
  }
  // a range that starts at 0 is the old tree itself, whose root the checker already has
  if (start !== 0) proof.push(await rangeRoot(start, end, read))
  return proof.reverse()
}

/** The root over entries `start` to `end - 1`, where `start` is a multiple of a power of two that holds the range. */
export async function rangeRoot(start: number, end: number, read: NodeReader): Promise<Hash> {
  const count = end - start
  if (count === 0) return emptyRoot
  const level = Math.log2(count)
  if (Number.isInteger(level)) return read(level, start / count)
  const middle = start + largestPowerBelow(count)
  return nodeHash(await rangeRoot(start, middle, read), await rangeRoot(middle, end, read))
}

/** The largest power of two smaller than `count`; `count` is at least 2. */
function largestPowerBelow(count: number): number {
  return 2 ** Math.ceil(Math.log2(count) - 1)
}

function isRootOf(size: number, root: Hash): boolean {
  return root.length === hashBytes && (size > 0 || sameBytes(root, emptyRoot))
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function half(value: number): number {
  return Math.floor(value / 2)
}

/** The log's files: writing what a longer tree adds, and reading nodes of the tree back from the tiles. */
import { AssayError } from '#domain/errors.ts'
import { formatBundle } from '#formats/tlog/bundles.ts'
import { type Hash, leafHash, perfectRoot } from '#formats/tlog/hash.ts'
import { formatVerifierKey, type VerifierKey } from '#formats/tlog/keys.ts'
import type { NodeReader } from '#formats/tlog/merkle.ts'
import {
  bundlePath,
  type Edge,
  edgeOf,
  edgeTiles,
  extend,
  formatTile,
  parseTile,
  type Tile,
  tileHeight,
  tilePath,
  tileWidth,
} from '#formats/tlog/tiles.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import { verifierPath } from '../log-place.ts'

/** The right edge of the tree of this size, from its unfilled tiles. @throws unavailable when one is missing or cut */
export async function readEdge(files: BlobStore, size: number): Promise<Edge> {
  return edgeOf(
    size,
    await Promise.all(edgeTiles(size).map(async (tile) => ({ tile, hashes: await readTile(files, tile) }))),
  )
}

/** Nodes of the tree of this size, from its tiles; each tile is read once. */
export function nodeReader(files: BlobStore, size: number): NodeReader {
  const read = new Map<string, Promise<Hash[]>>()
  return async (level, index) => {
    const tileLevel = Math.floor(level / tileHeight)
    const count = 2 ** (level % tileHeight)
    const first = index * count
    const tileIndex = Math.floor(first / tileWidth)
    const width = Math.min(tileWidth, Math.floor(size / tileWidth ** tileLevel) - tileIndex * tileWidth)
    const tile = { level: tileLevel, index: tileIndex, width }
    const path = tilePath(tile)
    if (!read.has(path)) read.set(path, readTile(files, tile))
    const hashes = (await read.get(path))!
    const at = first % tileWidth
    return perfectRoot(hashes.slice(at, at + count))
  }
}

async function readTile(files: BlobStore, tile: Tile): Promise<Hash[]> {
  const bytes = await files.read(tilePath(tile))
  const hashes = bytes === null ? null : parseTile(bytes, tile.width)
  if (hashes === null) {
    throw new AssayError(
      'unavailable',
      `The log's file ${tilePath(tile)} is missing or damaged; run assay fsck.`,
    )
  }
  return hashes
}

/**
 * Writes every tile and bundle that the tree gains by these entries, and returns its new edge. Files that are there
 * already must be the same, so that doing it again after a crash is safe.
 * @param entries from the beginning of the last bundle on; the first `edge.size % 256` of them are in the tree already
 */
export async function writeGrowth(
  files: BlobStore,
  edge: Edge,
  entries: readonly Uint8Array[],
): Promise<Edge> {
  const known = edge.size % tileWidth
  const grown = extend(edge, entries.slice(known).map(leafHash))
  const firstBundle = (edge.size - known) / tileWidth
  const writes: [path: string, bytes: Uint8Array][] = []
  for (let at = 0; at < entries.length; at += tileWidth) {
    const held = entries.slice(at, at + tileWidth)
    const bytes = formatBundle(held)
    if (bytes === null) throw new RangeError('an entry of the log has at most 65,535 bytes')
    writes.push([bundlePath(firstBundle + at / tileWidth, held.length), bytes])
  }
  for (const { tile, hashes } of grown.tiles) {
    const hashesBefore = Math.floor(edge.size / tileWidth ** tile.level)
    const isNew = tile.index * tileWidth + tile.width > hashesBefore
    if (isNew) writes.push([tilePath(tile), formatTile(hashes)])
  }
  // side by side, so that they wait for the disk together; a few at a time bounds the memory
  for (let at = 0; at < writes.length; at += writesAtOnce) {
    const some = writes.slice(at, at + writesAtOnce)
    const done = await Promise.allSettled(some.map(([path, bytes]) => files.create(path, bytes)))
    const failed = done.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
  }
  return grown.edge
}

const writesAtOnce = 16

/** Lets a log's files explain themselves: its verifier key beside its checkpoint. */
export async function writeVerifier(files: BlobStore, key: VerifierKey): Promise<void> {
  await files.create(verifierPath, new TextEncoder().encode(`${formatVerifierKey(key)}\n`))
}

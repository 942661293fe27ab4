/**
 * Tiles: the tree in files of 256 hashes, and their paths. Source: C2SP tlog-tiles v0.1.0.
 * A tree grows at its right edge only: `Edge` holds the unfilled tile of each level, and appending gives the new tiles.
 */
import { emptyRoot, type Hash, hashBytes, nodeHash, perfectRoot } from './hash.ts'

export const tileWidth = 256
export const tileHeight = 8
const levelMax = 63

export interface Tile {
  level: number
  index: number
  /** Hashes in it: 1 to 256. */
  width: number
}

export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${indexPath(index)}${partial(width)}`
}

export function bundlePath(index: number, width: number): string {
  return `tile/entries/${indexPath(index)}${partial(width)}`
}

/** 1234067 is written x001/x234/067. */
function indexPath(index: number): string {
  const parts = [String(index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    parts.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  }
  return parts.join('/')
}

function partial(width: number): string {
  return width === tileWidth ? '' : `.p/${width}`
}

/** A path below `tile/`; null unless it is written in the one right way. `entries` stands for level. */
export function parseTilePath(path: string): (Omit<Tile, 'level'> & { level: number | 'entries' }) | null {
  const [, levelText, indexText, widthText] =
    /^tile\/([^/]+)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path) ?? []
  if (levelText === undefined || indexText === undefined) return null
  const level = levelText === 'entries' ? 'entries' : Number(levelText)
  if (level !== 'entries' && !(/^(0|[1-9]\d?)$/.test(levelText) && level <= levelMax)) return null
  const index = Number(indexText.replaceAll(/[x/]/g, ''))
  const width = widthText === undefined ? tileWidth : Number(widthText)
  if (
    !Number.isSafeInteger(index * tileWidth) ||
    width > tileWidth ||
    (widthText !== undefined && width === tileWidth)
  )
    return null
  return indexPath(index) === indexText ? { level, index, width } : null
}

/** Every tile that a tree of this size has: full ones, and at each level the unfilled one. */
export function* tilesOf(size: number): Generator<Tile> {
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth)) {
    const full = Math.floor(count / tileWidth)
    for (let index = 0; index < full; index++) yield { level, index, width: tileWidth }
    if (count % tileWidth > 0) yield { level, index: full, width: count % tileWidth }
  }
}

/** Every entry bundle of a tree of this size, as index and width. */
export function* bundlesOf(size: number): Generator<{ index: number; width: number }> {
  for (const { level, index, width } of tilesOf(size)) {
    if (level > 0) return
    yield { index, width }
  }
}

/** Whether a tree of this size has the tile, whole or as a part of it that was once served. */
export function isWithin(
  size: number,
  tile: { level: number | 'entries'; index: number; width: number },
): boolean {
  const level = tile.level === 'entries' ? 0 : tile.level
  return tile.index * tileWidth + tile.width <= Math.floor(size / tileWidth ** level)
}

/** The right edge of a tree: for each level the hashes of its unfilled tile, 0 to 255 of them. */
export interface Edge {
  size: number
  levels: Hash[][]
}

export const emptyEdge: Edge = { size: 0, levels: [] }

/** The unfilled tiles that hold the edge of a tree of this size; read them to continue it. */
export function edgeTiles(size: number): Tile[] {
  return [...tilesOfEdge(size)]
}

function* tilesOfEdge(size: number): Generator<Tile> {
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth)) {
    if (count % tileWidth > 0) yield { level, index: Math.floor(count / tileWidth), width: count % tileWidth }
  }
}

export function edgeOf(size: number, tiles: { tile: Tile; hashes: Hash[] }[]): Edge {
  const levels: Hash[][] = []
  for (let count = size; count > 0; count = Math.floor(count / tileWidth)) levels.push([])
  for (const { tile, hashes } of tiles) levels[tile.level] = hashes.slice(0, tile.width)
  return { size, levels }
}

/** Appends leaf hashes. Gives the new edge and every tile that came to be: those filled, then the unfilled of each level. */
export function extend(
  edge: Edge,
  leaves: readonly Hash[],
): { edge: Edge; tiles: { tile: Tile; hashes: Hash[] }[] } {
  const levels = edge.levels.map((hashes) => [...hashes])
  const tiles: { tile: Tile; hashes: Hash[] }[] = []
  const counts = levels.map((_, level) => Math.floor(edge.size / tileWidth ** level))
  const push = (level: number, hash: Hash): void => {
    levels[level] ??= []
    counts[level] = (counts[level] ?? 0) + 1
    const hashes = levels[level]
    hashes.push(hash)
    if (hashes.length < tileWidth) return
    tiles.push({ tile: { level, index: counts[level]! / tileWidth - 1, width: tileWidth }, hashes })
    levels[level] = []
    push(level + 1, perfectRoot(hashes))
  }
  for (const leaf of leaves) push(0, leaf)
  const size = edge.size + leaves.length
  for (const tile of tilesOfEdge(size)) tiles.push({ tile, hashes: levels[tile.level]! })
  return { edge: { size, levels }, tiles }
}

/** The root of the tree that this is the edge of: its perfect subtrees from the largest to the smallest, folded from the right. */
export function rootOf({ levels }: Edge): Hash {
  const subtrees: Hash[] = []
  for (const hashes of levels.toReversed()) {
    let at = 0
    for (let height = tileHeight - 1; height >= 0; height--) {
      if ((hashes.length & (1 << height)) === 0) continue
      subtrees.push(perfectRoot(hashes.slice(at, at + (1 << height))))
      at += 1 << height
    }
  }
  return subtrees.length === 0 ? emptyRoot : subtrees.reduceRight((right, left) => nodeHash(left, right))
}

export function formatTile(hashes: readonly Hash[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * hashBytes)
  hashes.forEach((hash, at) => {
    bytes.set(hash, at * hashBytes)
  })
  return bytes
}

/** Null unless there are exactly `width` hashes. */
export function parseTile(bytes: Uint8Array, width: number): Hash[] | null {
  if (bytes.length !== width * hashBytes) return null
  return Array.from({ length: width }, (_, at) => bytes.slice(at * hashBytes, (at + 1) * hashBytes))
}

/**
 * Checks a whole log from outside: its signature, every entry and tile, and that it goes on from checkpoints seen before.
 * The tree is built again from the entries: a checker of roots alone misses changed files. Needs no database.
 */
import type { Problem } from '#domain/errors.ts'
import { parseBundle } from './bundles.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { leafHash, sameBytes } from './hash.ts'
import { type NoteVerifier, openNote } from './note.ts'
import {
  bundlePath,
  bundlesOf,
  emptyEdge,
  extend,
  formatTile,
  parseTile,
  rootOf,
  type Tile,
  tilePath,
  tileWidth,
} from './tiles.ts'

/** Reads a file of the log by its path below the log's prefix; null when there is none. */
export type LogReader = (path: string) => Promise<Uint8Array | null>

export interface LogReport {
  /** Null when not even the checkpoint could be read. */
  checkpoint: Checkpoint | null
  entries: number
  files: number
  /** Of the log's first bundle; null in an empty log. */
  firstEntry: Uint8Array | null
  /** Who signed, of the keys given. */
  signedBy: string[]
  /** The first thing that fails, by path; null when all is well. */
  problem: Problem | null
}

/** Opens a checkpoint's note with the keys given; the first key is the log's own and must have signed. */
export function openCheckpoint(
  bytes: Uint8Array,
  verifiers: readonly NoteVerifier[],
): { checkpoint: Checkpoint; signedBy: string[] } | { problem: string } {
  const note = openNote(bytes, verifiers)
  if (!note.ok) return { problem: note.problems[0]!.message }
  const parsed = parseCheckpoint(note.value.text)
  if (!parsed.ok) return { problem: parsed.problems[0]!.message }
  const log = verifiers[0]!
  if (!note.value.verified.some((one) => one.name === log.name && one.keyId === log.keyId)) {
    return { problem: `it is not signed by ${log.name}` }
  }
  if (parsed.value.origin !== log.name) {
    return { problem: `it is of the log ${JSON.stringify(parsed.value.origin)}, the key is of ${log.name}` }
  }
  return { checkpoint: parsed.value, signedBy: note.value.verified.map((one) => one.name) }
}

/**
 * @param verifiers the log's own key first, then those of witnesses
 * @param earlier checkpoints seen before: the log must begin with each of them
 * @param progress called after each bundle with the entries checked so far
 */
export async function verifyLog(
  read: LogReader,
  verifiers: readonly NoteVerifier[],
  earlier: readonly { name: string; checkpoint: Checkpoint }[] = [],
  progress: (entries: number, size: number) => void = () => {},
): Promise<LogReport> {
  const report: LogReport = {
    checkpoint: null,
    entries: 0,
    files: 1,
    firstEntry: null,
    signedBy: [],
    problem: null,
  }
  const fail = (path: string, message: string): LogReport => ({ ...report, problem: { path, message } })

  const bytes = await read('checkpoint')
  if (bytes === null) return fail('checkpoint', 'there is none')
  const opened = openCheckpoint(bytes, verifiers)
  if ('problem' in opened) return fail('checkpoint', opened.problem)
  const { checkpoint } = opened
  report.checkpoint = checkpoint
  report.signedBy = opened.signedBy

  for (const { name, checkpoint: old } of earlier) {
    if (old.size > checkpoint.size)
      return fail(name, `it has ${old.size} entries, the log now has ${checkpoint.size}: entries are gone`)
  }
  const fork = (size: number, root: Uint8Array): string | undefined =>
    earlier.find(({ checkpoint: old }) => old.size === size && !sameBytes(old.root, root))?.name

  let edge = emptyEdge
  const forkedAtStart = fork(0, rootOf(edge))
  if (forkedAtStart) return fail(forkedAtStart, 'its root is not that of an empty log')
  for (const { index, width } of bundlesOf(checkpoint.size)) {
    const path = bundlePath(index, width)
    const bundle = await readWhole(read, width, (full) => bundlePath(index, full))
    if (bundle === null) return fail(path, 'it is missing')
    const entries = parseBundle(bundle.bytes, bundle.width)?.slice(0, width)
    if (!entries) return fail(path, `it does not hold ${bundle.width} entries`)
    report.files++
    report.firstEntry ??= entries[0]!
    const stops = earlier
      .map((one) => one.checkpoint.size - edge.size)
      .filter((stop) => stop > 0 && stop <= width)
    let from = 0
    for (const stop of [...new Set([...stops, width])].sort((a, b) => a - b)) {
      const grown = extend(edge, entries.slice(from, stop).map(leafHash))
      from = stop
      edge = grown.edge
      const forked = fork(edge.size, rootOf(edge))
      if (forked) return fail(forked, `the log of ${edge.size} entries has another root: it was rewritten`)
      // unfilled tiles are compared once the log's size is reached: those in between are no part of this checkpoint
      for (const { tile, hashes } of grown.tiles) {
        if (tile.width < tileWidth && edge.size < checkpoint.size) continue
        const wrong = await problemOfTile(read, tile, formatTile(hashes))
        report.files++
        if (wrong === null) continue
        const isEntries = tile.level === 0 && wrong === otherHashes && (await tilesHold(read, checkpoint))
        return isEntries
          ? fail(path, 'its entries are not those that were signed')
          : fail(tilePath(tile), wrong)
      }
    }
    report.entries = edge.size
    progress(edge.size, checkpoint.size)
  }
  if (!sameBytes(rootOf(edge), checkpoint.root))
    return fail('checkpoint', 'its root is not that of the entries')
  return report
}

async function problemOfTile(read: LogReader, tile: Tile, wanted: Uint8Array): Promise<string | null> {
  const found = await readWhole(read, tile.width, (width) => tilePath({ ...tile, width }))
  if (found === null) return 'it is missing'
  return sameBytes(found.bytes.subarray(0, wanted.length), wanted) && found.bytes.length === found.width * 32
    ? null
    : otherHashes
}

const otherHashes = 'its hashes are not those of the entries'

/** Whether the tiles of the lowest level alone lead to the signed root: then it is the entries that were changed. */
async function tilesHold(read: LogReader, { size, root }: Checkpoint): Promise<boolean> {
  let edge = emptyEdge
  for (const { index, width } of bundlesOf(size)) {
    const tile = await readWhole(read, width, (full) => tilePath({ level: 0, index, width: full }))
    const hashes = tile === null ? null : parseTile(tile.bytes, tile.width)
    if (hashes === null) return false
    edge = extend(edge, hashes.slice(0, width)).edge
  }
  return sameBytes(rootOf(edge), root)
}

/** A part of a tile may be gone once the whole tile is there. Source: C2SP tlog-tiles v0.1.0. */
async function readWhole(
  read: LogReader,
  width: number,
  pathOf: (width: number) => string,
): Promise<{ bytes: Uint8Array; width: number } | null> {
  const bytes = await read(pathOf(width))
  if (bytes !== null) return { bytes, width }
  if (width === tileWidth) return null
  const whole = await read(pathOf(tileWidth))
  return whole === null ? null : { bytes: whole, width: tileWidth }
}

/**
 * Parts of tiles and bundles that later ones have taken the place of: they stay served for whoever reads an older
 * checkpoint, and hold the beginning of what stands there now. Call it once the log itself was verified.
 */
import type { Problem } from '#domain/errors.ts'
import { parseBundle } from './bundles.ts'
import { sameBytes } from './hash.ts'
import { bundlePath, parseTilePath, tilePath, tileWidth } from './tiles.ts'
import type { LogReader } from './verify-log.ts'

/** @param paths of all files below `tile/` @returns how many were older parts, and one problem for each that is wrong */
export async function verifyParts(
  read: LogReader,
  paths: readonly string[],
  size: number,
): Promise<{ files: number; problems: Problem[] }> {
  const found = { files: 0, problems: [] as Problem[] }
  for (const path of paths) {
    const part = parseTilePath(path)
    if (part === null) {
      found.problems.push({ path, message: 'it is no file of a log' })
      continue
    }
    const { level, index, width } = part
    const held = Math.floor(size / tileWidth ** (level === 'entries' ? 0 : level)) - index * tileWidth
    // what goes beyond the size is not served yet; what ends there was verified
    const now = Math.min(held, tileWidth)
    if (width >= now) continue
    found.files++
    const [bytes, whole] = await Promise.all([
      read(path),
      read(level === 'entries' ? bundlePath(index, now) : tilePath({ level, index, width: now })),
    ])
    const isRight =
      bytes !== null &&
      whole !== null &&
      sameBytes(bytes, whole.subarray(0, bytes.length)) &&
      (level === 'entries' ? parseBundle(bytes, width) !== null : bytes.length === width * 32)
    if (!isRight) found.problems.push({ path, message: 'it is not the beginning of what stands there now' })
  }
  return found
}

/** One flipped bit in each served file of the logs in turn: whoever checks must find it, and name the very file. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fsck } from '#flows/fsck/fsck.ts'
import type { LogPlace } from '#flows/log-place.ts'
import type { Database } from '#io/database/open.ts'

export interface Flips {
  files: number
  /** Flips that were found, and those whose file was named. */
  found: number
  named: number
  /** What was not found or not named: the file and the bit. */
  missed: string[]
}

/** By `assay fsck`. `random`: 0 to 1, which bit of each file. */
export function flipBits(
  db: Database,
  place: LogPlace,
  dataFolder: string,
  random: () => number,
): Promise<Flips> {
  return flipEachFile(join(dataFolder, 'log'), random, async () =>
    (await fsck({ db }, place)).problems.map((problem) => problem.path.replace(/^log\//, '')),
  )
}

/** `check` names the files, below the folder, that it finds something wrong with. */
export async function flipEachFile(
  folder: string,
  random: () => number,
  check: () => Promise<string[]>,
): Promise<Flips> {
  const flips: Flips = { files: 0, found: 0, named: 0, missed: [] }
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const path of paths.filter((one) => statSync(join(folder, one)).isFile()).sort()) {
    const right = readFileSync(join(folder, path))
    const bit = Math.floor(random() * right.length * 8)
    const flipped = Buffer.from(right)
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    writeFileSync(join(folder, path), flipped)
    const problems = await check()
    writeFileSync(join(folder, path), right)
    flips.files++
    if (problems.length > 0) flips.found++
    if (problems.includes(path)) flips.named++
    else flips.missed.push(`${path}, bit ${bit}: ${problems.join(', ') || 'nothing found'}`)
  }
  return flips
}

/** Source: mulberry32, public domain. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

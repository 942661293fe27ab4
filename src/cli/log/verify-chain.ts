/**
 * From a log to those before it: a log that was begun for a new key holds the last checkpoint of its predecessor as its
 * first entry. Each one whose key is given is found beside it, by number, and checked as a whole.
 */
import type { Problem } from '#domain/errors.ts'
import { type Checkpoint, parseCheckpoint } from '#formats/tlog/checkpoint.ts'
import { type NoteVerifier, parseNote } from '#formats/tlog/note.ts'
import { type LogFiles, verifyWhole } from './verify-whole.ts'

export interface Chain {
  /** Newest first. */
  earlier: { origin: string; entries: number; files: number; place: string }[]
  /** A predecessor whose key was not given; null when the chain ends with a log that has none. */
  unchecked: { origin: string; size: number } | null
  problem: Problem | null
}

/** More logs than keys will ever be changed. */
const logsMax = 1_000

/**
 * @param base where the newest log is
 * @param keys of the logs before it, and of witnesses
 * @param filesAt reads at an address or a folder; what is not there is null
 */
export async function verifyChain(
  base: string,
  firstEntry: Uint8Array | null,
  keys: readonly NoteVerifier[],
  filesAt: (place: string) => LogFiles,
): Promise<Chain> {
  const chain: Chain = { earlier: [], unchecked: null, problem: null }
  let next = firstEntry
  for (;;) {
    const last = next === null ? null : checkpointOf(next)
    if (last === null) return chain
    const { origin, size } = last.checkpoint
    const key = keys.find((one) => one.name === origin)
    if (key === undefined) return { ...chain, unchecked: { origin, size } }
    const place = await findPlace(base, origin, filesAt)
    if (place === null) {
      const message = `the log ${origin}, which it goes on from, is not beside it`
      return { ...chain, problem: { path: base, message } }
    }
    const files = filesAt(place)
    const report = await verifyWhole(files, [key, ...keys.filter((one) => one !== key)])
    if (report.problem !== null)
      return { ...chain, problem: { ...report.problem, path: `${place}/${report.problem.path}` } }
    if (checkpointOf((await files.read('checkpoint'))!)?.text !== last.text) {
      const message = `it has ${report.entries} entries, but the next log begins where it had ${size}`
      return { ...chain, problem: { path: `${place}/checkpoint`, message } }
    }
    chain.earlier.push({ origin, entries: report.entries, files: report.files, place })
    next = report.firstEntry
  }
}

/** Null for an entry that is no checkpoint. */
function checkpointOf(bytes: Uint8Array): { text: string; checkpoint: Checkpoint } | null {
  const note = parseNote(bytes)
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : null
  return note.ok && checkpoint?.ok ? { text: note.value.text, checkpoint: checkpoint.value } : null
}

async function findPlace(
  base: string,
  origin: string,
  filesAt: (place: string) => LogFiles,
): Promise<string | null> {
  const above = /^(.*)\/\d+$/.exec(base)?.[1]
  const isIt = async (place: string): Promise<boolean | null> => {
    const bytes = await filesAt(place).read('checkpoint')
    return bytes === null ? null : checkpointOf(bytes)?.checkpoint.origin === origin
  }
  if (above !== undefined && (await isIt(above))) return above
  for (const folder of above === undefined ? [base] : [above, base]) {
    for (let number = 1; number <= logsMax; number++) {
      const place = `${folder}/${number}`
      const found = await isIt(place)
      if (found) return place
      // the first log of a data folder has no number of its own
      if (found === null && number > 1) break
    }
  }
  return null
}

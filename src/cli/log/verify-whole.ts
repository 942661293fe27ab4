/** One log with all its files: what its checkpoint needs; in a folder, where they can be listed, the older parts and its key too. */
import type { Checkpoint } from '#formats/tlog/checkpoint.ts'
import { parseVerifierKey } from '#formats/tlog/keys.ts'
import type { NoteVerifier } from '#formats/tlog/note.ts'
import { type LogReader, type LogReport, verifyLog } from '#formats/tlog/verify-log.ts'
import { verifyParts } from '#formats/tlog/verify-parts.ts'

export interface LogFiles {
  read: LogReader
  /** Every path below a folder; null over http, where nobody can tell. */
  list: ((folder: string) => Promise<string[]>) | null
}

export async function verifyWhole(
  { read, list }: LogFiles,
  verifiers: readonly NoteVerifier[],
  earlier: readonly { name: string; checkpoint: Checkpoint }[] = [],
): Promise<LogReport> {
  const report = await verifyLog(read, verifiers, earlier)
  if (list === null || report.problem !== null || report.checkpoint === null) return report
  const problem = await problemOfKey(read, verifiers[0]!)
  if (problem !== null) return { ...report, problem }
  const parts = await verifyParts(read, await list('tile'), report.checkpoint.size)
  return { ...report, files: report.files + parts.files, problem: parts.problems[0] ?? null }
}

/** A log may lie there without the key that Assay puts beside it; another key would mislead. */
async function problemOfKey(read: LogReader, { name, keyId }: NoteVerifier) {
  const bytes = await read('vkey')
  const key = bytes === null ? null : parseVerifierKey(new TextDecoder().decode(bytes))
  if (key === null || (key.ok && key.value.name === name && key.value.keyId === keyId)) return null
  return { path: 'vkey', message: 'it is not the key that signed' }
}

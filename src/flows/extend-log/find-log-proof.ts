/** A published entry's proof, to be carried away and checked without us. */
import { AssayError } from '#domain/errors.ts'
import { parseCheckpoint } from '#formats/tlog/checkpoint.ts'
import { inclusionProof } from '#formats/tlog/merkle.ts'
import { parseNote } from '#formats/tlog/note.ts'
import { formatTlogProof } from '#formats/tlog/tlog-proof.ts'
import { findLogEntry } from '#io/database/log/log-entries.ts'
import type { LogPlace } from '../log-place.ts'
import type { Needs } from '../needs.ts'
import { nodeReader } from './log-files.ts'

/**
 * The text of a `.tlog-proof` file against the published checkpoint of the log that the entry stands in.
 * @throws not_found while the entry is not published
 */
export async function getLogProof(
  { db }: Pick<Needs, 'db'>,
  { filesOf }: Pick<LogPlace, 'filesOf'>,
  leafHash: Uint8Array,
): Promise<string> {
  const entry = await findLogEntry(db, leafHash)
  if (entry === null || entry.log === null || entry.index === null) throw notYet()
  const files = filesOf(entry.log)
  const bytes = await files.read('checkpoint')
  if (bytes === null) throw notYet()
  const note = parseNote(bytes)
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note
  if (!checkpoint.ok)
    throw new AssayError('unavailable', 'The checkpoint of the log is damaged; run assay fsck.')
  const { size } = checkpoint.value
  if (entry.index >= size) throw notYet()
  return formatTlogProof({
    index: entry.index,
    hashes: await inclusionProof(entry.index, size, nodeReader(files, size)),
    extra: null,
    checkpoint: new TextDecoder().decode(bytes),
  })
}

function notYet(): AssayError {
  return new AssayError('not_found', 'This entry is not in the public log yet; come back in a minute.')
}

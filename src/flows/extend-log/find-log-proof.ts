/** A published entry's proof, to be carried away and checked without us. */
import { AssayError } from '#domain/errors.ts'
import { inclusionProof } from '#formats/tlog/merkle.ts'
import { formatTlogProof } from '#formats/tlog/tlog-proof.ts'
import { findLogEntry, findLogState } from '#io/database/log/log-entries.ts'
import type { LogPlace } from '../log-place.ts'
import type { Needs } from '../needs.ts'
import { nodeReader } from './log-files.ts'

/** The text of a `.tlog-proof` file against the published checkpoint. @throws not_found while the entry is not published */
export async function getLogProof(
  { db }: Pick<Needs, 'db'>,
  place: Pick<LogPlace, 'files'>,
  leafHash: Uint8Array,
): Promise<string> {
  const [entry, state] = [await findLogEntry(db, leafHash), await findLogState(db)]
  if (
    entry === null ||
    entry.index === null ||
    state === null ||
    state.publishedCheckpoint === null ||
    entry.index >= state.publishedSize
  ) {
    throw new AssayError('not_found', 'This entry is not in the public log yet; come back in a minute.')
  }
  const size = state.publishedSize
  return formatTlogProof({
    index: entry.index,
    hashes: await inclusionProof(entry.index, size, nodeReader(place.files, size)),
    extra: null,
    checkpoint: state.publishedCheckpoint,
  })
}

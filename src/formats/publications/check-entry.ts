/** Whether an entry of the log stands for this document. Pure JavaScript: the server and a reader's browser run the same. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { type LogEntry, parseLogEntry } from '#domain/log-entry.ts'
import { digestedBytes, logLabelOf, type PublishedDocument } from '#domain/publication.ts'

export interface EntryCheck {
  /** Canonical JSON, as it was published; null once it was erased. */
  document: string | null
  salt: Uint8Array | null
  /** The bytes of the log entry. */
  entry: Uint8Array
}

/** Null when the entry stands for the document; else one sentence that says what does not fit. */
export function problemOfEntry({ document, salt, entry }: EntryCheck): string | null {
  const parsed = parseLogEntry(entry)
  if (!parsed.ok) return parsed.problems[0]!.message
  if (document === null || salt === null) return null
  const digest = bytesToHex(sha256(digestedBytes(salt, document)))
  if (digest !== parsed.value.sha256) return 'the document is not the one that the log entry was made for'
  return problemOfHead(parsed.value, JSON.parse(document) as PublishedDocument)
}

function problemOfHead(entry: LogEntry, document: PublishedDocument): string | null {
  if (entry.id !== document.id) return 'the log entry is about another review'
  if (entry.kind !== document.kind) return 'the log entry is of another kind'
  if (entry.label !== logLabelOf(document)) return 'the log entry has another label'
  return entry.time === document.publishedAt ? null : 'the log entry has another time'
}

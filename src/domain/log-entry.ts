/**
 * What the public log keeps of a publication: a salted digest, never a text, a person or anything of a tip.
 * An entry can never be erased; the document that it stands for can, and then its salt goes with it.
 */
import { canonicalJson } from './canonical-json.ts'
import type { Parsed } from './errors.ts'
import { type ClaimReviewId, isId } from './ids.ts'

export const logEntryKinds = ['verdict', 'correction', 'withdrawal', 'challenge-outcome'] as const
export type LogEntryKind = (typeof logEntryKinds)[number]

export interface LogEntry {
  kind: LogEntryKind
  /** The claim review that it is about. */
  id: ClaimReviewId
  /** The organisation's short name. */
  organisation: string
  /** The index of the entry that this one revises; null for a first verdict. */
  revises: number | null
  /** The origin of the log that has that index: another one where the key was changed in between. */
  revisesIn: string | null
  /** The normalised rating, or the outcome of a challenge. */
  label: string
  /** SHA-256 over 16 bytes of salt and the canonical document, 64 hexadecimal digits. */
  sha256: string
  /** UTC, to the minute: 2026-01-31T12:05Z. */
  time: string
}

/** The bytes of the entry: canonical JSON. */
export function formatLogEntry({ revisesIn, ...entry }: LogEntry): Uint8Array {
  const named = revisesIn === null ? entry : { ...entry, revisesIn }
  return new TextEncoder().encode(canonicalJson({ v: 1, ...named }))
}

/** Reads an entry; refuses everything that we would not have written byte for byte. */
export function parseLogEntry(bytes: Uint8Array): Parsed<LogEntry> {
  const entry = readEntry(new TextDecoder().decode(bytes))
  if (entry === null)
    return { ok: false, problems: [{ path: '$', message: 'this is not an entry of an Assay log' }] }
  const written = formatLogEntry(entry)
  const same = written.length === bytes.length && written.every((byte, at) => byte === bytes[at])
  return same
    ? { ok: true, value: entry }
    : { ok: false, problems: [{ path: '$', message: 'the entry is not canonical' }] }
}

function readEntry(text: string): LogEntry | null {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof found !== 'object' || found === null) return null
  const {
    kind,
    id,
    organisation,
    revises,
    revisesIn = null,
    label,
    sha256,
    time,
  } = found as Record<string, unknown>
  const knownKind = logEntryKinds.find((one) => one === kind)
  if (knownKind === undefined || typeof id !== 'string' || !isId<ClaimReviewId>(id)) return null
  if (typeof organisation !== 'string' || typeof label !== 'string') return null
  if (revises !== null && !(typeof revises === 'number' && Number.isSafeInteger(revises) && revises >= 0))
    return null
  if (revisesIn !== null && (typeof revisesIn !== 'string' || revises === null)) return null
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return null
  if (typeof time !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(time)) return null
  return { kind: knownKind, id, organisation, revises, revisesIn, label, sha256, time }
}

/** To the minute: a finer time would say more about who worked when than a reader needs. */
export function logTimeOf(now: Date): string {
  return `${now.toISOString().slice(0, 16)}Z`
}

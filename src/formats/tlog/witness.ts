/** What a log and a witness say to each other. Source: C2SP tlog-witness v1.0.0, `add-checkpoint`. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Parsed } from '#domain/errors.ts'
import { formatBase64, parseBase64 } from './base64.ts'
import { parseDecimal } from './checkpoint.ts'
import { type Hash, hashBytes } from './hash.ts'
import { type NoteSignature, parseSignatureLine } from './note.ts'

export interface AddCheckpoint {
  /** The size that the witness last saw. */
  oldSize: number
  /** From the old size to the checkpoint's. */
  proof: Hash[]
  /** The signed note. */
  checkpoint: string
}

/** Lines of proof that the standard allows. */
const proofMax = 63
/** The content type of a 409, whose body is the size that the witness has. */
export const sizeContentType = 'text/x.tlog.size'

export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return `old ${oldSize}\n${proof.map((hash) => `${formatBase64(hash)}\n`).join('')}\n${checkpoint}`
}

export function parseAddCheckpoint(text: string): Parsed<AddCheckpoint> {
  const split = text.indexOf('\n\n')
  if (split < 0) return refuse('the empty line before the checkpoint is missing')
  const [oldLine = '', ...lines] = text.slice(0, split).split('\n')
  const oldSize = oldLine.startsWith('old ') ? parseDecimal(oldLine.slice('old '.length)) : null
  if (oldSize === null) return refuse('the old line is missing or not a decimal number')
  if (lines.length > proofMax) return refuse(`more than ${proofMax} lines of proof`)
  const proof: Hash[] = []
  for (const line of lines) {
    const hash = parseBase64(line)
    if (hash === null || hash.length !== hashBytes)
      return refuse(`not a hash: ${JSON.stringify(line.slice(0, 80))}`)
    proof.push(hash)
  }
  return { ok: true, value: { oldSize, proof, checkpoint: text.slice(split + 2) } }
}

/** The signature lines of a 200; lines of another form are left out. */
export function parseCosignatures(body: string): NoteSignature[] {
  return body
    .split('\n')
    .slice(0, proofMax)
    .map(parseSignatureLine)
    .filter((signature) => signature !== null)
}

/** The size in the body of a 409; null when it is not one. */
export function parseConflictSize(body: string): number | null {
  return body.endsWith('\n') ? parseDecimal(body.slice(0, -1)) : null
}

/** Where a witness shows the last checkpoint of a log, below its monitoring prefix. */
export function monitoringPath(origin: string): string {
  return `${bytesToHex(sha256(new TextEncoder().encode(origin)))}/checkpoint`
}

function refuse(message: string): { ok: false; problems: { path: string; message: string }[] } {
  return { ok: false, problems: [{ path: '$', message }] }
}

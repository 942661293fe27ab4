/**
 * Signed notes: a text, an empty line, signature lines. Source: C2SP signed-note v1.0.0.
 * A known key with a bad signature rejects the whole note; signatures of unknown keys are carried, not judged.
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Parsed } from '#domain/errors.ts'
import { formatBase64, parseBase64 } from './base64.ts'
import { isKeyName } from './keys.ts'

export interface NoteSignature {
  name: string
  /** 4 bytes in hexadecimal. */
  keyId: string
  /** What follows the key id. */
  signature: Uint8Array
}

export interface Note {
  /** With its last newline. */
  text: string
  signatures: NoteSignature[]
}

/** Whoever can tell whether a signature of one key over a text is right. */
export interface NoteVerifier {
  name: string
  keyId: string
  verify(text: string, signature: Uint8Array): boolean
}

export interface OpenedNote extends Note {
  verified: NoteSignature[]
  unverified: NoteSignature[]
}

/** 1 MB of note, 100 signatures (the limit of Go's package; the standard asks for at least 16). */
export const noteLimits = { bytesMax: 1_000_000, signaturesMax: 100 } as const

export function parseNote(bytes: Uint8Array): Parsed<Note> {
  if (bytes.length > noteLimits.bytesMax)
    return malformed(`the note has more than ${noteLimits.bytesMax} bytes`)
  const whole = decodeUtf8(bytes)
  if (whole === null) return malformed('the note is not UTF-8')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the standard forbids exactly these
  if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(whole)) return malformed('the note holds a control character')
  const split = whole.lastIndexOf('\n\n')
  if (split < 0) return malformed('the empty line before the signatures is missing')
  const text = whole.slice(0, split + 1)
  const block = whole.slice(split + 2)
  if (block === '' || !block.endsWith('\n')) return malformed('the signatures are missing or cut')
  const lines = block.slice(0, -1).split('\n')
  if (lines.length > noteLimits.signaturesMax)
    return malformed(`more than ${noteLimits.signaturesMax} signatures`)
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const signature = parseSignatureLine(line)
    if (signature === null) return malformed(`not a signature line: ${JSON.stringify(line.slice(0, 80))}`)
    signatures.push(signature)
  }
  return { ok: true, value: { text, signatures } }
}

/** Null unless the line is `— name base64(key id || signature)`. */
export function parseSignatureLine(line: string): NoteSignature | null {
  const [, name, body] = /^— (\S+) (\S+)$/u.exec(line) ?? []
  const bytes = parseBase64(body ?? '')
  if (name === undefined || bytes === null || bytes.length < 5 || !isKeyName(name)) return null
  return { name, keyId: bytesToHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) }
}

export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${formatBase64(Uint8Array.of(...hexToBytes(keyId), ...signature))}\n`
}

export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(formatSignatureLine).join('')}`
}

/** Checks the signatures of the keys given; at least one must be there and right, none may be wrong. */
export function openNote(bytes: Uint8Array, verifiers: readonly NoteVerifier[]): Parsed<OpenedNote> {
  const note = parseNote(bytes)
  if (!note.ok) return note
  const verified: NoteSignature[] = []
  const unverified: NoteSignature[] = []
  const seen = new Set<string>()
  for (const signature of note.value.signatures) {
    const id = `${signature.name}+${signature.keyId}`
    const verifier = verifiers.find((one) => one.name === signature.name && one.keyId === signature.keyId)
    if (verifier === undefined) {
      const whole = formatSignatureLine(signature)
      if (!seen.has(whole)) unverified.push(signature)
      seen.add(whole)
    } else if (!seen.has(id)) {
      seen.add(id)
      if (!verifier.verify(note.value.text, signature.signature))
        return malformed(`the signature of ${signature.name} is invalid`)
      verified.push(signature)
    }
  }
  if (verified.length === 0) return malformed('no signature of a known key')
  return { ok: true, value: { ...note.value, verified, unverified } }
}

export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function malformed(message: string): { ok: false; problems: { path: string; message: string }[] } {
  return { ok: false, problems: [{ path: '$', message }] }
}

/** Checkpoints: the log's name, its size and its root. Source: C2SP tlog-checkpoint v1.0.0. */
import type { Parsed } from '#domain/errors.ts'
import { formatBase64, parseBase64 } from './base64.ts'
import { type Hash, hashBytes } from './hash.ts'

export interface Checkpoint {
  origin: string
  /** Entries in the tree, 0 to 2^53 - 1. */
  size: number
  root: Hash
  /** Lines after the third; read, never written. */
  extensions: string[]
}

/** Reads the text of a checkpoint's note. */
export function parseCheckpoint(text: string): Parsed<Checkpoint> {
  if (!text.endsWith('\n')) return refuse('the last newline is missing')
  const [origin, sizeText, rootText, ...extensions] = text.slice(0, -1).split('\n')
  if (origin === undefined || sizeText === undefined || rootText === undefined)
    return refuse('fewer than three lines')
  if (origin === '') return refuse('the origin line is empty')
  const size = parseDecimal(sizeText)
  if (size === null)
    return refuse(`the size ${JSON.stringify(sizeText.slice(0, 40))} is not a decimal number up to 2^53 - 1`)
  const root = parseBase64(rootText)
  if (root === null || root.length !== hashBytes) return refuse('the root is not 32 bytes in base64')
  if (extensions.includes('')) return refuse('an extension line is empty')
  return { ok: true, value: { origin, size, root, extensions } }
}

export function formatCheckpoint({ origin, size, root }: Omit<Checkpoint, 'extensions'>): string {
  return `${origin}\n${size}\n${formatBase64(root)}\n`
}

/** A decimal number without sign or leading zero, at most 2^53 - 1; null for anything else. */
export function parseDecimal(text: string): number | null {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return null
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : null
}

function refuse(message: string): { ok: false; problems: { path: string; message: string }[] } {
  return { ok: false, problems: [{ path: '$', message }] }
}

/** A proof that travels: index, hashes and a signed checkpoint in one file. Source: C2SP tlog-proof. */
import type { Parsed } from '#domain/errors.ts'
import { formatBase64, parseBase64 } from './base64.ts'
import { parseDecimal } from './checkpoint.ts'
import { type Hash, hashBytes } from './hash.ts'

const header = 'c2sp.org/tlog-proof@v1'

export interface TlogProof {
  index: number
  /** Lowest first. */
  hashes: Hash[]
  /** Opaque bytes for the application; null when there are none. */
  extra: Uint8Array | null
  /** The signed note, as it was published. */
  checkpoint: string
}

/** No tree within our counting is higher. */
const hashesMax = 63

export function parseTlogProof(text: string): Parsed<TlogProof> {
  const split = text.indexOf('\n\n')
  if (split < 0) return refuse('the empty line before the checkpoint is missing')
  const lines = text.slice(0, split).split('\n')
  if (lines.shift() !== header) return refuse(`the first line is not ${header}`)
  let extra: Uint8Array | null = null
  if (lines[0]?.startsWith('extra ')) {
    extra = parseBase64(lines.shift()!.slice('extra '.length))
    if (extra === null) return refuse('the extra line is not base64')
  }
  const indexLine = lines.shift() ?? ''
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : null
  if (index === null) return refuse('the index line is missing or not a decimal number')
  if (lines.length > hashesMax) return refuse(`more than ${hashesMax} hashes`)
  const hashes: Hash[] = []
  for (const line of lines) {
    const hash = parseBase64(line)
    if (hash === null || hash.length !== hashBytes)
      return refuse(`not a hash: ${JSON.stringify(line.slice(0, 80))}`)
    hashes.push(hash)
  }
  return { ok: true, value: { index, hashes, extra, checkpoint: text.slice(split + 2) } }
}

export function formatTlogProof({ index, hashes, extra, checkpoint }: TlogProof): string {
  const lines = [header]
  if (extra !== null) lines.push(`extra ${formatBase64(extra)}`)
  lines.push(`index ${index}`, ...hashes.map(formatBase64))
  return `${lines.join('\n')}\n\n${checkpoint}`
}

function refuse(message: string): { ok: false; problems: { path: string; message: string }[] } {
  return { ok: false, problems: [{ path: '$', message }] }
}

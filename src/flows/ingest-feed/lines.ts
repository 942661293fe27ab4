/** ingest, for rows: bytes become lines as they come, in memory that does not grow with the input. */

/** Longer lines are told of, not read. */
export const lineBytesMax = 4 * 1024 * 1024

export interface Line {
  /** 1 for the first. */
  number: number
  /** Without its end, decoded as UTF-8; null when it is longer than `lineBytesMax`. */
  text: string | null
  /** The beginning of a line that is too long; otherwise empty. */
  excerpt: string
}

const excerptBytes = 500
const newline = 0x0a

/**
 * The lines that are not blank. When the source fails, the line that it broke off in is no line.
 *
 * @throws what the source throws
 */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 0
  let held: Uint8Array[] = []
  let heldBytes = 0
  // Ends the line that is held.
  const end = (last: Uint8Array): Line | null => {
    number += 1
    const size = heldBytes + last.length
    const bytes = held.length === 0 ? last : Buffer.concat([...held, last])
    held = []
    heldBytes = 0
    if (size > lineBytesMax) return { number, text: null, excerpt: textOf(bytes.subarray(0, excerptBytes)) }
    const text = textOf(bytes)
    return text.trim() === '' ? null : { number, text, excerpt: '' }
  }
  for await (const chunk of source) {
    let from = 0
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      const line = end(chunk.subarray(from, to))
      from = to + 1
      if (line) yield line
    }
    const rest = chunk.subarray(from)
    // Of a line that is too long already only its length still matters.
    if (heldBytes <= lineBytesMax) held.push(rest)
    heldBytes += rest.length
  }
  const line = end(new Uint8Array())
  if (line) yield line
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: false })

function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

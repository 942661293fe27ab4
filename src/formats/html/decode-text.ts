/** Bytes from the web to text: by byte order mark, the charset that was said, the one written inside, else UTF-8. */

/** Bytes that are searched for a charset. Source: HTML standard, "prescan a byte stream". */
const prescanMax = 1024

/** Never throws: bytes that fit no character become U+FFFD, an unknown charset is read as UTF-8. */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  const label = markOf(bytes) ?? charsetOf(contentType ?? '') ?? charsetInside(bytes) ?? 'utf-8'
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return new TextDecoder('utf-8').decode(bytes)
  }
}

function markOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return null
}

function charsetOf(contentType: string): string | null {
  return /charset\s*=\s*["']?([\w:.-]{1,40})/i.exec(contentType.slice(0, 500))?.[1] ?? null
}

/** `<?xml encoding="…"?>`, `<meta charset=…>`, `<meta content="text/html; charset=…">`. */
function charsetInside(bytes: Uint8Array): string | null {
  const beginning = new TextDecoder('latin1').decode(bytes.subarray(0, prescanMax))
  const declared = /^\s*<\?xml[^>]{1,200}encoding\s*=\s*["']([\w.-]{1,40})/i.exec(beginning)?.[1]
  return declared ?? /<meta\b[^>]{0,200}charset\s*=\s*["']?([\w:.-]{1,40})/i.exec(beginning)?.[1] ?? null
}

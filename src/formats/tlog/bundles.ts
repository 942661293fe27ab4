/** Entry bundles: up to 256 entries in a file, each with its length before it. Source: C2SP tlog-tiles v0.1.0. */

/** Bytes of one entry: its length is written in 16 bits. */
export const entryBytesMax = 65_535

/** Null when an entry is too long to be written. */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array | null {
  if (entries.some((entry) => entry.length > entryBytesMax)) return null
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const entry of entries) {
    view.setUint16(at, entry.length)
    bytes.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bytes
}

/** Null unless the bytes are exactly `width` entries. */
export function parseBundle(bytes: Uint8Array, width: number): Uint8Array[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    if (entries.length === width || at + 2 > bytes.length) return null
    const length = view.getUint16(at)
    if (at + 2 + length > bytes.length) return null
    entries.push(bytes.slice(at + 2, at + 2 + length))
    at += 2 + length
  }
  return entries.length === width ? entries : null
}

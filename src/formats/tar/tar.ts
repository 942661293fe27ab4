/** Headers of tar archives: plain files with short names. Source: POSIX.1-2001, pax, "ustar Interchange Format". */
import type { Parsed } from '#domain/errors.ts'

export const blockBytes = 512
const nameMax = 100
/** Eleven octal digits. */
const sizeMax = 8 ** 11 - 1

export interface TarHeader {
  name: string
  /** Bytes of the file that follows, before it is filled up to whole blocks. */
  size: number
}

/** Two empty blocks. */
export const tarEnd = new Uint8Array(2 * blockBytes)

/** Zeros that fill a file up to whole blocks. */
export function paddingOf(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes
}

/** One block; the same for the same name and size. @throws RangeError for a name or size that does not fit */
export function formatTarHeader({ name, size }: TarHeader): Uint8Array {
  const nameBytes = new TextEncoder().encode(name)
  if (nameBytes.length > nameMax || name === '') throw new RangeError(`"${name}" has no place in an archive`)
  if (size > sizeMax) throw new RangeError(`${name} is too large for an archive`)
  const block = new Uint8Array(blockBytes)
  const put = (at: number, text: string) => block.set(new TextEncoder().encode(text), at)
  block.set(nameBytes)
  put(100, '0000600\0')
  put(108, '0000000\0')
  put(116, '0000000\0')
  put(124, `${size.toString(8).padStart(11, '0')}\0`)
  put(136, '00000000000\0')
  put(148, '        ')
  put(156, '0')
  put(257, 'ustar\u000000')
  put(
    148,
    `${block
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
  )
  return block
}

/** Reads what `formatTarHeader` writes, and nothing else. */
export function parseTarHeader(block: Uint8Array): Parsed<TarHeader> {
  const name = new TextDecoder().decode(block.subarray(0, nameMax)).replace(/\0+$/, '')
  const size = Number.parseInt(new TextDecoder().decode(block.subarray(124, 135)), 8)
  if (block.length === blockBytes && name !== '' && Number.isSafeInteger(size) && !name.includes('\u0000')) {
    const written = formatTarHeader({ name, size })
    if (written.every((byte, at) => byte === block[at])) return { ok: true, value: { name, size } }
  }
  return { ok: false, problems: [{ path: '$', message: 'this is no header of a file' }] }
}

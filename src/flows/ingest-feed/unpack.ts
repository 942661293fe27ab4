/** ingest, first step: whatever bytes come, gzip is undone as they come; how they begin tells what they are. */
import { AssayError } from '#domain/errors.ts'
import { decoded } from '#io/net/decode.ts'

/** How much of the beginning is looked at to tell formats apart. */
export const beginningBytesMax = 64 * 1024

export interface Unpacked {
  /** The first bytes, up to `beginningBytesMax`; empty when there are none. They come again in `bytes`. */
  beginning: Uint8Array
  bytes: AsyncIterable<Uint8Array>
}

/** Undoes one layer of gzip. @throws invalid for gzip inside gzip, or what `source` and the decoder throw */
export async function unpack(source: AsyncIterable<Uint8Array>): Promise<Unpacked> {
  const given = await begin(source)
  if (!isGzip(given.beginning)) return given
  const plain = await begin(decoded(given.bytes, 'gzip'))
  if (isGzip(plain.beginning)) {
    throw new AssayError('invalid', 'This is gzip inside gzip; unpack it once and give that.')
  }
  return plain
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

async function begin(source: AsyncIterable<Uint8Array>): Promise<Unpacked> {
  const chunks = source[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let size = 0
  let end: { error: unknown } | null = null
  try {
    while (size < beginningBytesMax) {
      const { done, value } = await chunks.next()
      if (done) break
      first.push(value)
      size += value.length
    }
  } catch (error) {
    // What came before it is still worth reading; the error comes in its place.
    if (size === 0) throw error
    end = { error }
  }
  async function* all() {
    try {
      yield* first
      if (end) throw end.error
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
    } finally {
      await chunks.return?.()
    }
  }
  return { beginning: Buffer.concat(first).subarray(0, beginningBytesMax), bytes: all() }
}

/** fetch, after the response: compressed bytes become plain ones, in pieces, with every limit applied after decoding. */
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { AssayError } from '#domain/errors.ts'

/** What the web calls the codings that we ask for. */
export const codings = ['gzip', 'br', 'deflate'] as const
export type Coding = (typeof codings)[number]

const decoders = { gzip: createGunzip, br: createBrotliDecompress, deflate: createInflate }

/** What expands further than this, once it is larger than `expansionFreeBytes`, was made to fill memory. */
const expansionMax = 250
const expansionFreeBytes = 4 * 1024 * 1024

/** Handed to the decoder at a time, so that what one piece expands to stays small. */
const pieceBytes = 16 * 1024

/**
 * Decodes one coding as the bytes come. When they end too soon, everything that could be decoded comes first.
 *
 * @throws invalid for damaged or truncated bytes, too_large for a bomb
 */
export async function* decoded(
  source: AsyncIterable<Uint8Array>,
  coding: Coding,
): AsyncGenerator<Uint8Array> {
  const decoder = decoders[coding]()
  const ready: Uint8Array[] = []
  const size = { in: 0, out: 0 }
  let failure: NodeJS.ErrnoException | null = null
  let goOn = () => {}
  decoder.on('data', (bytes: Buffer) => {
    size.out += bytes.length
    ready.push(bytes)
  })
  decoder.on('end', () => goOn())
  // A write that fails never calls back.
  decoder.on('error', (error) => {
    failure = error
    goOn()
  })
  const until = (start: () => void) =>
    new Promise<void>((resolve) => {
      goOn = resolve
      start()
    })
  try {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length && !failure; at += pieceBytes) {
        const piece = chunk.subarray(at, at + pieceBytes)
        size.in += piece.length
        await until(() => decoder.write(piece, () => goOn()))
        yield* ready.splice(0)
        if (isBomb(size))
          throw new AssayError('too_large', 'This expands to far more than it should; it was not read.')
      }
      if (failure) break
    }
    if (!failure) await until(() => decoder.end())
    yield* ready.splice(0)
    if (failure) throw damaged(coding, failure)
  } finally {
    decoder.destroy()
  }
}

function isBomb(size: { in: number; out: number }): boolean {
  return size.out > expansionFreeBytes && size.out > size.in * expansionMax
}

function damaged(coding: Coding, cause: NodeJS.ErrnoException): AssayError {
  const isTruncated = cause.code === 'Z_BUF_ERROR' || cause.code === 'ERR__ERROR_FORMAT_UNEXPECTED_END'
  const what = isTruncated ? 'ends too soon: a part of it is missing' : 'is damaged'
  return new AssayError('invalid', `The ${coding} data ${what}; get it again.`, { cause })
}

/**
 * The codings of a Content-Encoding header in the order to undo them. One is normal; a second one is a trick.
 *
 * @throws invalid
 */
export function codingsOf(header: string): Coding[] {
  const names = header
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^x-gzip$/, 'gzip'))
    .filter((name) => name !== '' && name !== 'identity')
  const known = names.map((name) => codings.find((coding) => coding === name))
  if (known.length > 1 || known.includes(undefined)) {
    throw new AssayError(
      'invalid',
      'The site sent it compressed in a way that was not asked for; it was not read.',
    )
  }
  return known.filter((coding) => coding !== undefined)
}

/** Passes bytes on until there are too many. @throws too_large */
export async function* limited(
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > bytesMax) {
      throw new AssayError('too_large', `It is larger than the limit of ${formatBytes(bytesMax)}.`)
    }
    yield chunk
  }
}

function formatBytes(count: number): string {
  return count < 1_000_000 ? `${count.toLocaleString('en')} bytes` : `${Math.round(count / 1_000_000)} MB`
}

export async function collected(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks)
}

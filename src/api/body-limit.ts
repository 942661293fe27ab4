/** Bodies are read up to a limit and no further: what is declared longer is refused unread, what turns out longer is left. */
import type { MiddlewareHandler } from 'hono'
import { AssayError } from '#domain/errors.ts'

export const bodyBytesMax = 1024 * 1024

export const limitBody: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'POST') {
    if (Number(c.req.header('content-length') ?? 0) > bodyBytesMax) throw tooLarge()
    const { url, headers, body } = c.req.raw
    c.req.raw = new Request(url, { method: 'POST', headers, body: await readBody(body) })
  }
  await next()
}

async function readBody(body: ReadableStream<Uint8Array> | null): Promise<ArrayBuffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    if (bytes > bodyBytesMax) throw tooLarge()
    chunks.push(chunk)
  }
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole.buffer
}

function tooLarge(): AssayError {
  return new AssayError(
    'too_large',
    'The body is larger than 1 MB; send only the part of the message that matters.',
  )
}

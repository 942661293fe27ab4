/** An archived copy on its way out: a file to keep, never a page of ours, whatever is in it. */
import type { Capture } from '#flows/archive-evidence/read-capture.ts'

const pieceBytes = 256 * 1_024

/** `over` is called once, when the last byte has gone or nobody wants the rest. */
export function copyFile({ bytes, sha256 }: Capture, over: () => void = () => {}): Response {
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    pull(pieces) {
      pieces.enqueue(bytes.subarray(at, at + pieceBytes))
      at += pieceBytes
      if (at < bytes.length) return
      pieces.close()
      over()
    },
    cancel: over,
  })
  return new Response(body, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="evidence-${sha256.slice(0, 16)}"`,
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
      // A stranger's work is not ours to be found by.
      'x-robots-tag': 'noindex',
    },
  })
}

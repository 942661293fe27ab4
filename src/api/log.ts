/** /log/: the public log's files, as they are on disk. Source: C2SP tlog-tiles v0.1.0. */
import type { Context } from 'hono'
import { AssayError } from '#domain/errors.ts'
import type { Needs } from '#flows/needs.ts'
import { formatVerifierKey } from '#formats/tlog/keys.ts'
import { isWithin, parseTilePath } from '#formats/tlog/tiles.ts'
import { findLogState } from '#io/database/log/log-entries.ts'
import type { Api, ApiBindings } from './app.ts'

/** A checkpoint is as new as it is asked for; a tile never changes. */
const checkpointCache = 'public, max-age=2'
const tileCache = 'public, max-age=31536000, immutable'

export function addLog(app: Api, { db, log }: Pick<Needs, 'db' | 'log'>): void {
  app.get('/log/checkpoint', async (c) => {
    const bytes = await log.files.read('checkpoint')
    if (bytes === null) throw nothing()
    return send(c, bytes, 'text/plain; charset=utf-8', checkpointCache)
  })
  app.get('/log/vkey', (c) =>
    send(
      c,
      new TextEncoder().encode(`${formatVerifierKey(log.verifier)}\n`),
      'text/plain; charset=utf-8',
      checkpointCache,
    ),
  )
  app.get('/log/tile/*', async (c) => {
    const path = c.req.path.slice('/log/'.length)
    const tile = parseTilePath(path)
    // files of a checkpoint that is not out yet are there, but not shown
    const size = tile === null ? 0 : ((await findLogState(db))?.publishedSize ?? 0)
    const bytes = tile !== null && isWithin(size, tile) ? await log.files.read(path) : null
    if (bytes === null) throw nothing()
    return send(c, bytes, 'application/octet-stream', tileCache)
  })
}

function send(c: Context<ApiBindings>, bytes: Uint8Array, type: string, cache: string): Response {
  return c.body(new Uint8Array(bytes), 200, { 'Content-Type': type, 'Cache-Control': cache })
}

function nothing(): AssayError {
  return new AssayError('not_found', 'The public log has no such file.')
}

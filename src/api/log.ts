/**
 * /log/: the public log's files, as they are on disk; nothing but files is asked. `/log/` is the log that is written now;
 * `/log/1/`, `/log/2/`… are the first, the second… and stay where they are. Source: C2SP tlog-tiles v0.1.0.
 */
import type { Context } from 'hono'
import { AssayError } from '#domain/errors.ts'
import { type LogPlace, verifierPath } from '#flows/log-place.ts'
import { findServedLog } from '#flows/served-logs.ts'
import { parseCheckpoint } from '#formats/tlog/checkpoint.ts'
import { formatVerifierKey } from '#formats/tlog/keys.ts'
import { parseNote } from '#formats/tlog/note.ts'
import { isWithin, parseTilePath } from '#formats/tlog/tiles.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import type { Api, ApiBindings } from './app.ts'

/** A checkpoint is as new as it is asked for; a tile never changes, unless `/log/` itself may pass on to a next log again. */
const checkpointCache = 'public, max-age=2'
const tileCache = 'public, max-age=31536000, immutable'
const passingTileCache = 'public, max-age=60'
const text = 'text/plain; charset=utf-8'

export function addLog(app: Api, { log }: { log: LogPlace }): void {
  app.get('/log/*', async (c) => {
    const [, numberText, path = ''] = /^\/log\/(?:([1-9]\d{0,8})\/)?(.+)$/.exec(c.req.path) ?? []
    const number = numberText === undefined ? ((await findServedLog(log)) ?? 1) : Number(numberText)
    const files = log.filesOf(number)
    if (path === verifierPath) return sendVerifier(c, log, number)
    if (path === 'checkpoint') return send(c, await files.read(path), text, checkpointCache)
    const tile = parseTilePath(path)
    // files of a checkpoint that is not out yet are there, but not shown
    const isOut = tile !== null && isWithin(await publishedSize(files), tile)
    const cache = numberText === undefined && number > 1 ? passingTileCache : tileCache
    return send(c, isOut ? await files.read(path) : null, 'application/octet-stream', cache)
  })
}

/** Before the first checkpoint of all the key is known already; of other logs only when they are. */
async function sendVerifier(c: Context<ApiBindings>, log: LogPlace, number: number): Promise<Response> {
  const isKnown = number === 1 || (await log.filesOf(number).read(verifierPath)) !== null
  const key = isKnown ? `${formatVerifierKey(await log.verifierOf(number))}\n` : null
  return send(c, key === null ? null : new TextEncoder().encode(key), text, checkpointCache)
}

async function publishedSize(files: BlobStore): Promise<number> {
  const bytes = await files.read('checkpoint')
  const note = bytes === null ? null : parseNote(bytes)
  const checkpoint = note?.ok ? parseCheckpoint(note.value.text) : null
  return checkpoint?.ok ? checkpoint.value.size : 0
}

function send(c: Context<ApiBindings>, bytes: Uint8Array | null, type: string, cache: string): Response {
  if (bytes === null) throw new AssayError('not_found', 'The public log has no such file.')
  return c.body(new Uint8Array(bytes), 200, { 'Content-Type': type, 'Cache-Control': cache })
}

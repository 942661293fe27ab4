/**
 * Server-sent events: a mark that differs whenever the inbox of one's organisation has changed, and nothing else. Who does
 * not ask for a stream of events gets the first one.
 */

import { viewOf } from '#flows/work-inbox/read-inbox.ts'
import { getInboxMark } from '#io/database/cases/inbox.ts'
import { actorOf } from '../../../../desk/actor-of.ts'
import type { RequestHandler } from './$types'

/** A look costs the database a few milliseconds for each open inbox. */
const lookMs = 3_000
/** Then the browser comes again by itself, and proves anew that it may. */
const lastsMs = 5 * 60_000

export const GET: RequestHandler = (event) => {
  const { needs } = event.locals
  const view = viewOf(needs, actorOf(event))
  const encoder = new TextEncoder()
  let timer: NodeJS.Timeout | undefined
  const isListening = event.request.headers.get('accept') === 'text/event-stream'
  const until = isListening ? performance.now() + lastsMs : 0
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const look = async () => {
        try {
          const mark = await getInboxMark(needs.db, view)
          controller.enqueue(encoder.encode(`data: ${mark}\n\n`))
          if (performance.now() < until) timer = setTimeout(look, lookMs)
          else controller.close()
        } catch (cause) {
          needs.journal.debug('inbox not told', { cause })
          controller.error(cause)
        }
      }
      void look()
    },
    cancel() {
      clearTimeout(timer)
    },
  })
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}

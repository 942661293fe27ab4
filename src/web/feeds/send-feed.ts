/** A feed as a response: Atom or JSON Feed, kept by nobody longer than a minute, and not sent again to who has it. */
import { etagOf, isKnown } from '#formats/feeds/conditional.ts'
import { type FeedEntry, type FeedFrame, formatAtom, formatJsonFeed } from '#formats/feeds/format-feeds.ts'

export const feedForms = {
  atom: { format: formatAtom, type: 'application/atom+xml; charset=utf-8' },
  json: { format: formatJsonFeed, type: 'application/feed+json; charset=utf-8' },
} as const

export type FeedForm = keyof typeof feedForms

/** Anybody's page may read a public feed. */
const headers = { 'cache-control': 'public, max-age=60', 'access-control-allow-origin': '*' }

export function sendFeed(
  request: Request,
  form: FeedForm,
  frame: FeedFrame,
  entries: readonly FeedEntry[],
): Response {
  const { format, type } = feedForms[form]
  const body = format(frame, entries)
  const etag = etagOf(body)
  if (isKnown(etag, request.headers.get('if-none-match'))) {
    return new Response(null, { status: 304, headers: { ...headers, etag } })
  }
  return new Response(body, { headers: { ...headers, etag, 'content-type': type } })
}

/** The beginning of a day, or the moment itself, as feeds write times. */
export function timeOf(dayOrTime: string): string {
  return dayOrTime.length === 10 ? `${dayOrTime}T00:00:00Z` : new Date(dayOrTime).toISOString()
}

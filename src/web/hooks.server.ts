/** Around every page: hands the needs in, chooses the language, guards the desk, and says who may keep the answer how long. */
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks'
import { httpStatus, isAssayError } from '#domain/errors.ts'
import { checkPolicy, checkRoute } from './check/policy.ts'
import { guardDesk, isDeskPath } from './desk/guard.ts'
import { pushPolicy, statusRoute } from './push/policy.ts'
import { copyOfForm, unsentOf } from './unsent/sent-form.ts'
import { directions, findLanguage, negotiateLanguage } from './words/languages.ts'

export const handle: Handle = async ({ event, resolve }) => {
  const handed = event.platform?.req.assay
  if (!handed) throw new Error('The pages are served by "assay serve", which hands them the database.')
  event.locals.needs = handed.needs
  event.locals.openapi = handed.openapi

  const chosen = findLanguage(event.url.searchParams.get('lang'))
  const language = chosen ?? negotiateLanguage(event.request.headers.get('accept-language'))
  event.locals.chosenLanguage = chosen
  event.locals.language = language

  event.locals.sent = copyOfForm(event.request)
  event.locals.signedIn = null
  event.locals.actor = null
  const atDesk = isDeskPath(event.url.pathname)
  const refused = atDesk ? await guardDesk(event) : null
  if (refused) return refused

  // Whoever posts a form reads a page: for a client that takes anything, SvelteKit would answer in its own JSON.
  if (event.request.method === 'POST') event.request.headers.set('accept', 'text/html')
  const response = await resolve(event, {
    // Those are the words of app.html.
    transformPageChunk: ({ html }) =>
      html.replace('<html lang="en" dir="ltr">', `<html lang="${language}" dir="${directions[language]}">`),
  })
  // What answers a message is nobody's to keep; what everybody may read is asked for anew when it is a minute old.
  const shared = !atDesk && event.request.method !== 'POST' && response.status === 200
  if (!response.headers.has('cache-control')) {
    response.headers.set('cache-control', shared ? 'public, max-age=60' : 'no-store')
  }
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false
  if (!atDesk && isPage) response.headers.delete('content-security-policy')
  if (event.route.id === checkRoute) response.headers.set('content-security-policy', checkPolicy)
  // A receipt that opens nothing is answered with 404, and its page is as every other.
  const opened = event.route.id === statusRoute && event.request.method === 'POST' && response.status === 200
  if (opened) response.headers.set('content-security-policy', pushPolicy)
  response.headers.append('vary', 'accept-language')
  response.headers.set('content-language', language)
  if (response.status === 503 || response.status === 429) {
    response.headers.set('retry-after', `${event.locals.retryAfterSeconds ?? 5}`)
  }
  return response
}

/** Expected errors become their status; anything else is our mistake: the journal has its cause, the reader does not. */
export const handleError: HandleServerError = async ({ kind, error, event }) => {
  if (kind !== 'unknown') return {}
  const unsent = await unsentOf(event)
  if (isAssayError(error)) {
    return { status: httpStatus[error.code], message: error.message, code: error.code, ...unsent }
  }
  event.locals.needs?.journal.error('page failed', { route: event.route.id, cause: error })
  return { ...unsent }
}

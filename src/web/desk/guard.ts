/**
 * Stands before every page of the desk: finds who comes, lets nobody else in, and takes forms only from its own pages
 * (their origin, and the token of the session). What was typed into a refused form is kept and shown again.
 */
import { type RequestEvent, redirect } from '@sveltejs/kit'
import { isAssayError } from '#domain/errors.ts'
import { findSignedIn, type SignedIn } from '#flows/admit-person/sessions.ts'
import { keptFormOf } from '../unsent/kept-form.ts'
import { isForm, isPageForm } from '../unsent/sent-form.ts'
import { addressOf } from '../words/address.ts'
import { findSessionCookie } from './session-cookie.ts'

export function isDeskPath(path: string): boolean {
  return /^\/desk(\/|$)/.test(path)
}

/** What is open to those who are not signed in: by it they do. */
function isOpen(path: string): boolean {
  return path === '/desk/sign-in' || path.startsWith('/desk/invitations/')
}

/**
 * Null: let in, with `locals.signedIn` set, or not where everybody may come; or with `locals.unreached`, which every page
 * then throws in its own words when it asks who acts.
 */
export async function guardDesk(event: RequestEvent): Promise<Response | null> {
  const { locals, request, url } = event
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (!event.isSubRequest && !reads && !comesFromHere(event)) {
    locals.sent = null
    return refuse(
      403,
      'This was sent from another site, or the desk was opened at another address than its own.',
    )
  }
  const secret = findSessionCookie(event.cookies)
  try {
    locals.signedIn = secret === null ? null : await findSignedIn(locals.needs, secret)
  } catch (error) {
    if (!isAssayError(error)) throw error
    locals.unreached = error
    return null
  }
  locals.actor = locals.signedIn?.actor ?? null
  if (event.isSubRequest) return null
  if (isOpen(url.pathname)) return null
  if (!reads) return (await isEntitled(event, locals.signedIn)) ? null : keep(event)
  if (locals.signedIn) return null
  if (secret === null && request.headers.get('sec-fetch-site') === 'cross-site') return comeAgain(event)
  const lang = locals.chosenLanguage
  return redirect(303, addressOf('/desk/sign-in', { to: url.pathname + url.search, lang }))
}

/** Every browser names the origin of what it sends; the settings say which one is ours. */
function comesFromHere({ request, locals }: RequestEvent): boolean {
  return request.headers.get('origin') === new URL(locals.needs.config.publicUrl).origin
}

async function isEntitled({ request }: RequestEvent, signedIn: SignedIn | null): Promise<boolean> {
  if (!signedIn) return false
  const header = request.headers.get('x-form-token')
  if (header !== null) return header === signedIn.formToken
  return isForm(request) && (await request.clone().formData()).get('token') === signedIn.formToken
}

/** The sign-in page with what was typed, or for a script the bare fact. */
async function keep(event: RequestEvent): Promise<Response> {
  const { request, url, locals } = event
  if (!isPageForm(request)) return refuse(401, 'Sign in again.')
  const kept = keptFormOf(url.pathname + url.search, await request.formData(), { over: true })
  const page = await event.fetch(addressOf('/desk/sign-in', { lang: locals.chosenLanguage }), {
    method: 'POST',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ kept: JSON.stringify(kept) }).toString(),
  })
  return new Response(page.body, { status: locals.signedIn ? 409 : 401, headers: page.headers })
}

/** SameSite=Strict leaves the cookie out when a link of another site leads here: the page asks for itself once more. */
function comeAgain({ url }: RequestEvent): Response {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
  return new Response('', { headers: { ...headers, refresh: `0; url=${url.pathname}${url.search}` } })
}

function refuse(status: number, sentence: string): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  return new Response(`${sentence}\n`, { status, headers })
}

/** A form on its way: copied before anybody reads it, so that the page which cannot take it can show what was written. */
import type { RequestEvent } from '@sveltejs/kit'
import { type KeptForm, keptFormOf } from './kept-form.ts'

export function isForm({ headers }: Request): boolean {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(
    headers.get('content-type') ?? '',
  )
}

/** Sent by a page, not by a script of ours, which keeps its own words. */
export function isPageForm(request: Request): boolean {
  return isForm(request) && request.headers.get('accept') !== 'application/json'
}

/** Null: nothing that a page could show again. */
export function copyOfForm(request: Request): Request | null {
  return request.method === 'POST' && isPageForm(request) ? request.clone() : null
}

/** For an error's page; nothing where no form was sent, or none that can be read. */
export async function unsentOf({ locals, url }: RequestEvent): Promise<{ unsent?: KeptForm }> {
  const data = await locals.sent
    ?.clone()
    .formData()
    .catch(() => null)
  return data ? { unsent: keptFormOf(url.pathname + url.search, data, { over: false }) } : {}
}

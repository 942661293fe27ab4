/** The one cookie of the site, set at the desk only. Its name makes the browser insist on Secure, Path=/ and no Domain. */
import type { Cookies } from '@sveltejs/kit'

const name = '__Host-assay'
const kind = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const

/** Without an end of its own: it goes with the browser, and the server ends it sooner. */
export function setSessionCookie(cookies: Cookies, secret: string): void {
  cookies.set(name, secret, kind)
}

export function findSessionCookie(cookies: Cookies): string | null {
  return cookies.get(name) || null
}

export function deleteSessionCookie(cookies: Cookies): void {
  cookies.delete(name, kind)
}

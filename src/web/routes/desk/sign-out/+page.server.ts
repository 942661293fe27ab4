/** POST /desk/sign-out: the session ends here and in the browser. */
import { type Actions, redirect } from '@sveltejs/kit'
import { signOut } from '#flows/admit-person/sessions.ts'
import { deleteSessionCookie, findSessionCookie } from '../../../desk/session-cookie.ts'
import { addressOf } from '../../../words/address.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = () => redirect(303, '/desk')

export const actions: Actions = {
  default: async ({ cookies, locals }) => {
    const secret = findSessionCookie(cookies)
    if (secret !== null) await signOut(locals.needs, secret)
    deleteSessionCookie(cookies)
    redirect(303, addressOf('/desk/sign-in', { lang: locals.chosenLanguage }))
  },
}

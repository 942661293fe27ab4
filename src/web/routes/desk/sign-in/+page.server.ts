/** The way in, with password and code or with a passkey; and the way back for a form whose session was over. */
import { type Actions, fail, redirect } from '@sveltejs/kit'
import { isAssayError } from '#domain/errors.ts'
import { signInOptions, signInWithPasskey } from '#flows/admit-person/passkeys.ts'
import { findSignedIn } from '#flows/admit-person/sessions.ts'
import { signIn } from '#flows/admit-person/sign-in.ts'
import { textIn } from '../../../desk/form-fields.ts'
import { findSessionCookie, setSessionCookie } from '../../../desk/session-cookie.ts'
import { isDeskAddress, parseKeptForm } from '../../../unsent/kept-form.ts'
import { addressOf } from '../../../words/address.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, request, url }) => {
  const to = url.searchParams.get('to')
  if (locals.signedIn && request.method === 'GET') redirect(303, isDeskAddress(to) ? to : '/desk')
  return { to: isDeskAddress(to) ? to : null, passkey: await signInOptions(locals.needs) }
}

export const actions: Actions = {
  default: async ({ request, locals, cookies }) => {
    const data = await request.formData()
    const email = textIn(data, 'email')
    const kept = parseKeptForm(textIn(data, 'kept'))
    // The guard sends refused forms here; who is signed in only has to send it once more.
    if (kept && !data.has('email')) return { kept }
    const to = textIn(data, 'to')
    const earlier = findSessionCookie(cookies)
    const passkey = textIn(data, 'passkey')
    let secret: string | null
    try {
      secret = passkey
        ? await signInWithPasskey(locals.needs, passkey, earlier)
        : await signIn(
            locals.needs,
            { email, password: textIn(data, 'password'), code: textIn(data, 'code') },
            earlier,
          )
    } catch (error) {
      if (!isAssayError(error) || error.code !== 'unavailable') throw error
      return fail(503, { email, kept, problem: 'unavailable' as const })
    }
    if (secret === null) {
      return fail(401, { email, kept, problem: passkey ? ('passkey' as const) : ('wrong' as const) })
    }
    setSessionCookie(cookies, secret)
    if (!kept) redirect(303, addressOf(isDeskAddress(to) ? to : '/desk', {}))
    locals.signedIn = await findSignedIn(locals.needs, secret)
    locals.actor = locals.signedIn?.actor ?? null
    return { kept }
  },
}

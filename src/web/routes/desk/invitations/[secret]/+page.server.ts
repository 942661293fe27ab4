/** A one-time link: who one is, and by what one comes in from now on. Opening it uses nothing up; only sending does. */
import { error, fail } from '@sveltejs/kit'
import { httpStatus, isAssayError } from '#domain/errors.ts'
import type { PersonProblem } from '#domain/person.ts'
import { acceptInvitation, findOpenInvitation } from '#flows/admit-person/accept-invitation.ts'
import { newPasskeyOptions } from '#flows/admit-person/passkeys.ts'
import { newTotpSetUp, reopenTotpSetUp } from '#flows/admit-person/second-factor.ts'
import { textIn } from '../../../../desk/form-fields.ts'
import { findSessionCookie, setSessionCookie } from '../../../../desk/session-cookie.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals: { needs } }) => {
  const invitation = await findOpenInvitation(needs, params.secret)
  if (!invitation) return { invitation: null }
  const { email, name } = invitation
  return {
    invitation,
    totp: newTotpSetUp(needs, email ?? 'Assay'),
    passkey: await newPasskeyOptions(needs, { email: email ?? '', name: name ?? '', personId: null }),
  }
}

export const actions: Actions = {
  default: async ({ params, request, locals: { needs }, cookies }) => {
    const data = await request.formData()
    const [email, organisation, name] = [
      textIn(data, 'email'),
      textIn(data, 'organisation'),
      textIn(data, 'name'),
    ]
    const [password, totp, code, passkey] = [
      textIn(data, 'password'),
      textIn(data, 'totp'),
      textIn(data, 'code'),
      textIn(data, 'passkey'),
    ]
    // The same picture again: the app has it already. The password is put back too: the page goes to whoever typed it.
    const back = {
      email,
      organisation,
      name,
      password,
      code,
      totp: reopenTotpSetUp(needs, totp, email || 'Assay'),
    }
    try {
      const accepted = await acceptInvitation(
        needs,
        params.secret,
        { email, organisation, name, password, totp, code, passkey },
        findSessionCookie(cookies),
      )
      if (accepted.ok) {
        setSessionCookie(cookies, accepted.session)
        return { recoveryCodes: accepted.recoveryCodes }
      }
      if (accepted.problems === 'gone') return error(404)
      return fail(400, { ...back, problems: accepted.problems })
    } catch (cause) {
      if (!isAssayError(cause)) throw cause
      const problems: PersonProblem[] = cause.code === 'conflict' ? ['email-taken'] : []
      return fail(httpStatus[cause.code], { ...back, problems })
    }
  },
}

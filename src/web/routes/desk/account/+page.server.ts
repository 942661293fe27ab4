/** One's own ways in: sessions, passkeys, recovery codes. */
import { type Actions, fail, type RequestEvent } from '@sveltejs/kit'
import { httpStatus, isAssayError } from '#domain/errors.ts'
import { changePassword } from '#flows/admit-person/change-password.ts'
import { confirmPerson, isConfirmed } from '#flows/admit-person/confirm-person.ts'
import { addPasskey, dropPasskey, newPasskeyOptions, signInOptions } from '#flows/admit-person/passkeys.ts'
import { newRecoveryCodes } from '#flows/admit-person/second-factor.ts'
import { listOwnSessions, revokeOtherSessions, revokeSession } from '#flows/admit-person/sessions.ts'
import { countRecoveryCodes, findCredentials } from '#io/database/people/credentials.ts'
import { listPasskeys } from '#io/database/people/passkeys.ts'
import { actorOf, signedInOf } from '../../../desk/actor-of.ts'
import { textIn } from '../../../desk/form-fields.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { needs } = event.locals
  const { person, session } = signedInOf(event)
  const [sessions, passkeys, recoveryCodes, passkeyOptions, credentials] = await Promise.all([
    listOwnSessions(needs, person.id),
    listPasskeys(needs.db, person.id),
    countRecoveryCodes(needs.db, person.id),
    newPasskeyOptions(needs, { email: person.email, name: person.name, personId: person.id }),
    findCredentials(needs.db, person.id),
  ])
  return {
    email: person.email,
    sessions: sessions.map(({ id, createdAt, usedAt }) => ({
      id,
      isThis: id === session.id,
      createdAt: createdAt.toISOString(),
      usedAt: usedAt.toISOString(),
    })),
    passkeys: passkeys.map(({ id, name, createdAt, usedAt }) => ({
      id,
      name,
      createdAt: createdAt.toISOString(),
      usedAt: usedAt?.toISOString() ?? null,
    })),
    recoveryCodes,
    passkeyOptions,
    hasPassword: credentials?.passwordHash != null,
    ownPasskey: passkeys.length > 0 ? await signInOptions(needs) : null,
  }
}

/** Changes a way in, for whoever has shown that it is the person themselves: a found desk is not enough. */
async function ifConfirmed<Done extends object>(
  event: RequestEvent,
  work: (data: FormData, confirmed: string) => Promise<Done>,
) {
  const data = await event.request.formData()
  const confirmed = textIn(data, 'confirmed')
  if (isConfirmed(event.locals.needs, signedInOf(event), confirmed)) return work(data, confirmed)
  return fail(httpStatus.forbidden, { problem: 'unconfirmed' as const })
}

export const actions: Actions = {
  revoke: async (event) => {
    const id = textIn(await event.request.formData(), 'session')
    await revokeSession(event.locals.needs, actorOf(event), id)
    return { done: 'revoked' as const }
  },
  revokeOthers: async (event) => {
    await revokeOtherSessions(event.locals.needs, actorOf(event), signedInOf(event).session.id)
    return { done: 'revoked' as const }
  },
  confirm: async (event) => {
    const data = await event.request.formData()
    const given = {
      passkey: textIn(data, 'passkey'),
      password: textIn(data, 'password'),
      code: textIn(data, 'code'),
    }
    try {
      const confirmed = await confirmPerson(event.locals.needs, signedInOf(event), given)
      if (confirmed !== null) return { confirmed }
      const problem = given.passkey ? ('own-passkey' as const) : ('wrong' as const)
      return fail(httpStatus.invalid, { problem })
    } catch (error) {
      if (!isAssayError(error) || error.code !== 'unavailable') throw error
      return fail(httpStatus.unavailable, { problem: 'unavailable' as const })
    }
  },
  addPasskey: (event) =>
    ifConfirmed(event, async (data, confirmed) => {
      const name = textIn(data, 'passkeyName')
      const response = textIn(data, 'passkey')
      const isAdded = await addPasskey(event.locals.needs, actorOf(event), { response, name })
      return isAdded
        ? { done: 'added' as const, confirmed }
        : fail(httpStatus.invalid, { problem: 'passkey' as const, confirmed })
    }),
  dropPasskey: (event) =>
    ifConfirmed(event, async (data, confirmed) => {
      try {
        await dropPasskey(event.locals.needs, actorOf(event), textIn(data, 'passkeyId'))
        return { done: 'dropped' as const, confirmed }
      } catch (error) {
        if (!isAssayError(error) || error.code !== 'conflict') throw error
        return fail(httpStatus.conflict, { problem: 'last' as const, confirmed })
      }
    }),
  renewCodes: (event) =>
    ifConfirmed(event, async (_data, confirmed) => ({
      codes: await newRecoveryCodes(event.locals.needs, actorOf(event)),
      confirmed,
    })),
  changePassword: async (event) => {
    const { locals, request } = event
    const signedIn = signedInOf(event)
    const data = await request.formData()
    const given = {
      password: textIn(data, 'password'),
      newPassword: textIn(data, 'newPassword'),
      code: textIn(data, 'code'),
    }
    try {
      const problem = await changePassword(locals.needs, signedIn, given)
      if (problem === null) return { done: 'password' as const }
      if (problem === 'wrong') return fail(httpStatus.invalid, { problem })
      return fail(httpStatus.invalid, { newPassword: problem })
    } catch (error) {
      if (!isAssayError(error) || error.code !== 'unavailable') throw error
      return fail(httpStatus.unavailable, { problem: 'unavailable' as const })
    }
  },
}

/** One's own ways in: sessions, passkeys, recovery codes. */
import { type Actions, fail } from '@sveltejs/kit'
import { isAssayError } from '#domain/errors.ts'
import { addPasskey, dropPasskey, newPasskeyOptions } from '#flows/admit-person/passkeys.ts'
import { newRecoveryCodes } from '#flows/admit-person/second-factor.ts'
import { listOwnSessions, revokeOtherSessions, revokeSession } from '#flows/admit-person/sessions.ts'
import { countRecoveryCodes } from '#io/database/people/credentials.ts'
import { listPasskeys } from '#io/database/people/passkeys.ts'
import { actorOf, signedInOf } from '../../../desk/actor-of.ts'
import { textIn } from '../../../desk/form-fields.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { needs } = event.locals
  const { person, session } = signedInOf(event)
  const [sessions, passkeys, recoveryCodes, passkeyOptions] = await Promise.all([
    listOwnSessions(needs, person.id),
    listPasskeys(needs.db, person.id),
    countRecoveryCodes(needs.db, person.id),
    newPasskeyOptions(needs, { email: person.email, name: person.name, personId: person.id }),
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
  }
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
  addPasskey: async (event) => {
    const data = await event.request.formData()
    const name = textIn(data, 'passkeyName')
    const response = textIn(data, 'passkey')
    const isAdded = await addPasskey(event.locals.needs, actorOf(event), { response, name })
    return isAdded ? { done: 'added' as const } : fail(400, { problem: 'passkey' as const, name })
  },
  dropPasskey: async (event) => {
    const id = textIn(await event.request.formData(), 'passkeyId')
    try {
      await dropPasskey(event.locals.needs, actorOf(event), id)
      return { done: 'dropped' as const }
    } catch (error) {
      if (!isAssayError(error) || error.code !== 'conflict') throw error
      return fail(409, { problem: 'last' as const })
    }
  },
  renewCodes: async (event) => ({
    codes: await newRecoveryCodes(event.locals.needs, actorOf(event)),
  }),
}

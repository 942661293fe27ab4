/** Passkeys: made on a person's device, added to them, and signed in with. Two factors in one: the device, and its lock. */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import type { PersonId } from '#domain/ids.ts'
import { findCredentials } from '#io/database/people/credentials.ts'
import {
  findPasskey,
  insertPasskey,
  listPasskeys,
  type Passkey,
  removePasskey,
  spendChallenge,
  updatePasskeyUse,
} from '#io/database/people/passkeys.ts'
import { findPerson } from '#io/database/people/people.ts'
import type { Tx } from '#io/database/schema.ts'
import type { Needs } from '../needs.ts'
import { challengeExpiresAt, isChallenge, newChallenge } from './challenges.ts'
import { beginSession } from './sessions.ts'

type PasskeyNeeds = Pick<Needs, 'db' | 'keys' | 'ids' | 'clock' | 'config'>

/** Characters of what a device sends back; real ones have about 2,000. */
const responseMax = 20_000

/** A made passkey that nobody has yet. */
export type NewPasskey = Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'>

/** A passkey is bound to a name: an address of numbers, or plain http but for this machine itself, has none. */
export function arePasskeysPossible({ publicUrl }: Pick<Needs['config'], 'publicUrl'>): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  if (hostname === 'localhost') return true
  return protocol === 'https:' && !/^[\d.]+$|^\[/.test(hostname)
}

/** What the browser makes a passkey from; null where there can be none. */
export async function newPasskeyOptions(
  needs: PasskeyNeeds,
  { email, name, personId }: { email: string; name: string; personId: PersonId | null },
): Promise<PublicKeyCredentialCreationOptionsJSON | null> {
  if (!arePasskeysPossible(needs.config)) return null
  const known = personId === null ? [] : await listPasskeys(needs.db, personId)
  return generateRegistrationOptions({
    rpName: 'Assay',
    rpID: new URL(needs.config.publicUrl).hostname,
    userName: email,
    userDisplayName: name,
    challenge: newChallenge(needs, 'registration'),
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** What the device made, checked; null when it is not what was asked for, or took too long. */
export async function readNewPasskey(needs: PasskeyNeeds, response: string): Promise<NewPasskey | null> {
  const parsed = parseResponse<RegistrationResponseJSON>(response)
  if (!parsed || !arePasskeysPossible(needs.config)) return null
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: parsed,
      expectedChallenge: (challenge) => isChallenge(needs, 'registration', challenge),
      ...expectedOf(needs),
      requireUserVerification: true,
    })
    if (!verified) return null
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential
    return { id, publicKey: new Uint8Array(publicKey), counter, transports }
  } catch {
    // The library throws at whatever a browser, or somebody who plays one, sends instead.
    return null
  }
}

/** Adds one to the person's own. False when it cannot be checked or is known already. */
export async function addPasskey(
  needs: PasskeyNeeds,
  { personId }: Actor,
  { response, name }: { response: string; name: string },
): Promise<boolean> {
  const made = await readNewPasskey(needs, response)
  if (!made) return false
  const createdAt = needs.clock.now()
  return needs.db
    .transaction()
    .execute((tx) => insertPasskey(tx, { ...made, personId, name: passkeyName(name), createdAt }))
}

/** At most 60 characters, and something in any case. */
export function passkeyName(text: string): string {
  return text.trim().slice(0, 60) || 'Passkey'
}

/** @throws conflict when nothing would be left to sign in with */
export async function dropPasskey({ db }: PasskeyNeeds, { personId }: Actor, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await removePasskey(tx, personId, id)
    const hasPassword = (await findCredentials(tx, personId))?.passwordHash != null
    if (!hasPassword && (await listPasskeys(tx, personId)).length === 0)
      throw new AssayError('conflict', 'This is the only way in that is left; add another passkey first.')
  })
}

/** For anybody who comes to the sign-in page: the device itself knows which passkeys it has. Null where there can be none. */
export function signInOptions(needs: PasskeyNeeds): Promise<PublicKeyCredentialRequestOptionsJSON> | null {
  if (!arePasskeysPossible(needs.config)) return null
  return generateAuthenticationOptions({
    rpID: new URL(needs.config.publicUrl).hostname,
    challenge: newChallenge(needs, 'sign-in'),
    userVerification: 'required',
  })
}

/** The new session's secret; null when the passkey is not known here, or its signature is not good. */
export function signInWithPasskey(
  needs: PasskeyNeeds,
  response: string,
  earlierSecret: string | null,
): Promise<string | null> {
  return withPasskey(needs, response, (tx, personId) => beginSession(needs, tx, personId, earlierSecret))
}

/** What `then` makes of somebody whose passkey has signed, once; null when it is not known here, or did not sign well. */
export async function withPasskey<T>(
  needs: PasskeyNeeds,
  response: string,
  then: (tx: Tx, personId: PersonId) => Promise<T>,
): Promise<T | null> {
  const parsed = parseResponse<AuthenticationResponseJSON>(response)
  const passkey = parsed && (await findPasskey(needs.db, parsed.id))
  if (!parsed || !passkey) return null
  let signed = ''
  const newCounter = await verifiedCounter(needs, parsed, passkey, (challenge) => {
    signed = challenge
    return isChallenge(needs, 'sign-in', challenge)
  })
  if (newCounter === null) return null
  const now = needs.clock.now()
  return needs.db.transaction().execute(async (tx) => {
    const person = await findPerson(tx, passkey.personId)
    if (person?.state !== 'active') return null
    if (!(await spendChallenge(tx, signed, { expiresAt: challengeExpiresAt(signed), now }))) return null
    await updatePasskeyUse(tx, passkey.id, newCounter, now)
    return then(tx, person.id)
  })
}

/** Null when the signature is not good. */
async function verifiedCounter(
  needs: PasskeyNeeds,
  response: AuthenticationResponseJSON,
  { id, publicKey, counter }: Passkey,
  expectedChallenge: (challenge: string) => boolean,
): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      ...expectedOf(needs),
      credential: { id, publicKey, counter },
      requireUserVerification: true,
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    return null
  }
}

function expectedOf({ config }: PasskeyNeeds): { expectedOrigin: string; expectedRPID: string } {
  const { origin, hostname } = new URL(config.publicUrl)
  return { expectedOrigin: origin, expectedRPID: hostname }
}

/** The library checks every field that it uses; here it is only an object with an id. */
function parseResponse<T extends { id: string }>(text: string): T | null {
  if (text.length > responseMax) return null
  try {
    const value: unknown = JSON.parse(text)
    const isOne = typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
    return isOne ? (value as T) : null
  } catch {
    return null
  }
}

/** What proves a person besides the password: an authenticator app, and recovery codes for when it is lost. */
import type { Actor } from '#domain/actor.ts'
import type { PersonId } from '#domain/ids.ts'
import { findTotpStep, formatBase32, formatOtpauth, totpSecretBytes } from '#formats/totp/totp.ts'
import { replaceRecoveryCodes, spendRecoveryCode, spendTotpStep } from '#io/database/people/credentials.ts'
import type { Tx } from '#io/database/schema.ts'
import type { Needs } from '../needs.ts'

type FactorNeeds = Pick<Needs, 'keys' | 'ids' | 'clock' | 'config'>

/** The setting up of an authenticator app: nothing is stored until a first code has come back. */
export interface TotpSetUp {
  /** The secret, sealed: the form brings it back. */
  sealed: string
  /** For the app, as a picture or a link. */
  uri: string
  /** To be typed by hand, in groups of four. */
  secret: string
}

export function newTotpSetUp(needs: FactorNeeds, account: string): TotpSetUp {
  const secret = needs.ids.randomBytes(totpSecretBytes)
  return totpSetUpOf(needs, secret, account)
}

/** The same one once more, for a form that came back with a problem; a new one when it was not sealed here. */
export function reopenTotpSetUp(needs: FactorNeeds, sealed: string, account: string): TotpSetUp {
  const secret = openSealedTotp(needs, sealed)
  return secret ? totpSetUpOf(needs, secret, account) : newTotpSetUp(needs, account)
}

/** The secret as it is kept, if the code is one of it; null otherwise. */
export function confirmTotpSetUp(needs: FactorNeeds, sealed: string, code: string): Uint8Array | null {
  const secret = openSealedTotp(needs, sealed)
  if (!secret || findTotpStep(secret, code, needs.clock.now()) === null) return null
  return needs.keys.seal('totp secret', secret)
}

function totpSetUpOf({ keys, config }: FactorNeeds, secret: Uint8Array, account: string): TotpSetUp {
  const issuer = `Assay ${new URL(config.publicUrl).hostname}`
  return {
    sealed: Buffer.from(keys.seal('totp secret', secret)).toString('base64url'),
    uri: formatOtpauth({ secret, issuer, account }),
    secret: formatBase32(secret).replaceAll(/(.{4})(?=.)/g, '$1 '),
  }
}

function openSealedTotp({ keys }: FactorNeeds, sealed: string): Uint8Array | null {
  return sealed.length > 200 ? null : keys.open('totp secret', Buffer.from(sealed, 'base64url'))
}

/** Codes of a person, and the letters of each: 80 bits, which nobody guesses. */
const recoveryCodes = 10
const recoveryBytes = 10

/** New ones in the place of all earlier ones; shown once. */
export async function renewRecoveryCodes(
  { keys, ids }: FactorNeeds,
  tx: Tx,
  personId: PersonId,
): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodes }, () =>
    formatBase32(ids.randomBytes(recoveryBytes)).toLowerCase(),
  )
  await replaceRecoveryCodes(
    tx,
    personId,
    codes.map((code) => keys.mac('recovery code', code)),
  )
  return codes.map((code) => code.replaceAll(/(.{4})(?=.)/g, '$1-'))
}

export type UsedCode = 'app' | 'recovery'

/** Spends a code of the app or a recovery code, told apart by their form; null when it is neither. */
export async function spendCode(
  { keys, clock }: FactorNeeds,
  tx: Tx,
  { personId, totpSecret, code }: { personId: PersonId; totpSecret: Uint8Array | null; code: string },
): Promise<UsedCode | null> {
  const letters = code.toLowerCase().replaceAll(/[\s-]/g, '')
  if (/^[a-z2-7]{16}$/.test(letters)) {
    return (await spendRecoveryCode(tx, personId, keys.mac('recovery code', letters))) ? 'recovery' : null
  }
  const secret = totpSecret && keys.open('totp secret', totpSecret)
  const step = secret && findTotpStep(secret, code, clock.now())
  return step !== null && (await spendTotpStep(tx, personId, step)) ? 'app' : null
}

/** For the person's own page. */
export function newRecoveryCodes(
  needs: FactorNeeds & Pick<Needs, 'db'>,
  { personId }: Actor,
): Promise<string[]> {
  return needs.db.transaction().execute((tx) => renewRecoveryCodes(needs, tx, personId))
}

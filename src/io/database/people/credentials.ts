/** How a person proves who they are without a passkey: password, one-time codes, recovery codes. Codes are spent here. */
import { sql } from 'kysely'
import type { PersonId } from '#domain/ids.ts'
import type { Database, Tx } from '../schema.ts'

export interface Credentials {
  /** argon2id; null with a passkey only. */
  passwordHash: string | null
  /** Sealed; null without. */
  totpSecret: Uint8Array | null
}

export async function findCredentials(db: Database, personId: PersonId): Promise<Credentials | null> {
  const row = await db
    .selectFrom('people')
    .select(['password_hash', 'totp_secret'])
    .where('id', '=', personId)
    .executeTakeFirst()
  return row ? { passwordHash: row.password_hash, totpSecret: row.totp_secret } : null
}

/** Takes the place of what was there; the next code of the new secret is the first that counts. */
export async function updateCredentials(
  tx: Tx,
  personId: PersonId,
  { passwordHash, totpSecret }: Credentials,
): Promise<void> {
  await tx
    .updateTable('people')
    .set({
      password_hash: passwordHash,
      totp_secret: totpSecret && Buffer.from(totpSecret),
      totp_step: null,
      failures: 0,
      failed_at: null,
    })
    .where('id', '=', personId)
    .execute()
}

/** The authenticator app stays, and which of its codes were used. */
export async function updatePasswordHash(tx: Tx, personId: PersonId, passwordHash: string): Promise<void> {
  await tx.updateTable('people').set({ password_hash: passwordHash }).where('id', '=', personId).execute()
}

/** False when a code of this step, or of a later one, was used already. */
export async function spendTotpStep(tx: Tx, personId: PersonId, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('people')
    .set({ totp_step: step })
    .where('id', '=', personId)
    .where((eb) => eb.or([eb('totp_step', 'is', null), eb('totp_step', '<', step)]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Failed sign-ins after which each further one must wait, and for how long at most. */
const freeFailures = 5
const waitSecondsMax = 15 * 60

/**
 * Counts a sign-in as failed before it is tried, so that many at once are counted too; what succeeds takes it back.
 * False: it is too early for another. The wait doubles from 15 seconds on.
 */
export async function takeSignInTry(tx: Tx, personId: PersonId, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('people')
    .set((eb) => ({ failures: eb('failures', '+', 1), failed_at: now }))
    .where('id', '=', personId)
    .where(
      sql<boolean>`(failures < ${freeFailures} or failed_at is null or failed_at
        + least(${waitSecondsMax}, 15 * power(2, least(failures - ${freeFailures}, 10))) * interval '1 second' <= ${now})`,
    )
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function clearSignInFailures(tx: Tx, personId: PersonId): Promise<void> {
  await tx.updateTable('people').set({ failures: 0, failed_at: null }).where('id', '=', personId).execute()
}

/** The new codes, by their keyed hashes, take the place of all earlier ones. */
export async function replaceRecoveryCodes(tx: Tx, personId: PersonId, macs: Uint8Array[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('person_id', '=', personId).execute()
  if (macs.length === 0) return
  await tx
    .insertInto('recovery_codes')
    .values(macs.map((mac) => ({ mac: Buffer.from(mac), person_id: personId })))
    .execute()
}

/** False when it is none of this person's, or was used. */
export async function spendRecoveryCode(tx: Tx, personId: PersonId, mac: Uint8Array): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('recovery_codes')
    .where('mac', '=', Buffer.from(mac))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

export async function countRecoveryCodes(db: Database, personId: PersonId): Promise<number> {
  const { count } = await db
    .selectFrom('recovery_codes')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

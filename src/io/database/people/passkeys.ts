/** Passkeys: what a person's device proves with, and the challenges that it has signed already. */
import type { PersonId } from '#domain/ids.ts'
import type { Database, Tx } from '../schema.ts'

export interface Passkey {
  /** The credential's id, base64url. */
  id: string
  personId: PersonId
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  transports: string[]
  /** What its owner calls it. */
  name: string
  createdAt: Date
  usedAt: Date | null
}

export async function findPasskey(db: Database, id: string): Promise<Passkey | null> {
  const row = await db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? passkeyOf(row) : null
}

export async function listPasskeys(db: Database, personId: PersonId): Promise<Passkey[]> {
  const rows = await db
    .selectFrom('passkeys')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(passkeyOf)
}

/** False when this credential is known already. */
export async function insertPasskey(tx: Tx, passkey: Omit<Passkey, 'usedAt'>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('passkeys')
    .values({
      id: passkey.id,
      person_id: passkey.personId,
      public_key: Buffer.from(passkey.publicKey),
      counter: passkey.counter,
      transports: passkey.transports,
      name: passkey.name,
      created_at: passkey.createdAt,
      used_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function updatePasskeyUse(tx: Tx, id: string, counter: number, now: Date): Promise<void> {
  await tx.updateTable('passkeys').set({ counter, used_at: now }).where('id', '=', id).execute()
}

/** Only the person's own. */
export async function removePasskey(tx: Tx, personId: PersonId, id: string): Promise<void> {
  await tx.deleteFrom('passkeys').where('id', '=', id).where('person_id', '=', personId).execute()
}

export async function removePasskeys(tx: Tx, personId: PersonId): Promise<void> {
  await tx.deleteFrom('passkeys').where('person_id', '=', personId).execute()
}

/** False when the challenge was signed before. Those that are too old to be taken anyway are forgotten. */
export async function spendChallenge(
  tx: Tx,
  challenge: string,
  { expiresAt, now }: { expiresAt: Date; now: Date },
): Promise<boolean> {
  await tx.deleteFrom('spent_challenges').where('expires_at', '<=', now).execute()
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('spent_challenges')
    .values({ challenge, expires_at: expiresAt })
    .onConflict((conflict) => conflict.column('challenge').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

function passkeyOf(row: {
  id: string
  person_id: PersonId
  public_key: Buffer
  counter: number
  transports: string[]
  name: string
  created_at: Date
  used_at: Date | null
}): Passkey {
  return {
    id: row.id,
    personId: row.person_id,
    publicKey: new Uint8Array(row.public_key),
    counter: row.counter,
    transports: row.transports,
    name: row.name,
    createdAt: row.created_at,
    usedAt: row.used_at,
  }
}

/** Invitations: a one-time link each, known by the keyed hash of its secret. */
import type { Role } from '#domain/actor.ts'
import type { OrganisationId } from '#domain/ids.ts'
import type { Database, Tx } from '../schema.ts'

export interface Invitation {
  /** Null: of an operator, or, for a lead, of an organisation that is founded by accepting. */
  organisationId: OrganisationId | null
  role: Role
  /** Null: whoever has the link says it. */
  email: string | null
  expiresAt: Date
}

/** The newest for an address, or for nobody yet, takes the place of earlier ones; those that are over go. */
export async function replaceInvitation(
  tx: Tx,
  mac: Uint8Array,
  { organisationId, role, email, expiresAt }: Invitation,
  now: Date,
): Promise<void> {
  await tx
    .deleteFrom('invitations')
    .where((eb) => eb.or([eb('email', 'is not distinct from', email), eb('expires_at', '<=', now)]))
    .execute()
  await tx
    .insertInto('invitations')
    .values({
      mac: Buffer.from(mac),
      organisation_id: organisationId,
      role,
      email,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
}

/** Null when there is none, or when it is over. */
export async function findInvitation(db: Database, mac: Uint8Array, now: Date): Promise<Invitation | null> {
  const row = await db
    .selectFrom('invitations')
    .selectAll()
    .where('mac', '=', Buffer.from(mac))
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (!row) return null
  const { organisation_id: organisationId, role, email, expires_at: expiresAt } = row
  return { organisationId, role, email, expiresAt }
}

/** False when somebody else has used the link meanwhile. */
export async function spendInvitation(tx: Tx, mac: Uint8Array): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('invitations')
    .where('mac', '=', Buffer.from(mac))
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

/** Those of an organisation that can still be accepted, by address. */
export async function listInvitations(
  db: Database,
  organisationId: OrganisationId,
  now: Date,
): Promise<{ email: string; role: Role; expiresAt: Date }[]> {
  const rows = await db
    .selectFrom('invitations')
    .select(['email', 'role', 'expires_at'])
    .where('organisation_id', '=', organisationId)
    .where('expires_at', '>', now)
    .orderBy('email')
    .execute()
  return rows.flatMap(({ email, role, expires_at: expiresAt }) =>
    email === null ? [] : [{ email, role, expiresAt }],
  )
}

export async function removeInvitation(tx: Tx, organisationId: OrganisationId, email: string): Promise<void> {
  await tx
    .deleteFrom('invitations')
    .where('organisation_id', '=', organisationId)
    .where('email', '=', email)
    .execute()
}

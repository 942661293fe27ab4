/** Sessions: known by the keyed hash of the cookie's secret, listed and revoked by an id that opens nothing. */
import type { PersonId } from '#domain/ids.ts'
import type { Person } from '#domain/person.ts'
import type { Database, Tx } from '../schema.ts'

export interface Session {
  id: string
  createdAt: Date
  usedAt: Date
  /** When it ends however much it is used. */
  expiresAt: Date
}

export async function insertSession(
  tx: Tx,
  mac: Uint8Array,
  { id, personId, now, expiresAt }: { id: string; personId: PersonId; now: Date; expiresAt: Date },
): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({
      mac: Buffer.from(mac),
      id,
      person_id: personId,
      created_at: now,
      used_at: now,
      expires_at: expiresAt,
    })
    .execute()
}

/** Null when it is unknown, over, unused since `idleSince`, or its person was removed. */
export async function findSession(
  db: Database,
  mac: Uint8Array,
  { now, idleSince }: { now: Date; idleSince: Date },
): Promise<{ session: Session; person: Person } | null> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.person_id')
    .select([
      'sessions.id as session_id',
      'sessions.created_at',
      'sessions.used_at',
      'sessions.expires_at',
      'people.id',
      'people.organisation_id',
      'people.role',
      'people.email',
      'people.name',
      'people.state',
    ])
    .where('sessions.mac', '=', Buffer.from(mac))
    .where('sessions.expires_at', '>', now)
    .where('sessions.used_at', '>', idleSince)
    .where('people.state', '=', 'active')
    .executeTakeFirst()
  if (!row) return null
  const { id, organisation_id: organisationId, role, email, name, state } = row
  return {
    session: {
      id: row.session_id,
      createdAt: row.created_at,
      usedAt: row.used_at,
      expiresAt: row.expires_at,
    },
    person: { id, organisationId, role, email, name, state },
  }
}

/** Those that still open something, the newest first. */
export async function listSessions(
  db: Database,
  personId: PersonId,
  { now, idleSince }: { now: Date; idleSince: Date },
): Promise<Session[]> {
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'created_at', 'used_at', 'expires_at'])
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .where('used_at', '>', idleSince)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    usedAt: row.used_at,
    expiresAt: row.expires_at,
  }))
}

export async function touchSession(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('sessions').set({ used_at: now }).where('id', '=', id).execute()
}

/** By the cookie's secret: whoever has it may end it. */
export async function removeSessionByMac(tx: Tx, mac: Uint8Array): Promise<void> {
  await tx.deleteFrom('sessions').where('mac', '=', Buffer.from(mac)).execute()
}

/** Only the person's own. */
export async function removeSession(tx: Tx, personId: PersonId, id: string): Promise<void> {
  await tx.deleteFrom('sessions').where('id', '=', id).where('person_id', '=', personId).execute()
}

/** All of the person's, except one where it is given. */
export async function removeSessions(tx: Tx, personId: PersonId, exceptId: string | null): Promise<void> {
  await tx
    .deleteFrom('sessions')
    .where('person_id', '=', personId)
    .$if(exceptId !== null, (query) => query.where('id', '!=', exceptId!))
    .execute()
}

/** Those that open nothing any more. */
export async function removeOldSessions(
  tx: Tx,
  { now, idleSince }: { now: Date; idleSince: Date },
): Promise<void> {
  await tx
    .deleteFrom('sessions')
    .where((eb) => eb.or([eb('expires_at', '<=', now), eb('used_at', '<=', idleSince)]))
    .execute()
}

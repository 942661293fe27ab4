/** sign in → session → sign out. The cookie holds the only copy of a session's secret; the table holds its keyed hash. */

import type { Actor } from '#domain/actor.ts'
import type { PersonId } from '#domain/ids.ts'
import { newId } from '#domain/ids.ts'
import { actorOfPerson, type Person } from '#domain/person.ts'
import {
  findSession,
  insertSession,
  listSessions,
  removeOldSessions,
  removeSession,
  removeSessionByMac,
  removeSessions,
  type Session,
  touchSession,
} from '#io/database/people/sessions.ts'
import type { Tx } from '#io/database/schema.ts'
import type { Needs } from '../needs.ts'

type SessionNeeds = Pick<Needs, 'db' | 'keys' | 'ids' | 'clock'>

/** A session ends when it is not used for a working day's length, and after a week in any case. */
export const sessionLimits = { idleHours: 12, wholeDays: 7 } as const

/** Writing down each single use would be a write for every page. */
const touchMinutes = 5

export interface SignedIn {
  session: Session
  person: Person
  actor: Actor
  /** What forms of this session carry, so that no other site can send them. */
  formToken: string
}

/** A new session in the place of the one that the browser had; the secret is for its cookie alone. */
export async function beginSession(
  { keys, ids, clock }: Omit<SessionNeeds, 'db'>,
  tx: Tx,
  personId: PersonId,
  earlierSecret: string | null,
): Promise<string> {
  const secret = Buffer.from(ids.randomBytes(32)).toString('base64url')
  const now = clock.now()
  const expiresAt = new Date(now.getTime() + sessionLimits.wholeDays * 24 * 60 * 60 * 1000)
  await removeOldSessions(tx, spanAt(now))
  if (earlierSecret !== null) await removeSessionByMac(tx, keys.mac('session', earlierSecret))
  await insertSession(tx, keys.mac('session', secret), { id: newId(ids), personId, now, expiresAt })
  return secret
}

/** Who comes with this cookie; null: nobody who is signed in. */
export async function findSignedIn(needs: SessionNeeds, secret: string): Promise<SignedIn | null> {
  if (secret.length > 100) return null
  const now = needs.clock.now()
  const found = await findSession(needs.db, needs.keys.mac('session', secret), spanAt(now))
  if (!found) return null
  const { session, person } = found
  if (now.getTime() - session.usedAt.getTime() > touchMinutes * 60_000) {
    await needs.db.transaction().execute((tx) => touchSession(tx, session.id, now))
  }
  const formToken = Buffer.from(needs.keys.mac('form token', session.id)).toString('base64url')
  return { session, person, actor: actorOfPerson(person), formToken }
}

export async function signOut({ db, keys }: SessionNeeds, secret: string): Promise<void> {
  await db.transaction().execute((tx) => removeSessionByMac(tx, keys.mac('session', secret)))
}

export function listOwnSessions({ db, clock }: SessionNeeds, personId: PersonId): Promise<Session[]> {
  return listSessions(db, personId, spanAt(clock.now()))
}

/** One of one's own; nothing happens when there is none of this id. */
export async function revokeSession({ db }: SessionNeeds, { personId }: Actor, id: string): Promise<void> {
  await db.transaction().execute((tx) => removeSession(tx, personId, id))
}

/** All of one's own but the one that asks. */
export async function revokeOtherSessions(
  { db }: SessionNeeds,
  { personId }: Actor,
  currentId: string,
): Promise<void> {
  await db.transaction().execute((tx) => removeSessions(tx, personId, currentId))
}

function spanAt(now: Date): { now: Date; idleSince: Date } {
  return { now, idleSince: new Date(now.getTime() - sessionLimits.idleHours * 60 * 60 * 1000) }
}

/** Sign-in with password and code. Whatever is wrong gets the same answer after the same work. */
import type { PersonId } from '#domain/ids.ts'
import { type Person, parseEmail, personLimits } from '#domain/person.ts'
import { clearSignInFailures, findCredentials, takeSignInTry } from '#io/database/people/credentials.ts'
import { findPersonByEmail } from '#io/database/people/people.ts'
import type { Tx } from '#io/database/schema.ts'
import { isPassword } from '#io/passwords.ts'
import type { Needs } from '../needs.ts'
import { spendCode } from './second-factor.ts'
import { beginSession } from './sessions.ts'

type SignInNeeds = Pick<Needs, 'db' | 'keys' | 'ids' | 'clock' | 'config'>

/**
 * The new session's secret; null when mail address, password and code do not belong together, or were tried too often.
 * Somebody with a passkey only comes in with a recovery code and no password.
 * @throws unavailable when too many sign in at once
 */
export async function signIn(
  needs: SignInNeeds,
  { email: given, password, code }: { email: string; password: string; code: string },
  earlierSecret: string | null,
): Promise<string | null> {
  const email = parseEmail(given)
  const person = email === null ? null : await findPersonByEmail(needs.db, email)
  const known = person?.state === 'active' ? person : null
  return withPasswordAndCode(needs, known, { password, code }, (tx, personId) =>
    beginSession(needs, tx, personId, earlierSecret),
  )
}

/**
 * What `then` makes of somebody whose password and code belong together, in the transaction that spends the code; null
 * when they do not, or were tried too often. Nobody (null) costs the same work.
 * @throws unavailable when too many sign in at once
 */
export async function withPasswordAndCode<T>(
  needs: SignInNeeds,
  person: Pick<Person, 'id'> | null,
  { password, code }: Record<'password' | 'code', string>,
  then: (tx: Tx, personId: PersonId) => Promise<T>,
): Promise<T | null> {
  const { db } = needs
  const mayTry =
    person !== null &&
    (await db.transaction().execute((tx) => takeSignInTry(tx, person.id, needs.clock.now())))
  const credentials = person && (await findCredentials(db, person.id))
  const typed = password.slice(0, personLimits.passwordMax)
  const fits = await isPassword(typed, credentials?.passwordHash ?? null)
  if (!mayTry || !credentials) return null
  const isWithout = credentials.passwordHash === null && password === ''
  if (!fits && !isWithout) return null
  return db.transaction().execute(async (tx) => {
    const { totpSecret } = credentials
    const used = await spendCode(needs, tx, { personId: person.id, totpSecret, code })
    if (used === null || (isWithout && used !== 'recovery')) return null
    await clearSignInFailures(tx, person.id)
    return then(tx, person.id)
  })
}

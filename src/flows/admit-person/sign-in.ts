/** Sign-in with password and code. Whatever is wrong gets the same answer after the same work. */
import { parseEmail, personLimits } from '#domain/person.ts'
import { clearSignInFailures, findCredentials, takeSignInTry } from '#io/database/people/credentials.ts'
import { findPersonByEmail } from '#io/database/people/people.ts'
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
  const { db } = needs
  const email = parseEmail(given)
  const person = email === null ? null : await findPersonByEmail(db, email)
  const known = person?.state === 'active' ? person : null
  const mayTry =
    known !== null && (await db.transaction().execute((tx) => takeSignInTry(tx, known.id, needs.clock.now())))
  const credentials = known && (await findCredentials(db, known.id))
  const typed = password.slice(0, personLimits.passwordMax)
  const fits = await isPassword(typed, credentials?.passwordHash ?? null)
  if (!mayTry || !credentials) return null
  const isWithout = credentials.passwordHash === null && password === ''
  if (!fits && !isWithout) return null
  return db.transaction().execute(async (tx) => {
    const { totpSecret } = credentials
    const used = await spendCode(needs, tx, { personId: known.id, totpSecret, code })
    if (used === null || (isWithout && used !== 'recovery')) return null
    await clearSignInFailures(tx, known.id)
    return beginSession(needs, tx, known.id, earlierSecret)
  })
}

/** A person's own new password, for who knows the one that was and has a code: all their other sessions end with it. */
import { type PersonProblem, personLimits, problemsOfPassword } from '#domain/person.ts'
import {
  clearSignInFailures,
  findCredentials,
  takeSignInTry,
  updatePasswordHash,
} from '#io/database/people/credentials.ts'
import { removeSessions } from '#io/database/people/sessions.ts'
import { hashPassword, isPassword } from '#io/passwords.ts'
import type { Needs } from '../needs.ts'
import { spendCode } from './second-factor.ts'
import type { SignedIn } from './sessions.ts'

/**
 * Null when it is changed; `wrong`: password and code do not belong together, or were tried too often.
 * @throws unavailable when too many sign in at once
 */
export async function changePassword(
  needs: Pick<Needs, 'db' | 'keys' | 'ids' | 'clock' | 'config'>,
  { person, session }: Pick<SignedIn, 'person' | 'session'>,
  { password, newPassword, code }: Record<'password' | 'newPassword' | 'code', string>,
): Promise<PersonProblem | 'wrong' | null> {
  const [problem] = problemsOfPassword(newPassword, [person.name, person.email])
  if (problem) return problem
  const { db } = needs
  if (!(await db.transaction().execute((tx) => takeSignInTry(tx, person.id, needs.clock.now()))))
    return 'wrong'
  const credentials = await findCredentials(db, person.id)
  const typed = password.slice(0, personLimits.passwordMax)
  if (!(await isPassword(typed, credentials?.passwordHash ?? null)) || !credentials) return 'wrong'
  const passwordHash = await hashPassword(newPassword)
  return db.transaction().execute(async (tx) => {
    const { totpSecret } = credentials
    if ((await spendCode(needs, tx, { personId: person.id, totpSecret, code })) === null) return 'wrong'
    await clearSignInFailures(tx, person.id)
    await updatePasswordHash(tx, person.id, passwordHash)
    await removeSessions(tx, person.id, session.id)
    return null
  })
}

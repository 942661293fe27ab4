/** A person's own new password, for who knows the one that was and has a code: all their other sessions end with it. */
import { type PersonProblem, problemsOfPassword } from '#domain/person.ts'
import { updatePasswordHash } from '#io/database/people/credentials.ts'
import { removeSessions } from '#io/database/people/sessions.ts'
import { hashPassword } from '#io/passwords.ts'
import type { Needs } from '../needs.ts'
import type { SignedIn } from './sessions.ts'
import { withPasswordAndCode } from './sign-in.ts'

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
  // A recovery code alone opens an account without a password; it gives it none.
  if (password === '') return 'wrong'
  const isChanged = await withPasswordAndCode(needs, person, { password, code }, async (tx, personId) => {
    await updatePasswordHash(tx, personId, await hashPassword(newPassword))
    await removeSessions(tx, personId, session.id)
    return true
  })
  return isChanged ? null : 'wrong'
}

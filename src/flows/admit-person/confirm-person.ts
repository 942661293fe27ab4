/**
 * Whoever sits before an open desk shows that it is the person themselves, before their ways in are changed. Nothing is
 * stored: what they are given carries its own time and our keyed hash, and is good in this session only.
 */
import { timingSafeEqual } from 'node:crypto'
import type { Needs } from '../needs.ts'
import { withPasskey } from './passkeys.ts'
import type { SignedIn } from './sessions.ts'
import { withPasswordAndCode } from './sign-in.ts'

type ConfirmNeeds = Pick<Needs, 'db' | 'keys' | 'ids' | 'clock' | 'config'>

/** Long enough for a device to make a passkey, and gone when somebody has left the desk for lunch. */
const confirmedMinutes = 10

/**
 * By a passkey of theirs, else by password and code, tried as slowly as a sign-in. Null when it is somebody else.
 * @throws unavailable when too many sign in at once
 */
export async function confirmPerson(
  needs: ConfirmNeeds,
  { person, session }: Pick<SignedIn, 'person' | 'session'>,
  given: Record<'passkey' | 'password' | 'code', string>,
): Promise<string | null> {
  const who = given.passkey
    ? await withPasskey(needs, given.passkey, async (_tx, personId) => personId)
    : await withPasswordAndCode(needs, person, given, async (_tx, personId) => personId)
  if (who !== person.id) return null
  const until = String(needs.clock.now().getTime() + confirmedMinutes * 60_000)
  return `${until}.${macOf(needs, session, until).toString('base64url')}`
}

/** Whether it was given in this session, and is not over. */
export function isConfirmed(
  needs: Pick<Needs, 'keys' | 'clock'>,
  { session }: Pick<SignedIn, 'session'>,
  confirmed: string,
): boolean {
  const [until = '', mac = ''] = confirmed.split('.')
  const [right, given] = [macOf(needs, session, until), Buffer.from(mac, 'base64url')]
  if (given.length !== right.length || !timingSafeEqual(given, right)) return false
  return Number(until) > needs.clock.now().getTime()
}

function macOf({ keys }: Pick<Needs, 'keys'>, { id }: SignedIn['session'], until: string): Buffer {
  return Buffer.from(keys.mac('confirmed', `${id} ${until}`))
}

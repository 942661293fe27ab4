/** What a passkey signs. Nothing is stored until it comes back: a challenge carries its own time and our keyed hash. */
import { timingSafeEqual } from 'node:crypto'
import type { Needs } from '../needs.ts'

type ChallengeNeeds = Pick<Needs, 'keys' | 'ids' | 'clock'>
type Use = 'registration' | 'sign-in'

/** In minutes: a page may lie open for a while before somebody presses the button. */
const challengeMinutes = 30

const timeBytes = 6
const randomBytes = 16
const headBytes = timeBytes + randomBytes

/** When it ends, 16 random bytes, and the keyed hash of both for its use. */
export function newChallenge({ keys, ids, clock }: ChallengeNeeds, use: Use): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(headBytes)
  head.writeUIntBE(clock.now().getTime() + challengeMinutes * 60_000, 0, timeBytes)
  head.set(ids.randomBytes(randomBytes), timeBytes)
  return new Uint8Array(Buffer.concat([head, macOf(keys, use, head)]))
}

/** Whether it was made here for this use, and is not over. */
export function isChallenge({ keys, clock }: ChallengeNeeds, use: Use, challenge: string): boolean {
  const bytes = Buffer.from(challenge, 'base64url')
  const head = bytes.subarray(0, headBytes)
  const mac = bytes.subarray(headBytes)
  const right = macOf(keys, use, head)
  if (mac.length !== right.length || !timingSafeEqual(mac, right)) return false
  return challengeExpiresAt(challenge) > clock.now()
}

/** Of one that was made here. */
export function challengeExpiresAt(challenge: string): Date {
  return new Date(Buffer.from(challenge, 'base64url').readUIntBE(0, timeBytes))
}

function macOf(keys: Needs['keys'], use: Use, head: Uint8Array): Uint8Array {
  return keys.mac('passkey challenge', Buffer.concat([Buffer.from(`${use}:`), head]))
}

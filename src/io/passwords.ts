/** Passwords as argon2id hashes. Each costs memory and time on purpose, so only a few are worked on at once. */
import { hash, verify } from '@node-rs/argon2'
import { AssayError } from '#domain/errors.ts'

/** 19 MiB, two passes, one lane. Source: OWASP Password Storage Cheat Sheet, argon2id. */
const cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }
/** Hashes in the works at once, and how many may wait for their turn: beyond that it is a flood. */
const workingMax = 2
const waitingMax = 40

let working = 0
const waiting: (() => void)[] = []

/** In PHC form. @throws unavailable when too many are waiting */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, cost))
}

/** Takes as long for somebody without a password (null) as for a wrong one. @throws unavailable when too many are waiting */
export async function isPassword(password: string, phc: string | null): Promise<boolean> {
  const fits = await inTurn(() => verify(phc ?? nobodys, password))
  return phc !== null && fits
}

/** The hash of random bytes that nobody kept, at the same cost. */
const nobodys =
  '$argon2id$v=19$m=19456,t=2,p=1$EhKIoZLvy6XRfguEm+AoZQ$S/zuSxp45VRnjihU8wqIfqnQOC02QwJ7a9+ZOOruJ6Q'

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (working >= workingMax) {
    if (waiting.length >= waitingMax) {
      throw new AssayError('unavailable', 'Too many people sign in at this moment; try again in a minute.')
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  working++
  try {
    return await work()
  } finally {
    working--
    waiting.shift()?.()
  }
}

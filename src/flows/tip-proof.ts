/** Proof of work for programs, asked for only while the gate is hot. Source: ALTCHA, version 2; made and checked here alone. */
import { CappedMap, type Challenge, createChallenge, type Payload, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/sha'
import type { Keys } from '#io/keys.ts'

export type { Challenge } from 'altcha-lib'

export interface TipProof {
  /** A new challenge. `hard`: while tips wait in line. */
  challenge(now: Date, hard: boolean): Promise<Challenge>
  /** Whether the text solves a challenge of ours that is not used up; it is used up then. */
  accepts(proof: string, now: Date): Promise<boolean>
}

const expiryMs = 10 * 60_000
/** Tries on average: 65 thousand, a second on a cheap phone; a million while it is worst. */
const prefixes = { usual: '0000', hard: '00000' } as const
/** More solutions than this cannot be taken in within their time. */
const usedMax = 100_000
const proofLengthMax = 4_000

export function createTipProof(keys: Keys): TipProof {
  const hmacSignatureSecret = Buffer.from(keys.mac('throttle', 'proof of work')).toString('hex')
  const used = new CappedMap<string, true>({ maxSize: usedMax })
  return {
    challenge: (now, hard) =>
      createChallenge({
        algorithm: 'SHA-256',
        cost: 1,
        deriveKey,
        keyPrefix: hard ? prefixes.hard : prefixes.usual,
        expiresAt: new Date(now.getTime() + expiryMs),
        hmacSignatureSecret,
      }),
    async accepts(proof, now) {
      const payload = payloadOf(proof)
      const { parameters, signature } = payload?.challenge ?? {}
      if (!payload || !parameters || !signature || (parameters.expiresAt ?? 0) * 1000 < now.getTime())
        return false
      const result = await verifySolution({ ...payload, deriveKey, hmacSignatureSecret }).catch(() => null)
      return result?.verified === true && used.setIfAbsent(signature, true)
    },
  }
}

/** Base64 of JSON, as ALTCHA clients send it. Whether it is what it says is for `verifySolution` to find out. */
function payloadOf(proof: string): Payload | null {
  if (proof.length > proofLengthMax) return null
  try {
    const value: unknown = JSON.parse(Buffer.from(proof, 'base64').toString())
    const isPayload =
      typeof value === 'object' && value !== null && 'challenge' in value && 'solution' in value
    return isPayload ? (value as Payload) : null
  } catch {
    return null
  }
}

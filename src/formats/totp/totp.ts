/** One-time codes of an authenticator app. Source: RFC 6238 (TOTP) over RFC 4226 (HOTP), with SHA-1, 6 digits, 30 seconds. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What every authenticator app understands without being told. */
const digits = 6
const stepSeconds = 30
/** Steps before and after now that are taken: clocks differ, and people type slowly. Source: RFC 6238, 5.2. */
const driftSteps = 1
/** Bytes of a new secret: as many as the hash gives. Source: RFC 4226, 4, R6. */
export const totpSecretBytes = 20

/** The code of one step, with leading zeros. */
export function hotp(secret: Uint8Array, step: number, length = digits): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const offset = digest[digest.length - 1]! & 15
  const number = digest.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** length).padStart(length, '0')
}

/** The step that a moment falls into. */
export function totpStepAt(now: Date): number {
  return Math.floor(now.getTime() / 1000 / stepSeconds)
}

/** The step whose code this is, among those of about now; null when it is of none. Spaces inside do not matter. */
export function findTotpStep(secret: Uint8Array, code: string, now: Date): number | null {
  const typed = Buffer.from(code.replaceAll(/\s/g, ''))
  const current = totpStepAt(now)
  for (let step = current - driftSteps; step <= current + driftSteps; step++) {
    const right = Buffer.from(hotp(secret, step))
    if (right.length === typed.length && timingSafeEqual(right, typed)) return step
  }
  return null
}

/** What an authenticator app reads from a picture or a link. Source: the Key URI format of Google Authenticator. */
export function formatOtpauth({
  secret,
  issuer,
  account,
}: {
  secret: Uint8Array
  issuer: string
  account: string
}): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${formatBase32(secret)}&issuer=${encodeURIComponent(issuer)}`
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Without padding. Source: RFC 4648, 6. */
export function formatBase32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(held >> bits) & 31]
      held &= (1 << bits) - 1
    }
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text
}

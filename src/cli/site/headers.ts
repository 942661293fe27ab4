/** What every response carries, pages and API alike: nothing from elsewhere, no frame, no referrer, no powers. */
import type { ServerResponse } from 'node:http'
import type { Config } from '#config.ts'

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const powers = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
]
const morePowers = [
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'usb',
  'browsing-topics',
]

const always: Record<string, string> = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': [...powers, ...morePowers].map((power) => `${power}=()`).join(', '),
}

/** An onion address has no certificate to insist on. */
export function setSecurityHeaders(
  response: ServerResponse,
  { publicUrl }: Pick<Config, 'publicUrl'>,
  shared: boolean,
): void {
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value)
  response.setHeader('Cross-Origin-Resource-Policy', shared ? 'cross-origin' : 'same-origin')
  const { protocol, hostname } = new URL(publicUrl)
  if (protocol === 'https:' && !hostname.endsWith('.onion')) {
    response.setHeader('Strict-Transport-Security', `max-age=${365 * 24 * 60 * 60}`)
  }
}

/**
 * What every response carries, pages and API alike: nothing from elsewhere, no frame, no referrer, no powers. The pages
 * of the desk run our own scripts: they bring their own content security policy (vite.config.ts), and it replaces this.
 */
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
const morePowers = ['midi', 'payment', 'screen-wake-lock', 'usb', 'browsing-topics']
const passkeys = ['publickey-credentials-get', 'publickey-credentials-create']

const always: Record<string, string> = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': [...powers, ...morePowers, ...passkeys].map((power) => `${power}=()`).join(', '),
}

/** The desk signs in with passkeys, and its forms say where they come from: without a referrer their origin is `null`. */
const atTheDesk: Record<string, string> = {
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': [
    ...[...powers, ...morePowers].map((power) => `${power}=()`),
    ...passkeys.map((power) => `${power}=(self)`),
  ].join(', '),
}

/** An onion address has no certificate to insist on. */
export function setSecurityHeaders(
  response: ServerResponse,
  { publicUrl }: Pick<Config, 'publicUrl'>,
  { shared, desk }: { shared: boolean; desk: boolean },
): void {
  const headers = desk ? { ...always, ...atTheDesk } : always
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.setHeader('Cross-Origin-Resource-Policy', shared ? 'cross-origin' : 'same-origin')
  const { protocol, hostname } = new URL(publicUrl)
  if (protocol === 'https:' && !hostname.endsWith('.onion')) {
    response.setHeader('Strict-Transport-Security', `max-age=${365 * 24 * 60 * 60}`)
  }
}

/** fetch, first step: may this address be asked at all? What only its name's answers can tell is left to `connect.ts`. */
import { isIP } from 'node:net'
import { AssayError } from '#domain/errors.ts'
import { isPublicAddress } from './addresses.ts'

/** Longer addresses are not asked for. In UTF-16 code units. */
export const urlMax = 2_000

/** The web's own ports and their usual doubles: the guard is not a way to talk to a database or a mail server. */
const ports = new Set(['', '80', '443', '8080', '8443'])

/**
 * Top labels that never lead to the open internet, or are used inside networks. Whatever else leads inside is caught
 * by the addresses that it resolves to. Source: RFC 6761, RFC 8375, ICANN's reservation of `internal`.
 */
const innerLabels = new Set([
  ...['localhost', 'local', 'localdomain', 'internal', 'intranet', 'private', 'corp', 'home', 'lan', 'svc'],
  ...['arpa', 'invalid', 'test', 'example', 'onion', 'alt'],
])

/** One letter or digit at both ends; underscores are in use. */
const labelForm = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/

/**
 * The one refusal: the same words for every reason, so that nobody learns from it what a network looks like inside.
 * Names that do not resolve are refused with it too.
 */
export function refusal(): AssayError {
  return new AssayError(
    'forbidden',
    'This address is not fetched: give an http or https address of a public site, on the usual port, without a password.',
  )
}

/** Names that the operator allows to lead into its own network, on any port, compared as in addresses. */
export type PrivateHosts = ReadonlySet<string>

export function privateHostsOf(names: readonly string[]): PrivateHosts {
  return new Set(names.map((name) => hostOf(name.toLowerCase())))
}

/** @throws forbidden, always in the same words */
export function targetOf(address: string, allowed: PrivateHosts): URL {
  const url = address.length <= urlMax ? URL.parse(address) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw refusal()
  if (url.username !== '' || url.password !== '' || url.port === '0') throw refusal()
  const host = hostOf(url.hostname)
  if (!allowed.has(host) && !(ports.has(url.port) && isPublicHost(host))) throw refusal()
  url.hash = ''
  return url
}

/** A literal's address, or a name of at least two labels below a public top label. */
function isPublicHost(host: string): boolean {
  if (isIP(host)) return isPublicAddress(host)
  const labels = host.split('.')
  return (
    labels.length > 1 &&
    host.length <= 253 &&
    labels.every((label) => labelForm.test(label)) &&
    !innerLabels.has(labels.at(-1)!)
  )
}

/** Without the brackets of an IPv6 literal and without the root's dot. */
export function hostOf(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

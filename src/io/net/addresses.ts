/** Which network addresses are public. The guard of everything that is fetched: the list says what is allowed, not what is bad. */
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * Whether an address belongs to the open internet. Everything that reaches, or may be translated to, this machine or a
 * network behind it is not: private, loopback, link-local, shared (CGNAT), multicast, broadcast, documentation,
 * benchmarking and reserved blocks, and IPv6 forms that carry an IPv4 address (mapped, compatible, translated, NAT64,
 * 6to4, Teredo, ISATAP), whichever address they carry.
 *
 * Source: IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 4291 for the one block of global unicast.
 */
export function isPublicAddress(address: string): boolean {
  if (!isIP(address) || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 || isGlobalUnicast(parsed)
}

/** 2000::/3 is all that was ever given out; ISATAP hides an IPv4 address in its last half (RFC 5214). */
function isGlobalUnicast({ parts }: ipaddr.IPv6): boolean {
  const isIsatap = (parts[4] === 0 || parts[4] === 0x200) && parts[5] === 0x5efe
  return (parts[0]! & 0xe000) === 0x2000 && !isIsatap
}

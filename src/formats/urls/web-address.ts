/** Addresses of strangers: only http and https, absolute, without what tracks a reader. */

import { decodeHTMLStrict } from 'entities'
import { getDomain, parse } from 'tldts'
import { reviewLimits } from '#domain/claim-review.ts'

/** Parameters that say who sent a reader, never what is shown. */
const tracking =
  /^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|yclid|igshid|igsh|mc_cid|mc_eid|_ga|_gl|__twitter_impression|ref_src|ref_url|amp_js_v|__xts__(?:\[\d+\])?|__tn__)$/i

/**
 * An address as it can be kept and followed: resolved against `base`, a host without scheme understood, entities
 * decoded. Null for anything that is not http or https, carries a password, or is longer than `urlMax`.
 */
export function webAddress(text: string, base: string | null): string | null {
  const written = decodeHTMLStrict(text.slice(0, reviewLimits.urlMax * 2)).trim()
  if (written === '' || written.startsWith('#')) return null
  const url = URL.parse(startsWithHost(written) ? `https://${written}` : written, base ?? undefined)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return null
  return url.href.length > reviewLimits.urlMax || !url.href.isWellFormed() ? null : url.href
}

/** The same address for the same page: no fragment, no tracking parameter, nothing else changed. Null as `webAddress`. */
export function canonicalAddress(text: string, base: string | null): string | null {
  const address = webAddress(text, base)
  if (address === null) return null
  const url = new URL(address)
  url.hash = ''
  const parameters = url.search.slice(1).split('&')
  const kept = parameters.filter((parameter) => !tracking.test(parameter.split('=', 1)[0]!))
  if (kept.length < parameters.length) url.search = kept.join('&')
  return url.href
}

/** `aosfatos.org/noticias/…`: a public domain name with a path, as publishers write it for an address. */
function startsWithHost(text: string): boolean {
  const host = /^(?:[a-z\d-]{1,63}\.){1,5}[a-z]{2,24}(?=[/?#]|$)/i.exec(text)?.[0]
  return host !== undefined && parse(host).isIcann === true && !/\.(?:html?|php|aspx?|jsp)$/i.test(host)
}

/** The host without `www.`, by which a publisher is known. */
export function siteOf(address: string): string | null {
  const host = URL.parse(address)
    ?.hostname.replace(/\.$/, '')
    .replace(/^www\.(?=.*\.)/, '')
  return host ? host : null
}

/** Whether two addresses belong to one registrable domain: `noticias.uol.com.br` and `uol.com.br` do. */
export function isSameDomain(one: string, other: string): boolean {
  const domain = getDomain(one, { allowPrivateDomains: true })
  return domain !== null && domain === getDomain(other, { allowPrivateDomains: true })
}

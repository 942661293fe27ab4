/** Addresses: the form in which two links to the same page are equal, and where a text holds one. */

/** As `messageLimits.linkMax`: longer addresses are data, not pages. */
export const linkLettersMax = 2_000

/** Parameters that say who shared a page or from where, never which page it is. */
const tracking = new RegExp(
  `^(?:${[
    '(?:utm|fb|ga|hsa|pk|mtm|matomo|piwik|sc|oly|vero|wt)_.*|_(?:ga|gl|ke|hs(?:enc|mi)|branch.*|rdr|rdc|openstat)',
    '(?:fb|g|dc|ms|y|tw|tt|ig|rb_|wic)clid|gclsrc|[gw]braid|li_fat_id|srsltid|epik',
    '(?:ig|igs)(?:h|hid)|mibextid|rdid|sfnsn|extid|__(?:tn|xts|cft|twitter)_.*|paipv|eav|refsrc|refid',
    'mc_[ce]id|cmpid|campaign_id|ncid|ocid|smid|spm|s_cid|at_(?:medium|campaign|custom\\d.*|link_.*)|xtor|echobox',
    'ref|ref_(?:src|url)|referrer|source_ref|sr_share|share(?:d|_.*)?|feature|si|is_from_webapp|sender_device|web_id',
    'amp|outputtype|usqp|amp_js_v',
  ].join('|')})$`,
  'i',
)
/** Hosts whose every parameter is about the visitor. */
const pathOnly = new Set(['twitter.com', 'instagram.com', 'tiktok.com', 'threads.net', 'threads.com'])

/**
 * The form of an address that is equal for equal pages: https, host in lower case without `www.`, `m.`, `mobile.` or
 * `amp.`, no default port, tracking parameter, AMP form or fragment (except `#!`), parameters sorted, no closing
 * slash. Null for what is not an http(s) address. Shorteners are left as they are: nothing is fetched here.
 */
export function canonicalUrl(url: string): string | null {
  if (url.length > linkLettersMax) return null
  const trimmed = url.trim()
  const parsed = URL.parse(/^https?:\/\//i.test(trimmed) ? trimmed : withScheme(trimmed))
  if (parsed === null || !parsed.hostname.includes('.')) return null
  const unwrapped = unwrappedAmp(parsed)
  if (unwrapped !== null) return canonicalUrl(unwrapped)
  const host = canonicalHost(parsed.hostname)
  const port = parsed.port === '' || parsed.port === '80' || parsed.port === '443' ? '' : `:${parsed.port}`
  const video = youtubeVideo(host, parsed)
  if (video !== null) return `https://youtube.com/watch?v=${video}`
  const path = canonicalPath(parsed.pathname)
  const fragment = parsed.hash.startsWith('#!') ? parsed.hash : ''
  return `https://${host}${port}${path}${pathOnly.has(host) ? '' : canonicalQuery(parsed.searchParams)}${fragment}`
}

/** `example.org/page` is an address too; `mailto:` and the like are not. */
function withScheme(text: string): string {
  return /^[\w.-]+\.[\p{L}\p{N}-]{2,}(?::\d{1,5})?(?:[/?#]|$)/u.test(text) ? `https://${text}` : ''
}

function canonicalHost(hostname: string): string {
  const host = hostname
    .replace(/\.$/, '')
    .replace(/^(?:www\d?|m|mobile|amp|touch|mbasic|web)\.(?=[^.]+\.)/, '')
  if (host === 'x.com' || host === 'nitter.net') return 'twitter.com'
  if (host === 'fb.com') return 'facebook.com'
  return host.replace(/^([a-z-]{2,12})\.m\.(wik[a-z]+\.org)$/, '$1.$2')
}

function unwrappedAmp(url: URL): string | null {
  const google = /^\/amp\/(s\/)?(.+)$/.exec(/(^|\.)google\.[a-z.]+$/.test(url.hostname) ? url.pathname : '')
  if (google) return `https://${google[2]}${url.search}`
  const cache = /^\/[cvi]\/(s\/)?(.+)$/.exec(url.hostname.endsWith('.cdn.ampproject.org') ? url.pathname : '')
  return cache ? `https://${cache[2]}${url.search}` : null
}

function youtubeVideo(host: string, url: URL): string | null {
  const id = (found: string | null | undefined) => (found && /^[\w-]{6,20}$/.test(found) ? found : null)
  if (host === 'youtu.be') return id(url.pathname.slice(1))
  if (host !== 'youtube.com' && host !== 'youtube-nocookie.com') return null
  return id(url.searchParams.get('v')) ?? id(/^\/(?:shorts|embed|live|v)\/([^/]+)/.exec(url.pathname)?.[1])
}

function canonicalPath(pathname: string): string {
  const path = pathname
    .replace(/\/{2,}/g, '/')
    .replace(/\/amp(?:\.html)?\/?$/i, '')
    .replace(/\.amp(\.html)?$/i, '$1')
    .replace(/\/index\.(?:html?|php)$/i, '')
    .replace(/^\/amp\//i, '/')
  return path.endsWith('/') ? path.slice(0, -1) : path
}

function canonicalQuery(parameters: URLSearchParams): string {
  const kept = [...parameters].filter(([name]) => !tracking.test(name))
  if (kept.length === 0) return ''
  kept.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
  return `?${new URLSearchParams(kept)}`
}

/** Last part of a path that reads as a title: words with - or _ between them. */
const titlePart = /\/([^/?#%]{8,200}?)(?:\.\p{L}{2,5})?\/?(?:[?#]|$)/u
const titleWords = { min: 3, max: 24 } as const

/** Where the words of the title begin that an address ends in (/2020/10/lemon-cures-cancer.html); none elsewhere. */
export function titleInAddress(url: string): number[] {
  if (url.length > linkLettersMax) return []
  const path = url.indexOf('/', url.indexOf('//') < 0 ? 0 : url.indexOf('//') + 2)
  const part = path < 0 ? null : titlePart.exec(url.slice(path))
  if (part === null) return []
  const from = path + part.index + 1
  const words = [...part[1]!.matchAll(/(?<=^|[-_])\p{L}{2,}(?=[-_]|$)/gu)].map(({ index }) => from + index)
  return words.length < titleWords.min ? [] : words.slice(0, titleWords.max)
}

const isHostUnit = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) ||
  (unit >= 0x41 && unit <= 0x5a) ||
  (unit >= 0x30 && unit <= 0x39) ||
  unit === 0x2e ||
  unit === 0x2d

/** Ends an address: white space, quotes, angle brackets, and letters of scripts that need no space before the next word. */
function endsAddress(unit: number): boolean {
  if (unit <= 0x20 || unit === 0x22 || unit === 0x3c || unit === 0x3e || unit === 0x60 || unit === 0x7c)
    return true
  return (
    unit === 0xa0 ||
    (unit >= 0x2000 && unit <= 0x206f) ||
    (unit >= 0x2e80 && unit <= 0xd7ff) ||
    unit >= 0xff00
  )
}

/** Finds addresses in one text, asked at growing offsets; linear over the whole text. */
export class LinkFinder {
  readonly #text: string
  /** No address without a scheme starts before this offset. */
  #clearUntil = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Where the address that starts at `start` ends, or -1 when none starts there. */
  endOfLinkAt(start: number): number {
    const text = this.#text
    const first = text.charCodeAt(start) | 0x20
    if (first === 0x68 && /^https?:\/\//i.test(text.substr(start, 8))) return this.#tail(start + 8, start + 8)
    if (start < this.#clearUntil) return -1
    let at = start
    let label = start
    let dots = 0
    while (at < text.length && isHostUnit(text.charCodeAt(at))) {
      if (text.charCodeAt(at) === 0x2e && at > label) {
        dots++
        label = at + 1
      }
      at++
    }
    const named = first === 0x77 && dots >= 2 && /^www\./i.test(text.substr(start, 4))
    if (named || (dots >= 1 && at - label >= 2 && text.charCodeAt(at) === 0x2f))
      return this.#tail(at, start + 4)
    this.#clearUntil = at
    return -1
  }

  #tail(from: number, floor: number): number {
    const text = this.#text
    let at = from
    while (at < text.length && !endsAddress(text.charCodeAt(at))) at++
    while (at > floor && /[.,;:!?)\]}'*_…]/.test(text[at - 1]!)) at--
    return at
  }
}

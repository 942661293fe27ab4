/** Attributes for text and addresses that others wrote. */

/** A language tag that may stand in a `lang` attribute; undefined leaves the attribute away. */
export function langOf(tag: string | null): string | undefined {
  return tag !== null && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag : undefined
}

/** Only web addresses become links, whatever a record holds. */
export function webAddressOf(address: string | null): string | null {
  const url = address === null ? null : URL.parse(address)
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null
}

/** A reader's finding as a sentence by itself: one that only says what the value is begins with the value's name. */
export function findingOf({ path, message }: { path: string; message: string }): string {
  if (!/^(is|has) /.test(message)) return message
  const name = /([^.[\]$]+)(\[\d+\])*$/.exec(path)?.[1]
  return `${name ?? 'The markup'} ${message}`
}

/** An address as a person reads it: host and path, without the protocol; long ones are cut. */
export function shownAddress(address: string, charactersMax = 60): string {
  const url = URL.parse(address)
  const text = url
    ? url.host.replace(/^www\./, '') + (url.pathname === '/' ? '' : url.pathname) + url.search
    : address
  return text.length > charactersMax ? `${text.slice(0, charactersMax - 1)}…` : text
}

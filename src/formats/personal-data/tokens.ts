/** Links in a text, and in them the parts that open an account or name a reader: tokens, keys, session ids, passwords. */
import type { Finding } from '#domain/redaction.ts'

export interface Span {
  start: number
  end: number
}

const links = /(?:https?:\/\/|www\.)[^\s<>"'、。，）」】》]{1,2000}/gi

export function findLinks(text: string): Span[] {
  return Array.from(text.matchAll(links), ({ 0: whole, index }) => ({
    start: index,
    end: index + whole.length,
  }))
}

const secretName =
  /^(?:.*[_.-])?(?:access|api|auth|code|credential|email|hash|hmac|invite|jwt|key|mail|magic|mobile|msisdn|nonce|otp|pass|passwd|password|phone|pin|pwd|refresh|reset|secret|session|sessionid|sid|sig|signature|ticket|tk|token|uid|user|userid|username|igsh|igshid|fbclid|gclid|msclkid|mc_eid|utm_id|s_kwcid|si)(?:[_.-].*)?$/i
/** Of a value: a mark of a single reader rather than a word or a number of a page. */
const longSecret = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_\-.~%+/=]{24,}$/

/** Values of parameters, passwords before the host, and JSON web tokens in the path. */
export function findTokens(text: string, spans: Span[]): Finding[] {
  return spans.flatMap(({ start, end }) => {
    const link = text.slice(start, end)
    return [
      ...piecesOf(link, /^https?:\/\/([^/\s@?#]{1,200})@/i),
      ...parametersOf(link),
      ...piecesOf(link, /\/(eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?)/),
    ].map((piece) => ({ kind: 'token' as const, start: start + piece.start, end: start + piece.end }))
  })
}

function parametersOf(link: string): Span[] {
  const pieces: Span[] = []
  for (const { 1: name, 2: value, index } of link.matchAll(/[?&#;]([^=&#;?\s]{1,100})=([^&#;\s]{1,2000})/g)) {
    if (!secretName.test(name!) && !longSecret.test(value!)) continue
    const start = index + 1 + name!.length + 1
    pieces.push({ start, end: start + value!.length })
  }
  return pieces
}

function piecesOf(link: string, pattern: RegExp): Span[] {
  const found = pattern.exec(link)
  if (!found) return []
  const start = found.index + found[0].indexOf(found[1]!)
  return [{ start, end: start + found[1]!.length }]
}

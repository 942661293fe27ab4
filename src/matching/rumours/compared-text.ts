/** tip → GROUP: what of a message is compared: not the marks of forwarding, greetings, who signed it, who should see it. */
import type { Message } from '#domain/message.ts'
import { placeholderOf, redactionKinds } from '#domain/redaction.ts'
import { canonicalUrl } from '../text/links.ts'
import { boilerplateSpans } from '../text/message/boilerplate.ts'

/** UTF-16 code units: what is alike so far is alike. */
const lettersMax = 3_000

const placeholders = new RegExp(
  redactionKinds.map((kind) => placeholderOf(kind).replace(/[[\]]/g, '\\$&')).join('|'),
  'g',
)
const address = /https?:\/\/[^\s<>"]{1,2000}/gi
/** "— A Name ([handle]) May 4, 2020" at the end of a quoted post. */
const signature = /[\u2014\u2013-]\s[^\n]{0,80}\((?:@\w{1,30}|\[handle\])\)[^\n]{0,40}\s*$/
/** Three and more in a row say who should see it, not what is claimed. */
const hashtagWall = /(?:[#\uff03][\p{L}\p{M}\p{N}_]{1,100}[\s,.·]{0,8}){3,}/gu

/** The words without their addresses, and the canonical addresses of pages: a site's front door is no page. */
export function comparedOf({ text, links }: Pick<Message, 'text' | 'links'>): {
  text: string
  links: string[]
} {
  const addresses = [...links, ...(text.match(address) ?? [])]
  const pages = addresses
    .map(canonicalUrl)
    .filter((link) => link !== null && /^https:\/\/[^/]+\/./.test(link))
  return { text: readOf(text.replace(address, ' ')), links: [...new Set(pages as string[])].sort() }
}

function readOf(text: string): string {
  const signed = text
    .slice(0, lettersMax * 2)
    .replace(signature, '')
    .replace(hashtagWall, ' ')
  let read = ''
  let from = 0
  for (const { start, end } of boilerplateSpans(signed)) {
    read += signed.slice(from, start)
    from = Math.max(from, end)
  }
  read = (read + signed.slice(from)).replace(placeholders, ' ').trim()
  return (/[\p{L}\p{N}]/u.test(read) ? read : text).slice(0, lettersMax).toWellFormed()
}

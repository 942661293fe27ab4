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

/** What programs leave in the place of a text that was not there. */
const emptyValue = /(?:^|\s)(?:None|null|undefined|NaN)\s*$/

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
    .replace(emptyValue, '')
    .replace(signature, '')
    .replace(hashtagWall, ' ')
  let read = ''
  let from = 0
  for (const { start, end } of boilerplateSpans(signed)) {
    read += signed.slice(from, start)
    from = Math.max(from, end)
  }
  read = saidOnce((read + signed.slice(from)).replace(placeholders, ' ').trim())
  return (/[\p{L}\p{N}]/u.test(read) ? read : text).slice(0, lettersMax).toWellFormed()
}

/** Words that a passage starts with, by which it is known again, and passages that are looked for. */
const passage = { wordsMin: 4, repeatsMax: 8 } as const

/** A message that starts with the same passage over and over (a title, a caption, the text again) says it once. */
function saidOnce(text: string): string {
  const words = [...text.matchAll(/\S+/g)]
  const { wordsMin, repeatsMax } = passage
  const written = words.map(([word]) => word)
  let from = 0
  for (let repeats = 0; repeats < repeatsMax; repeats++) {
    const again = repeatAfter(written, from, wordsMin)
    if (again === -1) break
    from = again
  }
  return from === 0 ? text : text.slice(words[from]!.index)
}

/** Where the passage at `from` stands again in full, right behind itself; -1 when it does not. */
function repeatAfter(words: readonly string[], from: number, wordsMin: number): number {
  for (let at = from + wordsMin; at * 2 - from <= words.length; at++) {
    if (words[at] !== words[from]) continue
    let same = 1
    while (same < at - from && words[at + same] === words[from + same]) same++
    if (same === at - from) return at
  }
  return -1
}

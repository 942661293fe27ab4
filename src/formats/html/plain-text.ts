/**
 * HTML in a text becomes plain text. Publishers put markup, escaped markup and bare "<" into fields that should hold
 * text, so a "<" counts as markup only where it starts a real element; everything else is kept as written.
 */
import { decodeHTMLStrict } from 'entities'
import { cleanText, cutText } from './clean-text.ts'

/** UTF-16 code units of markup that are looked at; fifty times the longest field that a review may have. */
export const htmlTextMax = 2_500_000

/** Elements that start on a line of their own. */
const blocks = names(
  'address article aside blockquote br center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody td tfoot th thead title tr ul',
)
const inline = names(
  'a abbr acronym audio b bdi bdo big body button canvas caption cite code col colgroup data datalist del dfn em embed font head html i img input ins kbd label legend link map mark meta meter object optgroup option output param picture progress q rp rt ruby s samp search select slot small source span strike strong sub sup svg time track tt u var video wbr',
)
/** Elements whose contents are not text. */
const dropped = names('script style template noscript iframe textarea xmp math noembed noframes')

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}

/**
 * The words of a text that may hold HTML or HTML entities, even escaped twice, cut at a word to `lengthMax`.
 * Without markup it is the text itself, cleaned. Linear, never throws; the result is text, not HTML: escape it to show it.
 */
export function plainText(html: string, lengthMax: number = htmlTextMax): string {
  let text = html.slice(0, htmlTextMax)
  for (let round = 0; round < roundsMax; round++) {
    const words = entitiesDecoded(withoutMarkup(text))
    if (words === text) break
    text = words
  }
  return cutText(cleanText(text), lengthMax)
}

/** Markup, markup escaped once, and that escaped again: the deepest seen. */
const roundsMax = 3

function entitiesDecoded(text: string): string {
  return text.includes('&') ? decodeHTMLStrict(text) : text
}

function withoutMarkup(text: string): string {
  if (!text.includes('<')) return text
  const out: string[] = []
  const closers = new Closers(text)
  let copied = 0
  let hadTags = false
  for (let at = text.indexOf('<'); at >= 0; ) {
    const markup = markupAt(text, at, closers)
    if (markup !== null) {
      hadTags = true
      out.push(text.slice(copied, at), markup.instead)
      copied = markup.end
    }
    at = text.indexOf('<', markup === null ? at + 1 : markup.end)
  }
  if (!hadTags) return text
  out.push(text.slice(copied))
  return spacesAsShown(out.join(''))
}

/** Where HTML shows one space. Line starts come from block elements only. */
function spacesAsShown(text: string): string {
  return text
    .replace(/[\t\n\f\r ]+/g, ' ')
    .replace(/ ?\v[ \v]*/g, '\n')
    .trim()
}

/** Stands for a line start until the source's own line breaks have become spaces. */
const lineStart = '\v'

interface Markup {
  end: number
  /** What stands in its place. */
  instead: string
}

/** The markup that starts at a "<"; null when the "<" is just a character. */
function markupAt(text: string, from: number, closers: Closers): Markup | null {
  const next = text.charCodeAt(from + 1)
  if (next === 0x21 || next === 0x3f) return declarationAt(text, from, closers)
  const isClosing = next === 0x2f
  const nameFrom = from + (isClosing ? 2 : 1)
  const name = nameAt(text, nameFrom)
  if (name === null) return null
  const isBlock = blocks.has(name)
  const isDropped = dropped.has(name)
  if (!isBlock && !isDropped && !inline.has(name) && !/.[:-]./.test(name)) return null
  const end = isDropped ? closers.after('>', nameFrom) : tagEnd(text, nameFrom + name.length)
  if (end === null) return null
  if (isDropped && !isClosing) return { end: closers.afterElement(name, end), instead: ' ' }
  return { end, instead: isBlock ? lineStart : '' }
}

function nameAt(text: string, from: number): string | null {
  const first = text.charCodeAt(from) | 0x20
  if (!(first >= 0x61 && first <= 0x7a)) return null
  return /^[a-z\d:-]{1,40}/.exec(text.slice(from, from + 40).toLowerCase())?.[0] ?? null
}

const attributesMax = 20_000

/** After the ">" of a tag whose attributes look like attributes: "<b and c>" is no tag, "<a href=x>" is one. */
function tagEnd(text: string, from: number): number | null {
  let quote = 0
  let hasValue = false
  for (let at = from; at < text.length && at < from + attributesMax; at++) {
    const code = text.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 0x3e) {
      const inside = text.slice(from, at).trim()
      return inside === '' || inside === '/' || hasValue ? at + 1 : null
    } else if (code === 0x3c) return null
    else if (code === 0x3d) hasValue = true
    else if ((code === 0x22 || code === 0x27) && hasValue) quote = code
  }
  return null
}

/** Comments, CDATA, doctypes and processing instructions. */
function declarationAt(text: string, from: number, closers: Closers): Markup | null {
  if (text.startsWith('<!--', from)) {
    const end = closers.after('-->', from + 4)
    return end === null ? null : { end, instead: '' }
  }
  if (text.startsWith('<![CDATA[', from)) {
    const end = closers.after(']]>', from + 9)
    return end === null ? null : { end, instead: text.slice(from + 9, end - 3) }
  }
  if (!/[a-z]/i.test(text.charAt(from + 2))) return null
  const end = closers.after('>', from + 2)
  return end === null || end - from > attributesMax ? null : { end, instead: '' }
}

/** Finds what closes; remembers the last find of each kind, so that many openings cost one pass together. */
class Closers {
  readonly #text: string
  readonly #lastFound = new Map<string, number>()

  constructor(text: string) {
    this.#text = text
  }

  /** The place after the closer; null when none follows. */
  after(closer: string, from: number): number | null {
    const at = this.#find(closer, from, (start) => this.#text.indexOf(closer, start))
    return at < 0 ? null : at + closer.length
  }

  /** The place after an element whose contents are no text; the end of the text when it is never closed. */
  afterElement(name: string, from: number): number {
    const at = this.#find(name, from, (start) => {
      const closing = new RegExp(`</${name}[\\s/>]`, 'gi')
      closing.lastIndex = start
      return closing.exec(this.#text)?.index ?? -1
    })
    return at < 0 ? this.#text.length : (this.after('>', at) ?? this.#text.length)
  }

  #find(key: string, from: number, search: (start: number) => number): number {
    const known = this.#lastFound.get(key)
    if (known !== undefined && (known < 0 || known >= from)) return known
    const at = search(from)
    this.#lastFound.set(key, at)
    return at
  }
}

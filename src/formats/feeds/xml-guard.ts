/** What XML may not bring along: checked on the text before any parser sees it. Source: OWASP ASVS V1.5.1. */
import type { Problem } from '#domain/errors.ts'

/** UTF-16 code units; the sitemaps protocol allows 50 MB. */
export const xmlMax = 52_000_000
/** Elements inside each other; feeds need about ten. */
export const depthMax = 100

/**
 * Null when the text is safe to parse: no DTD (so no entities of its own), not too long, not too deep. Linear.
 * What stands in comments, CDATA and attribute values is text and may say anything.
 */
export function problemOfXml(text: string): Problem | null {
  if (text.length > xmlMax) return problem(`it is longer than ${xmlMax} characters`)
  let depth = 0
  for (let at = text.indexOf('<'); at >= 0; ) {
    const next = text[at + 1]
    const skipped = skips.find(([opening]) => text.startsWith(opening, at))
    let end = at + 1
    if (skipped) end = text.indexOf(skipped[1], at + skipped[0].length)
    else if (next === '!') {
      return problem('it has a document type definition, which is not read: leave the DOCTYPE out')
    } else if (next !== undefined && /[^\s\d<>=]/.test(next)) {
      end = tagEnd(text, at)
      if (next === '/') depth--
      else if (text[end - 1] !== '/') depth++
      if (depth > depthMax) return problem(`its elements are nested more than ${depthMax} deep`)
    }
    if (end < 0) return problem('it is cut off')
    at = text.indexOf('<', end)
  }
  return null
}

function problem(message: string): Problem {
  return { path: '$', message }
}

/** The ">" of the tag, past quoted attribute values; -1 when there is none. */
function tagEnd(text: string, from: number): number {
  let quote = ''
  for (let at = from + 1; at < text.length; at++) {
    const letter = text[at]!
    if (quote !== '') {
      if (letter === quote) quote = ''
    } else if (letter === '>') return at
    else if (letter === '"' || letter === "'") quote = letter
  }
  return -1
}

const skips = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

/** Mends JSON as publishers break it, only where a single meaning is possible; anything else stays broken. */
import { decodeHTMLStrict } from 'entities'

export interface MendedJson {
  text: string
  how: string[]
}

/** Null when there is nothing that we know how to mend. The result may still be no JSON. */
export function mendJson(text: string): MendedJson | null {
  const how = new Set<string>()
  const inner = unescaped(unwrapped(text, how), how)
  const mended = rewritten(inner, how)
  return how.size === 0 ? null : { text: mended, how: [...how] }
}

/** Takes off the comment and CDATA wrappers that templates put around a script's text. */
function unwrapped(text: string, how: Set<string>): string {
  let left = text.trim()
  for (let round = 0; round < 3; round++) {
    const before = left
    left = left
      .replace(/^(?:\/\/|\/\*)?\s{0,20}<!\[CDATA\[\s{0,20}(?:\*\/)?/, '')
      .replace(/^<!--/, '')
      .trimStart()
    if (left.endsWith('-->')) left = left.slice(0, -3).trimEnd()
    if (left.endsWith('*/') && left.slice(-20).includes(']]>')) left = left.slice(0, left.lastIndexOf(']]>'))
    else if (left.endsWith(']]>')) left = left.slice(0, -3)
    left = left
      .trimEnd()
      .replace(/(?:\/\/|\/\*)$/, '')
      .trimEnd()
    if (left === before) break
    how.add('it is wrapped in a comment')
  }
  return left
}

/** No JSON text begins with `{\"` or `{&quot;`: there the whole text was escaped once too often. */
function unescaped(text: string, how: Set<string>): string {
  if (/^[[{\s]{1,20}\\"/.test(text)) {
    how.add('its quotation marks are escaped')
    return text.replace(/\\(["\\])/g, '$1')
  }
  if (/^[[{\s]{1,20}&(?:quot|#0?34|#x22);/i.test(text)) {
    how.add('it is HTML-escaped')
    return decodeHTMLStrict(text)
  }
  return text
}

const escapable = '"\\/bfnrtu'

/** One pass from left to right that copies what is right and mends what is not. */
function rewritten(text: string, how: Set<string>): string {
  const out: string[] = []
  let copied = 0
  let last = ''
  let depth = 0
  let values = 0
  let at = 0
  while (at < text.length) {
    const letter = text[at]!
    if (letter === '"') {
      at = copyString(at)
      last = '"'
    } else if (letter === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const end = text.indexOf(text[at + 1] === '/' ? '\n' : '*/', at + 2)
      how.add('it contains comments')
      replace(at, end < 0 ? text.length : text[at + 1] === '/' ? end : end + 2, ' ')
    } else if (letter === ',') {
      const run = /[\s,]*/y
      run.lastIndex = at
      run.exec(text)
      const follows = text[run.lastIndex] ?? ']'
      const isWanted = !'[{'.includes(last || '[') && !']}'.includes(follows)
      if (!isWanted || text.slice(at, run.lastIndex).trimEnd() !== ',') how.add('it has a comma too many')
      replace(at, run.lastIndex, isWanted ? ',' : '')
      last = ','
    } else if (letter === ';' && depth === 0) {
      how.add('it ends with a semicolon')
      replace(at, at + 1, '')
    } else if (letter.charCodeAt(0) > 0x7e || letter < ' ') {
      if (!/[\t\n\r]/.test(letter)) {
        how.add('invisible characters stand between its parts')
        replace(at, at + 1, ' ')
      } else at++
    } else {
      if (letter === '{' || letter === '[') {
        if (depth++ === 0 && values++ > 0) {
          how.add('it is several JSON texts in a row')
          if (last !== ',') replace(at, at, ',')
        }
      } else if (letter === '}' || letter === ']') depth--
      if (letter !== ' ') last = letter
      at++
    }
  }
  const done = out.join('') + text.slice(copied)
  return values > 1 ? `[${done}]` : done

  function replace(from: number, to: number, by: string): void {
    out.push(text.slice(copied, from), by)
    copied = to
    at = to
  }

  /** Copies the string that starts at `from`; gives the place after its end. */
  function copyString(from: number): number {
    at = from + 1
    while (at < text.length) {
      const code = text.charCodeAt(at)
      if (code === 0x22) return at + 1
      if (code === 0x5c) {
        const escaped = text[at + 1] ?? ''
        const isRight =
          escaped === 'u' ? /^[\da-f]{4}$/i.test(text.slice(at + 2, at + 6)) : escapable.includes(escaped)
        if (isRight && escaped !== '') at += 2
        else if (escaped < ' ') replace(at, at + 1, '')
        else {
          how.add('a backslash stands before a character that needs none')
          replace(at, at + 1, '')
          at++
        }
      } else if (code < 0x20) {
        how.add('line breaks or control characters stand inside its strings')
        replace(at, at + 1, code === 0x0a ? '\\n' : code === 0x09 ? '\\t' : code === 0x0d ? '' : ' ')
      } else at++
    }
    return at
  }
}

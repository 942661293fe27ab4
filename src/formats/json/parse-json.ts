/** JSON of strangers: strict first, then mended where only one meaning is possible, within stated limits. */
import { excerptOf } from './json-value.ts'
import { mendJson } from './mend-json.ts'

/** `textMax` in UTF-16 code units: four times what one publisher's whole feed has; deeper than 500 is an attack. */
export const jsonLimits = { textMax: 64_000_000, depthMax: 500 } as const

export type ParsedJson =
  | {
      ok: true
      value: unknown
      /** What had to be mended; empty when the text was JSON as it stood. */
      mended: string[]
    }
  /** The excerpt begins with the line and column of the fault. */
  | { ok: false; message: string; excerpt: string }

/** The value of a JSON text; `textMax` narrows the limit. Linear, never throws. */
export function parseJson(source: string, textMax: number = jsonLimits.textMax): ParsedJson {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source
  const excerpt = excerptOf(text)
  if (text.length > textMax) return { ok: false, message: `is longer than ${textMax} characters`, excerpt }
  if (depthOf(text) > jsonLimits.depthMax) {
    return { ok: false, message: `is nested deeper than ${jsonLimits.depthMax} levels`, excerpt }
  }
  const strict = tryParse(text)
  if (strict.ok) return { ok: true, value: strict.value, mended: [] }
  const mended = mendJson(text)
  if (mended !== null && depthOf(mended.text) <= jsonLimits.depthMax) {
    const second = tryParse(mended.text)
    if (second.ok) return { ok: true, value: second.value, mended: mended.how }
  }
  return faultOf(strict.message, text)
}

function tryParse(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : '' }
  }
}

/** Brackets open at once, at most; strings are skipped. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === 0x5c) at++
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth)
    else if (code === 0x7d || code === 0x5d) depth--
  }
  return deepest
}

/** What the engine's message means to a person who wrote the markup. */
const faults: [RegExp, string][] = [
  [
    /control character/i,
    'a line break or control character stands inside a string; write \\n or leave it out',
  ],
  [
    /end of JSON|unterminated/i,
    'it ends too early; inside a script, "</script>" in a text must be written "<\\/script>"',
  ],
  [/escape/i, 'a backslash stands before a character that needs none'],
  [/property name/i, 'a name in double quotes is missing; is there a comma too many?'],
  [
    /after (property value|array element)/i,
    'a comma is missing, or a quotation mark inside a text lacks its backslash',
  ],
]

function faultOf(message: string, text: string): ParsedJson {
  if (text.trim() === '') return { ok: false, message: 'is empty', excerpt: '' }
  const reason = faults.find(([pattern]) => pattern.test(message))?.[1] ?? 'a character stands where none may'
  const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length)
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = before.length - before.lastIndexOf('\n')
  const around = text.slice(Math.max(0, at - 100), at + 300)
  return {
    ok: false,
    message: `is not valid JSON: ${reason}`,
    excerpt: excerptOf(`line ${line}, column ${column}: ${around}`),
  }
}

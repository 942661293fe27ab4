/** Looking into JSON of unknown shape: only own members are read, so that `__proto__` is a name like any other. */
import { excerptMax } from '#domain/claim-review.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The member's value; undefined when it is missing, null counts as missing. */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? (object[name] ?? undefined) : undefined
}

/** The member's value when it is a string that says something. */
export function stringMember(object: JsonObject, name: string): string | null {
  const value = member(object, name)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** A path one step further down, as RFC 9535 writes it: `$.a[0]['@graph']`. */
export function pathTo(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`
  return /^[A-Za-z_]\w*$/.test(step)
    ? `${path}.${step}`
    : `${path}['${step.slice(0, 100).replaceAll("'", "\\'")}']`
}

const excerptDepthMax = 6

/** The beginning of a value as JSON, at most `excerptMax` long and safe on any depth. */
export function excerptOf(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, excerptMax).toWellFormed()
  const parts: string[] = []
  let left = excerptMax
  write(value, 0)
  return parts.join('').slice(0, excerptMax).toWellFormed()

  function put(text: string): void {
    parts.push(text)
    left -= text.length
  }
  function write(one: unknown, depth: number): void {
    if (left <= 0) return
    if (typeof one === 'string') put(JSON.stringify(one.slice(0, left)))
    else if (typeof one !== 'object' || one === null) put(String(one))
    else if (depth >= excerptDepthMax) put('…')
    else writeParts(one, depth)
  }
  function writeParts(one: object, depth: number): void {
    const isList = Array.isArray(one)
    put(isList ? '[' : '{')
    let first = true
    for (const key in one) {
      if (left <= 0) break
      if (!Object.hasOwn(one, key)) continue
      if (!first) put(', ')
      first = false
      if (!isList) put(`${JSON.stringify(key.slice(0, 100))}: `)
      write((one as JsonObject)[key], depth + 1)
    }
    put(isList ? ']' : '}')
  }
}

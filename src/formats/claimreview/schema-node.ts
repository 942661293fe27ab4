/** One node of schema.org data: its types and properties, in every spelling that JSON-LD allows and publishers use. */

import { isBlank } from '../html/clean-text.ts'
import { plainText } from '../html/plain-text.ts'
import { isObject, type JsonObject, listOf, member } from '../json/json-value.ts'

const prefixes = ['', 'schema:', 'http://schema.org/', 'https://schema.org/']

/** The property's value, however its name is written; some publishers put them one level down, under `properties`. */
export function property(node: JsonObject, name: string): unknown {
  for (const prefix of prefixes) {
    const value = member(node, prefix + name)
    if (value !== undefined) return value
  }
  const below = member(node, 'properties')
  return isObject(below) ? member(below, name) : undefined
}

/** Type names without their namespace, in lower case: publishers write `creativeWork` and `http://schema.org/Claim`. */
export function typesOf(node: JsonObject): string[] {
  return listOf(member(node, '@type') ?? member(node, 'type'))
    .filter((type) => typeof type === 'string')
    .map((type) =>
      type
        .slice(0, 200)
        .replace(/^.*[/#:]/, '')
        .toLowerCase(),
    )
}

/** Strings of a value, through lists and value objects, at most `countMax`. */
export function stringsOf(value: unknown, countMax: number): string[] {
  const found: string[] = []
  const open: unknown[] = [value]
  for (let looked = 0; open.length > 0 && found.length < countMax && looked < 1000; looked++) {
    const one = open.shift()
    if (typeof one === 'string') found.push(one)
    else if (typeof one === 'number' && Number.isFinite(one)) found.push(String(one))
    else if (Array.isArray(one)) open.unshift(...one.slice(0, countMax))
    else if (isObject(one)) open.unshift(member(one, '@value') ?? member(one, '@list') ?? member(one, '@set'))
  }
  return found
}

/** The first text of a value that says something, as plain text cut to `lengthMax`. */
export function textOf(value: unknown, lengthMax: number): string | null {
  for (const text of stringsOf(value, 20)) {
    const plain = plainText(text, lengthMax)
    if (!isBlank(plain)) return plain
  }
  return null
}

/** Addresses as written: strings, and the `url`, `@id` or `sameAs` of objects. */
export function addressesOf(value: unknown, countMax: number): string[] {
  return listOf(value)
    .slice(0, countMax)
    .flatMap((one) => {
      if (!isObject(one)) return stringsOf(one, countMax)
      const own = [
        property(one, 'url'),
        property(one, 'contentUrl'),
        member(one, '@id'),
        property(one, 'sameAs'),
      ]
      return own.flatMap((address) => stringsOf(address, countMax))
    })
    .map((address) => address.trim())
    .filter((address) => address !== '')
}

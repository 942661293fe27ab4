/** Languages as sources name them, to BCP 47. */
import { isObject, member } from '../json/json-value.ts'

/** `pt_br` becomes `pt-BR`; null for what is no language tag, such as `English` or `und`. */
export function languageTag(value: unknown): string | null {
  if (Array.isArray(value)) return languageTag(value[0])
  if (isObject(value))
    return languageTag(member(value, 'alternateName') ?? member(value, '@value') ?? member(value, 'name'))
  if (typeof value !== 'string') return null
  const tag = value.trim().replaceAll('_', '-')
  if (!/^[a-z]{2,3}(?:-[a-z\d]{2,8}){0,4}$/i.test(tag) || /^(?:und|mul|zxx)\b/i.test(tag)) return null
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

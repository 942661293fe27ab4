/** The languages that the pages speak, and which of them a reader gets: asked for in the address, else by the browser. */

export const languages = ['en', 'es', 'ar', 'zh-Hant'] as const
/** BCP 47. */
export type Language = (typeof languages)[number]

/** What each calls itself. */
export const languageNames: Record<Language, string> = {
  en: 'English',
  es: 'Español',
  ar: 'العربية',
  'zh-Hant': '繁體中文',
}

/** What any language calls itself, for whoever looks for theirs; the tag itself when nobody knows. */
export function ownNameOf(tag: string): string {
  const ours = findLanguage(tag)
  if (ours !== null) return languageNames[ours]
  try {
    const name = new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' }).of(tag)
    return name === undefined ? tag : name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
  } catch {
    return tag
  }
}

export const directions: Record<Language, 'ltr' | 'rtl'> = {
  en: 'ltr',
  es: 'ltr',
  ar: 'rtl',
  'zh-Hant': 'ltr',
}

/** The language that a `lang` parameter names exactly; null for anything else. */
export function findLanguage(name: string | null): Language | null {
  return languages.find((language) => language.toLowerCase() === name?.toLowerCase()) ?? null
}

/**
 * The best language for an Accept-Language header, English when none fits. Every Chinese gets the traditional
 * script: it is nearer to such a reader than English. Source: RFC 9110, 12.5.4.
 */
export function negotiateLanguage(header: string | null): Language {
  const wanted = (header ?? '').split(',').flatMap((part) => {
    const [range = '', ...parameters] = part.trim().split(';')
    const weight = parameters
      .map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1])
      .find((found) => found !== undefined)
    const quality = weight === undefined ? 1 : Number(weight)
    const primary = range.trim().toLowerCase().split('-')[0]
    const language = languages.find((one) => one.split('-')[0] === primary)
    return language && quality > 0 ? [{ language, quality }] : []
  })
  const best = wanted.reduce<(typeof wanted)[number] | null>(
    (so, next) => (so === null || next.quality > so.quality ? next : so),
    null,
  )
  return best?.language ?? 'en'
}

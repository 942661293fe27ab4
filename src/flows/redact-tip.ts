/** tip → REDACT: the content as the desk may see it. */
import { redact } from '#domain/redaction.ts'
import type { TipContent } from '#domain/tip.ts'
import { findPersonalData } from '#formats/personal-data/find-personal-data.ts'

/** Where a language is mostly at home: numbers without a prefix are read as numbers of these countries. */
const homes: Record<string, string[]> = {
  ar: ['EG', 'SA', 'AE', 'JO', 'MA'],
  bn: ['BD', 'IN'],
  de: ['DE', 'AT', 'CH'],
  en: ['US', 'GB', 'IN', 'NG', 'AU'],
  es: ['ES', 'MX', 'AR', 'CO', 'CL'],
  fr: ['FR', 'BE', 'CI'],
  hi: ['IN'],
  id: ['ID'],
  it: ['IT'],
  ja: ['JP'],
  ko: ['KR'],
  nl: ['NL', 'BE'],
  pl: ['PL'],
  pt: ['BR', 'PT'],
  ru: ['RU'],
  sw: ['KE', 'TZ'],
  tr: ['TR'],
  uk: ['UA'],
  zh: ['TW', 'CN', 'HK'],
}

/** Where numbers of a message are at home: the sender's country first, then those of its language. */
export function countriesOf(language: string | null, country: string | null): string[] {
  const base = language?.toLowerCase().split('-')[0] ?? ''
  return [...(country === null ? [] : [country]), ...(homes[base] ?? [])]
}

/** With typed placeholders in the text, the links and the doubt. `language`: of the message, as read or as given. */
export function redactTip(content: TipContent, language: string | null): TipContent {
  const countries = countriesOf(language, content.country)
  const without = (text: string) => redact(text, findPersonalData(text, countries))
  return {
    ...content,
    text: without(content.text),
    links: content.links.map(without),
    doubt: content.doubt === null ? null : without(content.doubt),
    seen: content.seen && {
      ...content.seen,
      platform: content.seen.platform && without(content.seen.platform),
    },
  }
}

/** tip → REDACT: personal data in a text of any language, by shape, check sum or surroundings. Linear in the text's length. */
import type { Finding } from '#domain/redaction.ts'
import { findAddresses } from './addresses.ts'
import { findBankNumbers } from './bank-numbers.ts'
import { findHandles, findProfiles } from './handles.ts'
import { findNationalIds } from './national-ids.ts'
import { findPhones } from './phones.ts'
import { plainDigits } from './plain-digits.ts'
import { findLinks, findTokens } from './tokens.ts'

/** `countries`: ISO 3166-1 alpha-2, where the sender or the message's language is at home; for numbers written without a prefix. */
export function findPersonalData(text: string, countries: string[]): Finding[] {
  const plain = plainDigits(text)
  const links = findLinks(plain)
  const outside = (finding: Finding) =>
    links.every(({ start, end }) => finding.end <= start || finding.start >= end)
  return [
    ...findTokens(plain, links),
    ...findEmails(plain),
    ...findProfiles(plain),
    ...[
      ...findBankNumbers(plain),
      ...findNationalIds(plain),
      ...findPhones(plain, countries),
      ...findHandles(plain),
      ...findAddresses(plain),
    ].filter(outside),
  ]
}

/** Also written around: `name (at) host (dot) org`, `name＠host`. Lengths bound every repetition. */
const emails =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}(?:\s?[([{]\s?(?:at|arroba|en)\s?[)\]}]\s?|[@＠])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})(?:\.|\s?[([{]\s?(?:dot|punto|ponto)\s?[)\]}]\s?)){1,6}\p{L}{2,24}/giu

/** India's payment addresses: as an e-mail's, with a bank's name in the place of a host. */
const payments =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\w.-]{1,63}@(?:upi|ok(?:axis|sbi|icici|hdfcbank)|ybl|ibl|axl|apl|paytm|pt(?:axis|sbi|yes|hdfc)|airtel|barodampay|[a-z]{2,12}bank|sbi|icici|axisbank|freecharge|jio)(?![\p{L}\p{N}.])/giu

function findEmails(text: string): Finding[] {
  return [emails, payments].flatMap((shape) =>
    Array.from(text.matchAll(shape), ({ 0: whole, index }) => ({
      kind: 'email' as const,
      start: index,
      end: index + whole.length,
    })),
  )
}

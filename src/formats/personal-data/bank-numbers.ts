/** Accounts and cards, told from other long numbers by their check sums. */
import type { Finding } from '#domain/redaction.ts'

/** Letters of a country, and how long its IBANs are. Source: SWIFT IBAN registry, release 96. */
const ibanLengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ' +
    'ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 ' +
    'LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 ' +
    'PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
)

const ibans = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{1,4}){3,9}(?![A-Za-z0-9])/gi
const cards = /(?<![\d.,])\d(?:[ -]?\d){12,18}(?![\d]|[.,]\d)/g

export function findBankNumbers(text: string): Finding[] {
  return [...findIbans(text), ...findCards(text)]
}

function findIbans(text: string): Finding[] {
  const findings: Finding[] = []
  for (const { 0: whole, index } of text.matchAll(ibans)) {
    const length = ibanLengths.get(whole.slice(0, 2).toUpperCase())
    if (length === undefined) continue
    const end = endOfSigns(whole, length)
    if (end === null || !isIban(whole.slice(0, end))) continue
    findings.push({ kind: 'iban', start: index, end: index + end })
  }
  return findings
}

/** Where the piece that holds so many letters and digits ends; null when there are fewer. */
function endOfSigns(text: string, count: number): number | null {
  let seen = 0
  for (let at = 0; at < text.length; at++) {
    if (/[A-Za-z0-9]/.test(text[at]!)) seen++
    if (seen === count) return at + 1
  }
  return null
}

/** Source: ISO 13616, check by modulo 97. */
function isIban(text: string): boolean {
  const signs = text.replace(/[ -]/g, '').toUpperCase()
  let rest = 0
  for (const sign of signs.slice(4) + signs.slice(0, 4)) {
    const value = Number.parseInt(sign, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

/** The first digits of payment cards, so that order and parcel numbers stay. Source: ISO 7812 ranges in use. */
const cardIssuers =
  /^(?:4|5[1-5]|2(?:2[2-9]|[3-6]|7[01]|720)|3[47]|3(?:0[0-5]|[689])|6(?:011|4[4-9]|5|2)|35|50|5[6-9]|6[0-9]|220[0-4]|9792)/

function findCards(text: string): Finding[] {
  const findings: Finding[] = []
  for (const { 0: whole, index } of text.matchAll(cards)) {
    const digits = whole.replace(/\D/g, '')
    if (!cardIssuers.test(digits) || !passesLuhn(digits) || /^(\d)\1+$/.test(digits)) continue
    findings.push({ kind: 'card', start: index, end: index + whole.length })
  }
  return findings
}

/** Source: ISO/IEC 7812-1, annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const value = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 1 ? value * 2 : value
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

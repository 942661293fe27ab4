/** National identity and tax numbers, by each country's own check sum; where it has none, only behind its name. */
import type { Finding } from '#domain/redaction.ts'
import { passesLuhn } from './bank-numbers.ts'

interface IdShape {
  country: string
  pattern: RegExp
  /** Of the digits and letters alone. */
  holds(signs: string): boolean
  /** A name that must stand before it, when the shape alone is weak. */
  cue?: RegExp
}

const edge = (body: string, flags = 'g') =>
  new RegExp(`(?<![\\p{L}\\p{N}.,+-])${body}(?![\\p{L}\\p{N}]|[.,]\\d)`, `${flags}u`)

function weighted(signs: string, weights: number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(signs[at]), 0)
}

/** CPF: two check digits by modulo 11. */
function isCpf(digits: string): boolean {
  if (/^(\d)\1+$/.test(digits)) return false
  return [9, 10].every((length) => {
    const sum = weighted(
      digits,
      Array.from({ length }, (_, at) => length + 1 - at),
    )
    return ((sum * 10) % 11) % 10 === Number(digits[length])
  })
}

const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE'
function isDni(signs: string): boolean {
  const upper = signs.toUpperCase()
  const number = upper.replace(/^[XYZ]/, (letter) => `${'XYZ'.indexOf(letter)}`)
  return dniLetters[Number(number.slice(0, 8)) % 23] === number[8]
}

/** 18 signs, ISO 7064 MOD 11-2. */
function isChineseId(signs: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return '10X98765432'[weighted(signs, weights) % 11] === signs[17]!.toUpperCase()
}

const taiwanLetters = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'
function isTaiwanId(signs: string): boolean {
  const letter = taiwanLetters.indexOf(signs[0]!.toUpperCase()) + 10
  const digits = `${letter}${signs.slice(1)}`
  return weighted(digits, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 === 0
}

function isHongKongId(signs: string): boolean {
  const upper = signs.toUpperCase()
  const values = Array.from(upper.length === 8 ? ` ${upper}` : upper, (sign) =>
    sign === ' ' ? 36 : Number.parseInt(sign, 36),
  )
  return values.reduce((sum, value, at) => sum + value * (9 - at), 0) % 11 === 0
}

/** Aadhaar: Verhoeff's scheme, in the dihedral group of ten. */
const turns = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
  [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
  [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
  [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
  [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
  [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
  [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
]
function product(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b - 5) % 5)
  return b < 5 ? 5 + ((a - 5 - b + 5) % 5) : (a - b + 5) % 5
}
function isAadhaar(digits: string): boolean {
  let held = 0
  for (let at = 0; at < digits.length; at++) {
    held = product(held, turns[at % 8]![Number(digits[digits.length - 1 - at])]!)
  }
  return held === 0
}

/** 2014 2019 2024 */
function areYears(digits: string): boolean {
  return /^(?:20[0-4]\d)+$/.test(digits)
}

function isFrenchId(signs: string): boolean {
  const number = signs.slice(0, 13).toUpperCase().replace('2A', '19').replace('2B', '18')
  return 97 - (Number(number) % 97) === Number(signs.slice(13))
}

const oddValues: Record<string, number> = {}
for (const [at, value] of [1, 0, 5, 7, 9, 13, 15, 17, 19, 21].entries()) oddValues[`${at}`] = value
for (const [at, value] of [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
].entries()) {
  oddValues[String.fromCharCode(65 + at)] = value
}
function isItalianId(signs: string): boolean {
  const upper = signs.toUpperCase()
  let sum = 0
  for (let at = 0; at < 15; at++) {
    const sign = upper[at]!
    const even = /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65
    sum += at % 2 === 0 ? oddValues[sign]! : even
  }
  return upper.charCodeAt(15) - 65 === sum % 26
}

/** Germany's tax id: ISO 7064 MOD 11,10, one digit twice or thrice among the first ten. */
function isGermanId(digits: string): boolean {
  const counts = new Map<string, number>()
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1)
  if ([...counts.values()].filter((count) => count > 1).length !== 1) return false
  let held = 10
  for (const digit of digits.slice(0, 10)) {
    const sum = (Number(digit) + held) % 10 || 10
    held = (sum * 2) % 11
  }
  return (11 - held) % 10 === Number(digits[10])
}

function isBsn(digits: string): boolean {
  const sum = weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2]) - Number(digits[8])
  return sum % 11 === 0 && Number(digits) > 0
}

function isPesel(digits: string): boolean {
  const month = Number(digits.slice(2, 4)) % 20
  const day = Number(digits.slice(4, 6))
  if (month < 1 || month > 12 || day < 1 || day > 31) return false
  return (10 - (weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(digits[10])
}

function isTurkishId(digits: string): boolean {
  const numbers = Array.from(digits, Number)
  const odd = numbers[0]! + numbers[2]! + numbers[4]! + numbers[6]! + numbers[8]!
  const even = numbers[1]! + numbers[3]! + numbers[5]! + numbers[7]!
  const tenth = (((odd * 7 - even) % 10) + 10) % 10
  const sum = numbers.slice(0, 10).reduce((total, value) => total + value, 0)
  return digits[0] !== '0' && tenth === numbers[9] && sum % 10 === numbers[10]
}

function isSouthAfricanId(digits: string): boolean {
  return hasBirthday(digits.slice(0, 6)) && /[01]/.test(digits[10]!) && passesLuhn(digits)
}

/** Six digits, year month day. */
function hasBirthday(digits: string): boolean {
  const month = Number(digits.slice(2, 4))
  const day = Number(digits.slice(4, 6))
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

function isSwedishId(digits: string): boolean {
  const ten = digits.slice(-10)
  return hasBirthday(ten.slice(0, 6)) && passesLuhn(ten)
}

function isRut(signs: string): boolean {
  const digits = signs.slice(0, -1)
  let sum = 0
  for (let at = 0; at < digits.length; at++) sum += Number(digits[digits.length - 1 - at]) * (2 + (at % 6))
  return '0K987654321'[sum % 11] === signs.at(-1)!.toUpperCase()
}

/** CUIT and CUIL: one check digit by modulo 11. */
function isCuit(digits: string): boolean {
  const rest = 11 - (weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)
  return (rest === 11 ? 0 : rest === 10 ? 9 : rest) === Number(digits[10])
}

/** A person's tax number: two check digits by modulo 11. */
function isInn(digits: string): boolean {
  const weights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
  return [10, 11].every(
    (length) => (weighted(digits, weights.slice(11 - length)) % 11) % 10 === Number(digits[length]),
  )
}

function isKoreanId(digits: string): boolean {
  const sum = weighted(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5])
  return hasBirthday(digits) && (11 - (sum % 11)) % 10 === Number(digits[12])
}

function isSnils(digits: string): boolean {
  const sum = weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1])
  return (sum % 101) % 100 === Number(digits.slice(9))
}

const idWords =
  /(?:\bids?\b|identity|identifi\w+|national|passport|security|nino|ssn|cpf|cnpj|dni|nie|nif|cedula|cédula|curp|rfc|rut|run|documento|steuer\w*|ausweis\w*|sécu\w*|insee|nir|codice|fiscale|bsn|burger\w*|pesel|kimlik|tc\b|aadhaa?r|आधार|पैन|pan\b|身分證\w*|身份证\w*|身份證\w*|護照|护照|هوية|الهوية|بطاقة|القومي|الوطني|جواز|инн|снилс|паспорт\w*|nik\b|ktp|kitambulisho|rsa|personnummer|주민\w*|number|nr|no)[^\d\n]{0,20}$/iu

const shapes: IdShape[] = [
  { country: 'BR', pattern: edge('\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}'), holds: isCpf },
  { country: 'ES', pattern: edge('(?:\\d{8}|[XYZ]-?\\d{7})[ -]?[A-Z]', 'gi'), holds: isDni },
  { country: 'CN', pattern: edge('[1-9]\\d{5}(?:19|20)\\d{9}[\\dX]', 'gi'), holds: isChineseId },
  { country: 'TW', pattern: edge('[A-Z][12]\\d{8}', 'gi'), holds: isTaiwanId },
  { country: 'HK', pattern: edge('[A-Z]{1,2}\\d{6}\\(?[\\dA]\\)?', 'gi'), holds: isHongKongId },
  {
    country: 'IN',
    pattern: edge('[2-9]\\d{3}[ -]?\\d{4}[ -]?\\d{4}'),
    holds: (digits) => isAadhaar(digits) && !areYears(digits),
  },
  { country: 'IN', pattern: edge('[A-Z]{3}[PCHABGJLFT][A-Z]\\d{4}[A-Z]', 'gi'), holds: () => true },
  {
    country: 'FR',
    pattern: edge('[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}', 'gi'),
    holds: isFrenchId,
  },
  {
    country: 'IT',
    pattern: edge('[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]', 'gi'),
    holds: isItalianId,
  },
  { country: 'DE', pattern: edge('[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}'), holds: isGermanId },
  { country: 'NL', pattern: edge('\\d{9}'), holds: isBsn, cue: idWords },
  { country: 'PL', pattern: edge('\\d{11}'), holds: isPesel },
  { country: 'TR', pattern: edge('[1-9]\\d{10}'), holds: isTurkishId },
  { country: 'ZA', pattern: edge('\\d{6} ?\\d{4} ?\\d{3}'), holds: isSouthAfricanId },
  { country: 'SE', pattern: edge('(?:19|20)?\\d{6}[-+]\\d{4}'), holds: isSwedishId },
  { country: 'CL', pattern: edge('\\d{1,2}\\.?\\d{3}\\.?\\d{3}-[\\dK]', 'gi'), holds: isRut },
  { country: 'KR', pattern: edge('\\d{6}-[1-8]\\d{6}'), holds: isKoreanId },
  { country: 'RU', pattern: edge('\\d{3}-\\d{3}-\\d{3}[ -]\\d{2}'), holds: isSnils },
  { country: 'RU', pattern: edge('\\d{12}'), holds: isInn, cue: idWords },
  { country: 'AR', pattern: edge('(?:20|2[34567]|30|3[34])-\\d{8}-\\d'), holds: isCuit },
  { country: 'RU', pattern: edge('\\d{4} \\d{6}'), holds: () => true, cue: idWords },
  {
    country: 'MX',
    pattern: edge('[A-Z]{4}\\d{6}[HM][A-Z]{5}[A-Z\\d]\\d', 'gi'),
    holds: (signs) => hasBirthday(signs.slice(4, 10)),
  },
  {
    country: 'US',
    pattern: edge('(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}'),
    holds: () => true,
  },
  {
    country: 'GB',
    pattern: edge(
      '(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]',
      'gi',
    ),
    holds: () => true,
  },
  {
    country: 'EG',
    pattern: edge('[23]\\d{13}'),
    holds: (digits) => hasBirthday(digits.slice(1, 7)),
  },
  { country: 'AE', pattern: edge('784-?(?:19|20)\\d{2}-?\\d{7}-?\\d'), holds: passesLuhn },
  { country: 'SA', pattern: edge('[12]\\d{9}'), holds: passesLuhn, cue: idWords },
  { country: 'ID', pattern: edge('\\d{16}'), holds: () => true, cue: idWords },
  {
    country: 'NG',
    pattern: edge('\\d{11}'),
    holds: () => true,
    cue: /(?:\bnin|bvn|national id\w*)[^\d\n]{0,20}$/iu,
  },
  {
    country: 'AR',
    pattern: edge('\\d{2}\\.\\d{3}\\.\\d{3}'),
    holds: () => true,
    cue: /(?:dni|documento)[^\d\n]{0,20}$/iu,
  },
  {
    country: 'CO',
    pattern: edge('\\d{1,3}(?:\\.?\\d{3}){2,3}'),
    holds: () => true,
    cue: /(?:c[eé]dula|c\.c\.)[^\d\n]{0,20}$/iu,
  },
  // Passports of anywhere, which have a shape and no check sum.
  {
    country: '*',
    pattern: edge('(?:[A-Z]{1,3} ?\\d{6,9}|\\d{2} ?[A-Z]{2} ?\\d{5}|\\d{2} ?\\d{7})', 'gi'),
    holds: () => true,
    cue: /(?:passport|pasaporte|passaporte|passeport|reisepass\w*|ausweis\w*|جواز(?: سفر\w*| السفر)?|護照|护照|паспорт\w*|पासपोर्ट|paspor|pasaport)[^\d\n]{0,20}$/iu,
  },
]

export function findNationalIds(text: string): Finding[] {
  const findings: Finding[] = []
  for (const { pattern, holds, cue } of shapes) {
    for (const { 0: whole, index } of text.matchAll(pattern)) {
      const signs = whole.replace(/[^A-Za-z0-9]/g, '')
      if (cue && !cue.test(text.slice(Math.max(0, index - 60), index))) continue
      if (holds(signs)) findings.push({ kind: 'national-id', start: index, end: index + whole.length })
    }
  }
  return findings
}

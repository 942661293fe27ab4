/** Quantities, years and percentages as written in many scripts and styles → one canonical value. */
import { kindOfUnit, kinds } from './letters.ts'
import { foldedWord } from './normalise.ts'

/** A number found in a text. */
export interface FoundNumber {
  /** '500', '2.5', '50%': plain digits, a point for decimals, no closing zeros after it. */
  value: string
  end: number
}

/** Longer runs of digits are identifiers. */
const digitsMax = 24

/** Value of each decimal digit of Unicode's basic plane; -1 for the rest. */
const digitValue: Int8Array = (() => {
  const table = new Int8Array(0x10000).fill(-1)
  let inRun = 0
  for (let unit = 0; unit < 0x10000; unit++) {
    inRun = kindOfUnit[unit] === kinds.DIGIT ? inRun + 1 : 0
    if (inRun > 0) table[unit] = (inRun - 1) % 10
  }
  return table
})()

/** Words that multiply, by the power of ten. */
const scaleWords: Readonly<Record<number, string>> = {
  2: 'hundred hundert honderd',
  3: 'k thousand thousands mil mille tausend mila ribu хиляди тысяч тысячи الف الاف هزار हजार হাজার ஆயிரம் tys tysiecy bin',
  5: 'lakh lakhs lac lacs लाख লাখ லட்சம் ਲੱਖ',
  6: 'm mn million मिलियन מיליון millions millon millones milhao milhoes millionen mio milioni milione milion miliony milionow mln juta milyon миллион миллионов млн مليون ملايين میلیون miljoen miljoner mi',
  7: 'crore crores करोड কোটি கோடி ਕਰੋੜ',
  9: 'b bn billion बिलियन अरब billions bilhao bilhoes milliard milliards milliarden mrd miliardi miliard miliardow miliar milyar миллиард миллиардов млрд مليار میلیارد',
  12: 'trillion trillions tn trilhao trilhoes',
}
const scales = new Map(
  Object.entries(scaleWords).flatMap(([power, words]) =>
    words.split(' ').map((word) => [foldedWord(word), Number(power)] as const),
  ),
)
const percents = new Set(
  'percent prozent procent persen porciento percento pct proc फीसदी प्रतिशत শতাংশ सदी'
    .split(' ')
    .map(foldedWord),
)
const percentFirst = new Set(['per', 'por', 'pour', 'فى', 'في'])
const percentSecond = new Set(['cent', 'ciento', 'cento', 'المييه', 'الميه', 'المايه'])

/**
 * Small numbers spelled out ("three seconds"), which people as often write in figures. By language: the words for 2, 3 and
 * so on, in order, forms of one word beside each other; '-' where a word says more often something else ("sei", "neuf") or
 * is not one word. One is left out everywhere: it is an article or a pronoun before it is a number.
 */
const smallNumbers: Readonly<Record<string, string>> = {
  en: 'two three four five six seven eight nine ten eleven twelve',
  es: 'dos tres cuatro cinco seis siete ocho nueve diez once doce',
  pt: 'dois/duas tres quatro cinco seis sete oito nove dez onze doze',
  fr: 'deux trois quatre cinq six sept huit - dix onze douze',
  it: 'due tre quattro cinque - sette otto nove dieci undici dodici',
  de: 'zwei drei vier funf sechs sieben acht neun zehn elf zwolf',
  nl: 'twee drie vier vijf zes zeven acht negen tien elf twaalf',
  sv: 'tva tre fyra fem sex sju atta - tio elva tolv',
  pl: 'dwa/dwie trzy cztery piec szesc siedem osiem dziewiec dziesiec jedenascie dwanascie',
  id: 'dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas -',
  ms: 'dua tiga empat lima enam tujuh lapan sembilan sepuluh sebelas -',
  tr: 'iki uc dort bes alti yedi sekiz dokuz - onbir oniki',
  ru: 'два/две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать',
  uk: 'два/дві три чотири - шість сім вісім - десять одинадцять дванадцять',
  ar: '- ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع عشرة/عشر - -',
  hi: '- तीन चार पांच छह सात आठ नौ दस - -',
}

const smallestSpelled = 2
const spelled = new Map(
  Object.entries(smallNumbers).map(([lang, words]) => [
    lang,
    new Map(
      words
        .split(' ')
        .flatMap((forms, at) =>
          forms.split('/').map((word) => [foldedWord(word), `${at + smallestSpelled}`] as const),
        ),
    ),
  ]),
)

/** The value of a folded word that spells a small number in a language; null when it spells none. */
export function spelledNumber(folded: string, lang: string | null): string | null {
  return (lang !== null && spelled.get(lang)?.get(folded)) || null
}

/** The power of ten that a folded word multiplies by, or 0. */
export function scaleOf(folded: string): number {
  return scales.get(folded) ?? 0
}

/** How many of the next folded words say "per cent": 0, 1 or 2. */
export function percentWords(first: string | null, second: string | null): number {
  if (first === null) return 0
  if (percents.has(first)) return 1
  return second !== null && percentFirst.has(first) && percentSecond.has(second) ? 2 : 0
}

/** The decimal digits of a text in ASCII, whatever script they are in; other characters are left out. */
export function digitsAt(text: string): string {
  return digitsOf(text, 0, text.length)
}

const isDigitAt = (text: string, at: number): boolean =>
  at < text.length && digitValue[text.charCodeAt(at)]! >= 0

function runEnd(text: string, start: number): number {
  let at = start
  while (isDigitAt(text, at)) at++
  return at
}

function digitsOf(text: string, start: number, end: number): string {
  let out = ''
  for (let at = start; at < end; at++) {
    const value = digitValue[text.charCodeAt(at)]!
    if (value >= 0) out += value
  }
  return out
}

const separators = new Set([
  ' ',
  '.',
  ',',
  "'",
  '\u2019',
  '\u00a0',
  '\u202f',
  '\u2009',
  '\u066b',
  '\u066c',
  '\uff0c',
])

/**
 * The number whose first digit is at `start`: groups of thousands in every style (1,000 · 1.000 · 1 000 · 1,00,000),
 * decimals (2.5 · 2,5), digits of every script. A mark followed by exactly three digits is read as thousands on both
 * sides of a comparison, whichever was meant.
 */
export function readNumber(text: string, start: number): FoundNumber {
  let end = runEnd(text, start)
  const whole = digitsOf(text, start, Math.min(end, start + digitsMax))
  if (end - start > 3 || end - start > digitsMax) return withDecimals(text, whole, end)
  let digits = whole
  let mark = ''
  for (;;) {
    const next = text[end] ?? ''
    if (!separators.has(next) || (mark !== '' && next !== mark)) break
    const groupEnd = runEnd(text, end + 1)
    const length = groupEnd - end - 1
    if (
      length === 3 ||
      (length === 2 && separators.has(text[groupEnd] ?? '') && runEnd(text, groupEnd + 1) - groupEnd > 2)
    ) {
      if (digits.length + length > digitsMax || digits === '0') break
      mark = next
      digits += digitsOf(text, end + 1, groupEnd)
      end = groupEnd
    } else break
  }
  return withDecimals(text, digits, end)
}

function withDecimals(text: string, digits: string, end: number): FoundNumber {
  const mark = text[end] ?? ''
  const plain = digits.replace(/^0+(?=\d)/, '')
  if (mark === '.' || mark === ',' || mark === '\u066b') {
    const fractionEnd = runEnd(text, end + 1)
    const length = fractionEnd - end - 1
    const another = text[fractionEnd] ?? ''
    if (
      length > 0 &&
      length <= 6 &&
      !((another === '.' || another === ',') && isDigitAt(text, fractionEnd + 1))
    ) {
      const fraction = digitsOf(text, end + 1, fractionEnd).replace(/0+$/, '')
      return { value: fraction === '' ? plain : `${plain}.${fraction}`, end: fractionEnd }
    }
  }
  return { value: plain, end }
}

/** A value times a power of ten, still canonical: ('2.5', 6) is '2500000'. */
export function scaled(value: string, power: number): string {
  const [whole = '', fraction = ''] = value.split('.')
  const padded = fraction.padEnd(power, '0')
  const digits = (whole + padded.slice(0, power)).replace(/^0+(?=\d)/, '')
  const rest = padded.slice(power).replace(/0+$/, '')
  return rest === '' ? digits : `${digits}.${rest}`
}

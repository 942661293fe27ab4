/** What kind of letter a character is, by table: the first look of every walk over a text. */

export const kinds = {
  /** Ends a word: spaces, punctuation, symbols, pictures. */
  OTHER: 0,
  LETTER: 1,
  DIGIT: 2,
  /** Combining: accents, vowel signs. */
  MARK: 3,
  /** Not seen and not meant: zero-width, bidi, variation selectors, tags, soft hyphen, fillers. */
  INVISIBLE: 4,
  /** Written without spaces: Han, Hiragana, Katakana. */
  IDEOGRAPH: 5,
  /** Written without spaces: Thai, Lao, Khmer, Burmese, with their marks. */
  SOUTHEAST: 6,
  HANGUL: 7,
  /** Joins two letters: ' and its kin. */
  APOSTROPHE: 8,
} as const

/** As pieces of a character class. Source: Unicode's Default_Ignorable_Code_Point, with the blank Braille cell. */
const invisibleRanges = [
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e',
  '\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb',
].join('')
const invisible = new RegExp(`[${invisibleRanges}]+`, 'g')
/** Every run of characters that are not seen, beyond the basic plane too. */
export const invisibleRuns = new RegExp(`[${invisibleRanges}\\u{e0000}-\\u{e0fff}]+`, 'gu')

const runs: readonly [RegExp, number][] = [
  [/[\p{L}\p{Nl}]+/gu, kinds.LETTER],
  [/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u30fc\uff70]+/gu, kinds.IDEOGRAPH],
  [/[\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]+/gu, kinds.SOUTHEAST],
  [/\p{sc=Hang}+/gu, kinds.HANGUL],
  [/\p{Nd}+/gu, kinds.DIGIT],
  [/\p{M}+/gu, kinds.MARK],
  [/[\p{P}\p{S}]+/gu, kinds.OTHER],
  [/[\u24b6-\u24e9]+/gu, kinds.LETTER],
  [/['\u2018\u2019\u02bc\u02bb\u00b4`\uff07]/g, kinds.APOSTROPHE],
  [invisible, kinds.INVISIBLE],
]

function kindTable(): Uint8Array {
  const table = new Uint8Array(0x10000)
  let all = ''
  for (let code = 0; code < 0xd800; code++) all += String.fromCharCode(code)
  let high = ''
  for (let code = 0xe000; code < 0x10000; code++) high += String.fromCharCode(code)
  for (const [pattern, kind] of runs) {
    for (const found of all.matchAll(pattern)) table.fill(kind, found.index, found.index + found[0].length)
    for (const found of high.matchAll(pattern)) {
      table.fill(kind, 0xe000 + found.index, 0xe000 + found.index + found[0].length)
    }
  }
  return table
}

/** Kind of each UTF-16 code unit; surrogates are OTHER and need `kindOfPair`. */
export const kindOfUnit: Uint8Array = kindTable()

const letterPair = /[\p{L}\p{Nl}]/u
const digitPair = /\p{Nd}/u
const markPair = /\p{M}/u

/** Kind of a character beyond U+FFFF. */
export function kindOfPair(point: number): number {
  if (point >= 0x20000 && point < 0x40000) return kinds.IDEOGRAPH
  if (point >= 0xe0000 && point < 0xe1000) return kinds.INVISIBLE
  if (point >= 0x1f130 && point < 0x1f18a) return kinds.LETTER
  if (point >= 0x1f000 && point < 0x1fb00) return kinds.OTHER
  if (point >= 0x1b000 && point < 0x1b170) return kinds.IDEOGRAPH
  const letter = String.fromCodePoint(point)
  if (letterPair.test(letter)) return kinds.LETTER
  if (digitPair.test(letter)) return kinds.DIGIT
  return markPair.test(letter) ? kinds.MARK : kinds.OTHER
}

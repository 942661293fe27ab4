/** Chinese in two orthographies → one, and numbers written in Chinese letters → digits. */
import pairs from 'opencc-js/dict/TSCharacters'

/** The simplified letter of each traditional one, by UTF-16 code unit; letters beyond the basic plane stay. */
const simplified: Uint16Array = (() => {
  const table = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit)
  for (const pair of pairs.split('|')) {
    const [traditional, simple] = pair.split(' ')
    if (traditional?.length === 1 && simple?.length === 1)
      table[traditional.charCodeAt(0)] = simple.charCodeAt(0)
  }
  return table
})()

/** One letter of a script without spaces in the form in which both orthographies are equal. */
export function foldedLetter(letter: string): string {
  const unit = letter.charCodeAt(0)
  const plain = letter.length === 1 && unit >= 0x3041 && unit < 0xa000
  if (plain) return simplified[unit] === unit ? letter : String.fromCharCode(simplified[unit]!)
  const opened = letter.normalize('NFKC')
  return opened.length === 1 ? String.fromCharCode(simplified[opened.charCodeAt(0)]!) : opened
}

const digits = '零一二三四五六七八九'
const kin: Readonly<Record<string, string>> = {
  〇: '零',
  两: '二',
  壹: '一',
  贰: '二',
  叁: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
  佰: '百',
  仟: '千',
}
const small: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }
const large: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8, 兆: 1e12 }
/** Longest number in letters that is read. */
const lettersMax = 16

function letterAt(text: string, at: number): string {
  const unit = at < text.length ? text.charCodeAt(at) : 0
  const letter = String.fromCharCode(simplified[unit]!)
  return kin[letter] ?? letter
}

/**
 * What the Chinese multipliers at `at` multiply by (百万: a million, 億: a hundred million), and where they end; null
 * where there is none.
 */
export function multiplierAt(text: string, at: number): { by: number; end: number } | null {
  let by = 1
  let end = at
  for (; end < at + 3; end++) {
    const letter = letterAt(text, end)
    const next = (letter === '十' ? undefined : small[letter]) ?? large[letter]
    if (next === undefined) break
    by *= next
  }
  return end === at ? null : { by, end }
}

/** The number written in Chinese letters at `start` (三百五十万, 百分之五), 10 or more or a percentage; null elsewhere. */
export function hanNumberAt(text: string, start: number): { value: string; end: number } | null {
  if (
    letterAt(text, start) === '百' &&
    letterAt(text, start + 1) === '分' &&
    letterAt(text, start + 2) === '之'
  ) {
    const share = lettersAt(text, start + 3)
    return share === null ? null : { value: `${share.value}%`, end: share.end }
  }
  const found = lettersAt(text, start)
  return found === null || found.end === start + 1 || found.value < 10
    ? null
    : { value: `${found.value}`, end: found.end }
}

function lettersAt(text: string, start: number): { value: number; end: number } | null {
  let total = 0
  let section = 0
  let digit = -1
  let at = start
  for (; at < start + lettersMax; at++) {
    const letter = letterAt(text, at)
    const value = digits.indexOf(letter)
    if (value >= 0) {
      if (digit > 0) return null
      digit = value
    } else if (small[letter] !== undefined) {
      if (digit < 0 && (letter !== '十' || section > 0)) break
      section += (digit < 0 ? 1 : digit) * small[letter]
      digit = -1
    } else if (large[letter] !== undefined) {
      if (section === 0 && digit < 0) break
      total = (total + section + Math.max(0, digit)) * large[letter]
      section = 0
      digit = -1
    } else break
  }
  return at === start ? null : { value: total + section + Math.max(0, digit), end: at }
}

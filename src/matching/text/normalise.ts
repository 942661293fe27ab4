/** A word as written → the form in which two spellings of it are equal. First step of the walk of a message. */
import { invisibleRuns, kindOfUnit, kinds } from './letters.ts'

/** Longer words are noise or attack; the rest of them is not looked at. */
export const wordLettersMax = 64

/** Letters that no decomposition reaches. */
const latin: Record<string, string> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ſ: 's',
  ə: 'e',
}
/** Source: Larkey, Ballesteros, Connell 2002 (alef, ya, ta marbuta); Persian and Urdu letters to their Arabic twins. */
const arabic: Record<string, string> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ے: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ة: 'ه',
  ۀ: 'ه',
  ە: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ۃ: 'ه',
  ک: 'ك',
  ڪ: 'ك',
  ٮ: 'ب',
}
/** Lower-case look-alikes. Source: Unicode UTS 39 confusables, the letters that pass as one another in common fonts. */
const cyrillicAsLatin: Record<string, string> = {
  а: 'a',
  в: 'b',
  е: 'e',
  ё: 'e',
  һ: 'h',
  н: 'h',
  і: 'i',
  ї: 'i',
  ј: 'j',
  к: 'k',
  ӏ: 'l',
  м: 'm',
  о: 'o',
  р: 'p',
  ԛ: 'q',
  г: 'r',
  ѕ: 's',
  т: 't',
  ц: 'u',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  у: 'y',
  с: 'c',
  ԁ: 'd',
  п: 'n',
  ԍ: 'g',
  ь: 'b',
  з: '3',
}
const greekAsLatin: Record<string, string> = {
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  μ: 'u',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ω: 'w',
  γ: 'y',
  σ: 'o',
  ϲ: 'c',
  ϳ: 'j',
  ζ: 'z',
}
const latinAsCyrillic: Record<string, string> = {
  a: 'а',
  b: 'в',
  e: 'е',
  h: 'н',
  i: 'і',
  j: 'ј',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  t: 'т',
  x: 'х',
  y: 'у',
  c: 'с',
  r: 'г',
  n: 'п',
  u: 'и',
}

const ascii = /^[\x21-\x7e]+$/

/**
 * The word in lower case, compatibility forms opened (ＡＢＣ, 𝐚𝐛𝐜, ligatures), without invisible characters, look-alike
 * letters of another script set right when the word mixes scripts; accents still there. Empty for what has no letter.
 */
export function spelledWord(surface: string): string {
  const clipped = surface.length > wordLettersMax * 4 ? surface.slice(0, wordLettersMax * 4) : surface
  if (ascii.test(clipped)) return clipped.toLowerCase().slice(0, wordLettersMax)
  const opened = clipped.replace(invisibleRuns, '').normalize('NFKC').toLowerCase().normalize('NFC')
  return unmixed(opened.replace(/^\p{M}+/u, '')).slice(0, wordLettersMax)
}

/** The spelled word without what writers leave out: accents, tashkeel, niqqud, nukta; kin letters become one. */
export function foldedWord(spelled: string): string {
  if (ascii.test(spelled)) return spelled
  const first = spelled.charCodeAt(0)
  if (first >= 0x600 && first < 0x780) return foldedArabic(spelled)
  if (first >= 0x900 && first < 0xe00) return foldedIndic(spelled)
  if (first >= 0x400 && first < 0x530)
    return spelled.replace(/[\u0300-\u036f\u0483-\u0489]+/g, '').replaceAll('ё', 'е')
  if (first >= 0xe00 && first < 0x1100) return spelled
  return spelled
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[øłđðþßæœıħŧŋĸſə]/g, (letter) => latin[letter]!)
    .replaceAll('ς', 'σ')
    .normalize('NFC')
}

function foldedArabic(spelled: string): string {
  return spelled
    .replace(/[\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u0610-\u061a]+/g, '')
    .replace(/[أإآٱىیېےئؤةۀەہھۃکڪٮ]/g, (letter) => arabic[letter]!)
}

/**
 * The scripts that Hindi, Bengali, Punjabi, Gujarati and Odia are written in hold the same letters in the same order of
 * their blocks: all are read as Devanagari, so that a name is one term in each. Without what varies by typist and font:
 * nukta, candrabindu for anusvara, a nasal before another consonant, virama.
 */
function foldedIndic(spelled: string): string {
  let letters = ''
  for (const letter of spelled.normalize('NFD')) {
    const unit = letter.charCodeAt(0)
    letters +=
      unit >= 0x980 && unit < 0xb80
        ? (unpaired[letter] ?? String.fromCharCode(0x900 + (unit & 0x7f)))
        : letter
  }
  return letters
    .replace(/[\u093c\u0951-\u0954\u0c3c\u0cbc]+/g, '')
    .replace(/\u0901/g, '\u0902')
    .replace(/[ङञणनम]\u094d(?=[क-ह])/g, '\u0902')
    .replaceAll('\u094d', '')
    .normalize('NFC')
}

/** Letters that have no twin at their place: Bengali khanda ta and Assamese ra, wa; Punjabi tippi, addak, carriers; Odia wa. */
const unpaired: Readonly<Record<string, string>> = {
  ৎ: 'त',
  ৰ: 'र',
  ৱ: 'व',
  '\u0a70': '\u0902',
  '\u0a71': '',
  '\u0a72': '',
  '\u0a73': '',
  ୱ: 'व',
}

/** Look-alikes of another script set right, towards the script that most letters have; words of one script are not touched. */
function unmixed(word: string): string {
  let latinCount = 0
  let cyrillicCount = 0
  let greekCount = 0
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at)
    if (unit < 0x250) {
      if (kindOfUnit[unit] === kinds.LETTER) latinCount++
    } else if (unit >= 0x370 && unit < 0x400) greekCount++
    else if (unit >= 0x400 && unit < 0x530) cyrillicCount++
  }
  if (latinCount === 0 || cyrillicCount + greekCount === 0) {
    return cyrillicCount > 0 && greekCount > 0 ? replaced(word, greekAsLatin, cyrillicAsLatin) : word
  }
  if (cyrillicCount > latinCount) return replaced(word, latinAsCyrillic)
  return replaced(word, cyrillicAsLatin, greekAsLatin)
}

function replaced(word: string, ...tables: Record<string, string>[]): string {
  let out = ''
  for (const letter of word) {
    let next = letter
    for (const table of tables) next = table[letter] ?? next
    out += next
  }
  return out
}

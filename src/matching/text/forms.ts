/** One written word → the forms that it is found by: stems, halves of a hashtag, a number glued to a word. */
import { termFlags } from '../candidates.ts'
import { readingsOf } from './disguises.ts'
import { withoutEnding } from './endings.ts'
import { hashInto } from './hash.ts'
import { foldedWord, spelledWord } from './normalise.ts'
import { spelledNumber } from './numbers.ts'
import type { Stemmer } from './stem.ts'
import { stopWordsOf } from './stop-words.ts'

/** One term of a word: where in the word it comes from and what it is. */
export interface Form {
  from: number
  to: number
  low: number
  high: number
  flags: number
  /** Canonical value when it is a number. */
  number: string | null
  /** Folded, not stemmed, with a closing space: what the letters channel reads; '' for another reading of letters already read. */
  letters: string
  capital: boolean
}

const { NEGATION, NUMBER, PART, STOP } = termFlags

/** Words that say "not". */
const negations = new Set(
  [
    'not no never none nobody nothing neither nor without cannot nicht kein keine keinen keiner nie niemals ohne',
    'pas jamais aucun aucune rien sans nunca jamas ningun ninguna sin nao nenhum nenhuma sem tidak bukan tak jangan',
    'tanpa belum non mai nessun nessuno senza nigdy niet geen nooit zonder ikke ingen aldrig aldri inte никогда нет не',
    'без لا لم لن ليس ليست غير بدون नहीं बिना না নয় নেই নাই ਨਹੀਂ नाही இல்லை அல்ல degil yok nem soha ei nici fara',
    '不 沒 没 無 无 非 未 否 ไม่',
  ]
    .join(' ')
    .split(' ')
    .map(foldedWord),
)

/** What stands before an apostrophe and says nothing: l'eau, d'Espagne, dell'acqua. */
const elided = new Set(
  'l d j m t s c n qu jusqu lorsqu puisqu quoiqu dell nell sull all dall un quest'.split(' '),
)
/** What stands after one: the king's, they'll. */
const enclitic = new Set('s ll re ve d m em'.split(' '))
const unstem: Readonly<Record<string, string>> = { ca: 'can', wo: 'will', sha: 'shall', ai: 'is' }

const apostrophe = /['\u2018\u2019\u02bc\u02bb\u00b4`\uff07]/g
const humps = /(?<=[\p{Ll}\p{Nd}])(?=\p{Lu})|(?<=\p{Lu}{2})(?=\p{Lu}\p{Ll}{2})/gu
const upper = /^\P{L}*\p{Lu}/u
const glued = /^(\p{L}{3,})(\p{Nd}{1,4})$/u
const hashed = new Int32Array(2)

/** The term of a stem, as its two halves of hash, in the array handed in. */
export function hashStem(stem: string, into: Int32Array): void {
  hashInto(stem, into)
}

/** Hash input of a number, so that 19 the number and "19" the word are two terms. */
export function numberForm(value: string): string {
  return `#${value}`
}

/** Stem of a spelled word, folded. A word in another script than its text's language is stemmed as that script's. */
export function stemOf(spelled: string, lang: string | null, stemmer: Stemmer): string {
  const language = stemLanguage(spelled, lang)
  return withoutEnding(foldedWord(stemmer.stem(spelled, language)), language)
}

const latinless = new Set(
  'ar fa ur ru uk bg sr mk el he hi mr ne bn as pa gu or ta te kn ml si th lo km my zh ja ko ka hy am'.split(
    ' ',
  ),
)

function stemLanguage(spelled: string, lang: string | null): string | null {
  const unit = spelled.charCodeAt(0)
  if (unit < 0x370) return lang === null || latinless.has(lang) ? 'en' : lang
  if (unit >= 0x400 && unit < 0x530) return lang === 'uk' || lang === 'bg' || lang === 'sr' ? lang : 'ru'
  if (unit >= 0x600 && unit < 0x780)
    return lang === 'ar' ? 'ar' : lang === 'fa' || lang === 'ur' ? lang : 'ar'
  if (unit >= 0xb80 && unit < 0xc00) return 'ta'
  if (unit >= 0x900 && unit < 0x980) return lang === 'mr' ? 'mr' : 'hi'
  return lang
}

/** The forms of a word as written, in order. `tagged`: it follows # or @, so its humps are its words. */
export function formsOf(surface: string, lang: string | null, stemmer: Stemmer, tagged: boolean): Form[] {
  const forms: Form[] = []
  const add = (from: number, to: number, spelled: string, marks: number, letters: boolean) => {
    const folded = foldedWord(spelled)
    if (folded === '') return
    const digits = /^\d+$/.test(folded)
    const language = stemLanguage(spelled, lang)
    const value = digits ? folded.replace(/^0+(?=\d)/, '') : spelledNumber(folded, language)
    hashInto(value !== null ? numberForm(value) : stemOf(spelled, lang, stemmer), hashed)
    const flags =
      marks |
      (value !== null ? NUMBER : 0) |
      (stopWordsOf(language).has(spelled) ? STOP : 0) |
      (negations.has(folded) ? NEGATION : 0)
    const capital = upper.test(surface.slice(from, to))
    forms.push({
      from,
      to,
      low: hashed[0]!,
      high: hashed[1]!,
      flags,
      number: value,
      letters: letters ? `${folded} ` : '',
      capital,
    })
  }
  for (const [from, to, kind] of apostrophed(surface)) {
    if (kind === 'not') {
      add(from, to, 'not', 0, false)
      continue
    }
    const piece = surface.slice(from, to)
    const spelled = kind === 'word' ? spelledWord(piece) : kind
    const readings = readingsOf(spelled)
    if (readings.length > 0) {
      const plain = /[@$]/.test(spelled) ? readings : [...readings, spelled]
      for (const [place, reading] of plain.entries())
        add(from, to, reading, place === 0 ? 0 : PART, place === 0)
      continue
    }
    if (joined.test(piece)) {
      addJoined(piece, (start, end, part, mark) => add(from + start, from + end, part, mark, mark === 0))
      continue
    }
    const whole = glued.exec(spelled)
    if (whole) {
      const cut = to - whole[2]!.length
      add(from, cut, whole[1]!, 0, true)
      add(cut, to, whole[2]!, 0, true)
      continue
    }
    const cuts = humpsOf(piece)
    if (cuts.length === 0) {
      add(from, to, spelled, 0, true)
      continue
    }
    const parts = [0, ...cuts].map((start, at) => [start, cuts[at] ?? piece.length] as const)
    if (!tagged) add(from, to, spelled, 0, true)
    if (tagged || parts.every(([start, end]) => end - start > 2)) {
      for (const [start, end] of parts) {
        add(from + start, from + end, spelledWord(piece.slice(start, end)), tagged ? 0 : PART, tagged)
      }
    }
    if (tagged) add(from, to, spelled, PART, false)
  }
  return forms
}

/** Between letters of Arabic script, where Persian and Urdu write two words as one. */
const joined = /[\u0600-\u06ff]\u200c(?=[\u0600-\u06ff])/

/** A word with a zero-width non-joiner: the whole as if written together, and its halves as if written apart. */
function addJoined(
  piece: string,
  add: (from: number, to: number, spelled: string, mark: number) => void,
): void {
  add(0, piece.length, spelledWord(piece), 0)
  let from = 0
  for (const part of piece.split('\u200c')) {
    if (part.length > 1) add(from, from + part.length, spelledWord(part), PART)
    from += part.length + 1
  }
}

/** Where a word's humps begin, after the first: StopTheSteal, NBCNews; not Mc and Mac. */
function humpsOf(piece: string): number[] {
  if (piece.length < 4 || piece.length > 64) return []
  const cuts: number[] = []
  for (const { index } of piece.matchAll(humps)) if (!/^M[a]?c$/.test(piece.slice(0, index))) cuts.push(index)
  return cuts
}

type Kind = 'word' | 'not' | (string & {})

/** A word cut at its apostrophes: offsets with 'word', 'not' for n't, or the spelling where it is not the letters there. */
function apostrophed(surface: string): [number, number, Kind][] {
  if (surface.search(apostrophe) < 0) return [[0, surface.length, 'word']]
  const marks = [...surface.matchAll(apostrophe)].map((found) => found.index)
  const first = marks[0]!
  const before = surface.slice(0, first)
  const after = surface.slice(first + 1)
  const beforeLow = before.toLowerCase()
  const afterLow = after.toLowerCase()
  if (marks.length === 1 && afterLow === 't' && beforeLow.endsWith('n')) {
    const verb = beforeLow.slice(0, -1)
    return [
      [0, first - 1, unstem[verb] ?? verb],
      [first - 1, surface.length, 'not'],
    ]
  }
  if (marks.length === 1 && enclitic.has(afterLow)) return [[0, first, 'word']]
  if (elided.has(beforeLow) && after.length > 1) {
    const rest = first + 1
    return apostrophed(after).map(([from, to, kind]) => [from + rest, to + rest, kind])
  }
  const last = marks.at(-1)!
  const end = enclitic.has(surface.slice(last + 1).toLowerCase()) ? last : surface.length
  return [[0, end, spelledWord(surface.slice(0, end).replace(apostrophe, ''))]]
}

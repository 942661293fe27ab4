/** A text → its terms: what reviews are indexed by and messages are looked up with. */
import { termFlags } from '../candidates.ts'
import { readDate, readDateInWords } from './dates.ts'
import { formsOf, numberForm } from './forms.ts'
import { foldedLetter, hanNumberAt, multiplierAt } from './han.ts'
import { hashInto, mixed } from './hash.ts'
import { kindOfPair, kindOfUnit, kinds } from './letters.ts'
import { canonicalUrl, LinkFinder, titleInAddress } from './links.ts'
import { foldedWord, spelledWord, wordLettersMax } from './normalise.ts'
import { percentWords, readNumber, scaled, scaleOf } from './numbers.ts'
import { Stemmer } from './stem.ts'
import type { Terms } from './terms.ts'
import { WordMemory } from './word-memory.ts'

const { GRAM, LINK, NAME, NUMBER, PART } = termFlags

/** A stretch of a text that is not read. */
export interface Span {
  start: number
  end: number
}

const hashed = new Int32Array(2)

/** Turns texts into terms. Equal texts in equal languages give equal terms, whatever was read before. */
export class Analyser {
  readonly #stemmer = new Stemmer()
  readonly #memory = new WordMemory()
  /** Stands for the language in the keys of remembered words. */
  #seed = 0
  #text = ''
  #capitals = 0
  #cased = 0

  /** Appends the terms of `text` to `into`; `skipped` (ascending) is not read. */
  analyse(text: string, lang: string | null, into: Terms, skipped: readonly Span[] = []): void {
    const links = new LinkFinder(text)
    const from = into.count
    this.#text = text
    this.#capitals = 0
    this.#cased = 0
    hashInto(lang ?? '', hashed)
    this.#seed = hashed[0]!
    let sentenceStart = true
    let tag = false
    let skip = 0
    for (let at = 0; at < text.length; ) {
      if (skip < skipped.length && at >= skipped[skip]!.start) {
        at = Math.max(at, skipped[skip++]!.end)
        continue
      }
      const unit = text.charCodeAt(at)
      const point = unit >= 0xd800 && unit < 0xdc00 ? text.codePointAt(at)! : unit
      const kind = point > 0xffff ? kindOfPair(point) : kindOfUnit[unit]!
      if (
        kind === kinds.OTHER ||
        kind === kinds.APOSTROPHE ||
        kind === kinds.MARK ||
        kind === kinds.INVISIBLE
      ) {
        tag = unit === 0x23 || unit === 0x40
        if (endsSentence(unit)) sentenceStart = true
        at += point > 0xffff ? 2 : 1
        continue
      }
      if (kind === kinds.IDEOGRAPH || kind === kinds.SOUTHEAST) at = this.#pieces(text, at, kind, into)
      else if (kind === kinds.DIGIT && point < 0x10000) at = this.#number(text, at, lang, into)
      else {
        const linkEnd = unit < 0x80 ? links.endOfLinkAt(at) : -1
        if (linkEnd > at) at = this.#link(text, at, linkEnd, lang, into)
        else at = this.#word(text, at, lang, sentenceStart, tag, into)
      }
      sentenceStart = false
      tag = false
    }
    if (this.#cased > 3 && this.#capitals * 2 > this.#cased) {
      for (let at = from; at < into.count; at++) into.flags[at] = into.flags[at]! & ~NAME
    }
  }

  #link(text: string, start: number, end: number, lang: string | null, into: Terms): number {
    const canonical = canonicalUrl(text.slice(start, end))
    if (canonical === null || isWrapper(canonical)) return end
    hashInto(canonical, hashed)
    into.push(hashed[0]!, hashed[1]!, LINK, start, end, null)
    const from = into.count
    for (const word of titleInAddress(text.slice(start, end)))
      this.#word(text, start + word, lang, true, false, into)
    for (let at = from; at < into.count; at++) into.flags[at] = into.flags[at]! | PART
    return end
  }

  #word(text: string, start: number, lang: string | null, first: boolean, tag: boolean, into: Terms): number {
    if (text[start + 1] === '.') {
      const end = initialsEnd(text, start)
      if (end > 0)
        return this.#forms(text.slice(start, end).replaceAll('.', ''), start, end, lang, first, tag, into)
    }
    let keyLow = this.#seed + (tag ? 1 : 0)
    let keyHigh = keyLow
    let at = start
    while (at < text.length) {
      const unit = text.charCodeAt(at)
      if (wordly[kindOfUnit[unit]!] === 0) break
      keyLow = Math.imul(keyLow ^ unit, 0x01000193)
      keyHigh = Math.imul(keyHigh ^ unit, 0x5bd1e995)
      keyHigh ^= keyHigh >>> 15
      at++
    }
    const next = at < text.length ? text.charCodeAt(at) : 0
    const end = continues(next) ? wordEnd(text, start) : at
    if (end !== at || end - start > wordLettersMax) {
      return this.#forms(text.slice(start, end), start, end, lang, first, tag, into)
    }
    keyLow = mixed(keyLow ^ keyHigh)
    const memory = this.#memory
    const slot = memory.find(keyLow, keyHigh)
    if (slot < 0)
      return this.#forms(text.slice(start, end), start, end, lang, first, tag, into, keyLow, keyHigh)
    const { slots } = memory
    const letterCount = slots[slot + 6]!
    into.pushLetterUnits(memory.letters, slots[slot + 5]!, letterCount)
    let flags = slots[slot + 4]!
    if (slots[slot + 7] === 1) {
      if (!first || tag) flags |= NAME
      if (!first && letterCount > 4) this.#capitals++
    }
    if (!first && letterCount > 4) this.#cased++
    into.push(slots[slot + 2]!, slots[slot + 3]!, flags, start, end, null)
    return end
  }

  /** Pushes the forms of a word that is not remembered; remembers it when a key is given and it has one form. */
  #forms(
    surface: string,
    start: number,
    end: number,
    lang: string | null,
    first: boolean,
    tag: boolean,
    into: Terms,
    keyLow = 0,
    keyHigh = 0,
  ): number {
    const forms = formsOf(surface, lang, this.#stemmer, tag)
    for (const form of forms) {
      into.pushLetters(form.letters)
      let flags = form.flags
      if (!first && form.letters.length > 4) {
        this.#cased++
        if (form.capital) this.#capitals++
      }
      if (form.capital && (!first || tag)) flags |= NAME
      const to = surface.length === end - start ? start + form.to : end
      if (form.number === null) into.push(form.low, form.high, flags, start + form.from, to, null)
      else {
        const { end, value } = withUnit(this.#text, to, form.number)
        hashInto(numberForm(value), hashed)
        into.push(hashed[0]!, hashed[1]!, flags, start + form.from, end, value)
        if (forms.length === 1 && end > to) return end
      }
    }
    const form = forms[0]
    if (keyLow !== 0 && forms.length === 1 && form !== undefined) {
      if (form.number === null && form.from === 0 && form.to === surface.length && form.letters !== '') {
        this.#memory.add(keyLow, keyHigh, form)
      }
    }
    return end
  }

  #number(text: string, start: number, lang: string | null, into: Terms): number {
    const date = readDate(text, start, lang)
    if (date !== null) {
      for (const [place, day] of date.days.entries())
        this.#pushNumber(day, start, date.end, into, place === 0 ? 0 : PART)
      this.#pushNumber(date.days[0]!.slice(0, 4), start, date.end, into, PART)
      return date.end
    }
    let { value, end } = readNumber(text, start)
    const next = text.charCodeAt(end)
    if (end < text.length && kindOfUnit[next] === kinds.LETTER) {
      const stop = wordEnd(text, end)
      const tail = foldedWord(spelledWord(text.slice(end, stop)))
      if (scaleOf(tail) > 0) {
        value = scaled(value, scaleOf(tail))
        end = stop
      } else if (/^(?:st|nd|rd|th|er|eme|s)$/.test(tail)) end = stop
      else {
        const single = end - start === 1 || tail.length === 1
        if (!single) this.#pushNumber(value, start, end, into)
        return this.#word(text, single ? start : end, lang, true, false, into)
      }
    } else if (kindOfUnit[next] === kinds.IDEOGRAPH) {
      const large = readInMyriads(text, value, end)
      value = large.value
      end = large.end
    }
    if (isPercent(text[end]) || (/\s/.test(text[end] ?? '') && isPercent(text[end + 1]))) value += '%'
    else ({ end, value } = withUnit(text, end, value))
    this.#pushNumber(value, start, end, into)
    if (value.length < 3) this.#dateInWords(text, start, end, into)
    return end
  }

  /** The whole date beside the day of the month, when words around it name month and year. */
  #dateInWords(text: string, start: number, end: number, into: Terms): void {
    const found = readDateInWords(text, start, end)
    if (found !== null) this.#pushNumber(found.day, start, found.end, into, PART)
  }

  #pushNumber(value: string, start: number, end: number, into: Terms, mark = 0): void {
    hashInto(numberForm(value), hashed)
    into.push(hashed[0]!, hashed[1]!, NUMBER | mark, start, end, value)
    if (mark === 0) into.pushLetters(`${value} `)
  }

  /** Two neighbours at a time of a script that writes without spaces; marks stay with their letter. */
  #pieces(text: string, start: number, kind: number, into: Terms): number {
    let previous = ''
    let previousAt = start
    let count = 0
    let at = start
    let numberEnd = start
    while (at < text.length) {
      const end = pieceEnd(text, at, kind)
      if (end === at) break
      if (kind === kinds.IDEOGRAPH && at >= numberEnd) numberEnd = this.#hanNumber(text, at, into)
      const letter = foldedLetter(text.slice(at, end))
      if (count > 0) this.#piece(previous + letter, previousAt, end, into)
      previous = letter
      previousAt = at
      count++
      at = end
    }
    if (count === 1) this.#piece(previous, start, at, into)
    return Math.max(at, start + 1)
  }

  /** A number in Chinese letters is a reading beside its letters. Where it ends, or `at`. */
  #hanNumber(text: string, at: number, into: Terms): number {
    const found = hanNumberAt(text, at)
    if (found === null) return at
    this.#pushNumber(found.value, at, found.end, into, PART)
    return found.end
  }

  #piece(letters: string, start: number, end: number, into: Terms): void {
    hashInto(letters, hashed)
    into.push(hashed[0]!, hashed[1]!, GRAM, start, end, null)
  }
}

/** 1 for the kinds of which words are made, in the basic plane. */
const wordly = new Uint8Array(16)
wordly[kinds.LETTER] = 1
wordly[kinds.DIGIT] = 1
wordly[kinds.HANGUL] = 1
wordly[kinds.MARK] = 1

/** Whether a word may go on with this unit though it is none of its usual letters. */
function continues(unit: number): boolean {
  const kind = kindOfUnit[unit]!
  if (kind === kinds.APOSTROPHE || kind === kinds.INVISIBLE) return true
  return (unit >= 0xd800 && unit < 0xdc00) || unit === 0x24 || unit === 0x40
}

function endsSentence(unit: number): boolean {
  return (
    unit === 0x2e ||
    unit === 0x21 ||
    unit === 0x3f ||
    unit === 0x0a ||
    unit === 0x3a ||
    unit === 0x22 ||
    unit === 0x201c ||
    unit === 0x2014
  )
}

function isPercent(letter: string | undefined): boolean {
  return letter === '%' || letter === '\u066a' || letter === '\uff05'
}

/**
 * A value with what the next words make of it: a percentage, thousands, millions. Words for "percent" are read with it, as
 * the sign is; where it ends then.
 */
function withUnit(text: string, end: number, value: string): { value: string; end: number } {
  const next = unit.exec(text.slice(end, end + unitLettersMax))
  if (next === null) return { value, end }
  const first = foldedWord(spelledWord(next[1]!))
  const second = next[2] === undefined ? null : foldedWord(spelledWord(next[2]))
  const percent = percentWords(first, second)
  if (percent > 0) {
    const words = percent === 1 ? next[0].indexOf(next[1]!) + next[1]!.length : next[0].length
    return { value: `${value}%`, end: end + words }
  }
  const power = first.length > 1 ? scaleOf(first) : 0
  return { value: power > 0 && value.length < 12 ? scaled(value, power) : value, end }
}

const unitLettersMax = 40
const unit = /^[\s\u00a0-]{0,2}([\p{L}\p{M}]{1,16})(?:\s([\p{L}\p{M}]{1,12}))?/u

/** Figures with Chinese multipliers after them: 5000万, 3億5000萬. */
function readInMyriads(text: string, first: string, firstEnd: number): { value: string; end: number } {
  const multiplier = multiplierAt(text, firstEnd)
  const amount = Number(first)
  if (multiplier === null || !(amount * multiplier.by < Number.MAX_SAFE_INTEGER))
    return { value: first, end: firstEnd }
  let value = Math.round(amount * multiplier.by)
  let { end } = multiplier
  if (multiplier.by >= 1e4 && kindOfUnit[text.charCodeAt(end)] === kinds.DIGIT) {
    const rest = readNumber(text, end)
    const next = multiplierAt(text, rest.end)
    const added = Number(rest.value) * (next?.by ?? 1)
    if (added < multiplier.by) {
      value += Math.round(added)
      end = next?.end ?? rest.end
    }
  }
  return { value: `${value}`, end }
}

/** Addresses that only wrap another: they are new in each message. */
function isWrapper(canonical: string): boolean {
  return canonical.startsWith('https://t.co/') || canonical.startsWith('https://pic.twitter.com/')
}

/** Where initials such as U.S. or a.k.a. end, or -1. */
function initialsEnd(text: string, start: number): number {
  let at = start
  while (kindOfUnit[text.charCodeAt(at)] === kinds.LETTER && text[at + 1] === '.' && at - start < 24) at += 2
  if (at - start < 4) return -1
  if (kindOfUnit[text.charCodeAt(at)] !== kinds.LETTER) return at
  return wordly[kindOfUnit[text.charCodeAt(at + 1)]!] === 1 ? -1 : at + 1
}

/** Where the word that starts at `start` ends: letters, marks, digits, invisible characters, apostrophes between letters. */
function wordEnd(text: string, start: number): number {
  let at = start
  while (at < text.length) {
    const unit = text.charCodeAt(at)
    const point = unit >= 0xd800 && unit < 0xdc00 ? text.codePointAt(at)! : unit
    const kind = point > 0xffff ? kindOfPair(point) : kindOfUnit[unit]!
    if (kind === kinds.IDEOGRAPH || kind === kinds.SOUTHEAST) break
    if (kind === kinds.OTHER) {
      const signs = signsEnd(text, start, at)
      if (signs === at) break
      at = signs
      continue
    }
    if (kind === kinds.APOSTROPHE && (at === start || kindOfUnit[text.charCodeAt(at + 1)] !== kinds.LETTER))
      break
    at += point > 0xffff ? 2 : 1
  }
  return Math.max(at, start + 1)
}

/** A sign that stands for a letter (v@ccine, va$$ine) is passed over; an address or handle is not. Where it ends, or `at`. */
function signsEnd(text: string, start: number, at: number): number {
  const sign = text.charCodeAt(at)
  if (at === start || (sign !== 0x24 && sign !== 0x40) || at - start > wordLettersMax) return at
  const end = text.charCodeAt(at + 1) === sign ? at + 2 : at + 1
  if (kindOfUnit[text.charCodeAt(end)] !== kinds.LETTER) return at
  if (sign === 0x24) return end
  const tail = /^[\p{L}\d_-]{1,24}/u.exec(text.slice(end, end + 24))?.[0].length ?? 0
  const next = text[end + tail]
  return at - start > 3 || next === '.' || next === '@' ? at : end
}

/** Where one letter of a script without spaces ends, with its marks and what is not seen. */
function pieceEnd(text: string, start: number, kind: number): number {
  let at = start
  while (at < text.length) {
    const unit = text.charCodeAt(at)
    const point = unit >= 0xd800 && unit < 0xdc00 ? text.codePointAt(at)! : unit
    const here = point > 0xffff ? kindOfPair(point) : kindOfUnit[unit]!
    const joins = here === kinds.INVISIBLE || here === kinds.MARK
    if (at === start ? here !== kind : !joins) break
    at += point > 0xffff ? 2 : 1
  }
  return at
}

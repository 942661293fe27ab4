/** A message → the stretches that say nothing about the world: forwarding marks, greetings, signatures, quotes' heads. */
import type { Span } from '../analyse.ts'
import { foldedLetter } from '../han.ts'
import { kindOfPair, kindOfUnit, kinds } from '../letters.ts'
import { foldedWord, spelledWord } from '../normalise.ts'
import { boilerplatePieces, boilerplateWords, forwardPrefixes, wroteWords } from './boilerplate-words.ts'

/** Sentences of more words are read as claims, whatever they say. */
const wordsMax = 30

const foldedOf = (word: string) => foldedWord(spelledWord(word))

/** Per word, a bit for each language in which it may stand in such a sentence, or makes one. */
function bitsOf(which: 'asks' | 'beside'): Map<string, number> {
  const bits = new Map<string, number>()
  for (const [at, row] of Object.values(boilerplateWords).entries()) {
    const words = which === 'asks' ? row.asks : `${row.asks} ${row.beside}`
    for (const word of words.split(' ')) {
      const folded = foldedOf(word)
      bits.set(folded, (bits.get(folded) ?? 0) | (1 << at))
    }
  }
  return bits
}

const asks = bitsOf('asks')
const allowed = bitsOf('beside')
const foldedLetters = (text: string) => [...text].map(foldedLetter).join('')
const pieceAsks = new Set(boilerplatePieces.asks.split(' ').map(foldedLetters))
const pieces = new Set([...pieceAsks, ...boilerplatePieces.beside.split(' ').map(foldedLetters)])
const pieceLettersMax = Math.max(...Array.from(pieces, (piece) => piece.length))
const curly = /[\u2018\u2019]/g
const prefixes = new Set(forwardPrefixes.split(' ').map(foldedOf))
const wrote = new Set(wroteWords.split(' ').map(foldedOf))

/** The stretches of a message that are not read, in order and apart. Linear in the length of the text. */
export function boilerplateSpans(text: string): Span[] {
  const spans: Span[] = []
  let lineStart = 0
  let headLinesLeft = 0
  while (lineStart < text.length) {
    let lineEnd = text.indexOf('\n', lineStart)
    if (lineEnd < 0) lineEnd = text.length
    const line = text.slice(lineStart, Math.min(lineEnd, lineStart + headLettersMax))
    if (isSignatureMark(line, text.length - lineEnd)) {
      spans.push({ start: lineStart, end: text.length })
      break
    }
    if (forwardedMark.test(line)) headLinesLeft = headLinesMax
    if ((headLinesLeft-- > 0 && mailHead.test(line)) || isQuoteHead(line, lineEnd - lineStart)) {
      spans.push({ start: lineStart, end: lineEnd })
    } else readSentences(text, afterLabels(lineStart, line, spans), lineEnd, spans)
    lineStart = lineEnd + 1
  }
  return spans
}

const headLettersMax = 300
const headLinesMax = 8
const signatureLettersMax = 400
const greetingLettersMax = 80
const forwardedMark =
  /^[\s>*_-]{0,40}(?:begin |original |mensaje |mensagem |message |weitergeleitete? )?(?:forwarded|original|reenviado|encaminhada|transf[ée]r[ée]|nachricht|inoltrato)\b/i
const mailHead =
  /^[\s>*]{0,8}(?:from|to|cc|sent|date|de|para|enviado|data|von|an|gesendet|datum|à|envoyé|objet|da|a|inviato|от|кому|дата|من|إلى|التاريخ|发件人|收件人|日期|寄件者|收件者)\s?[:：]/iu
const chatHead =
  /^\s{0,4}\[?\p{Nd}{1,4}[./-]\p{Nd}{1,2}[./-]\p{Nd}{2,4},?\s\p{Nd}{1,2}[:.]\p{Nd}{2}(?:[:.]\p{Nd}{2})?(?:\s?[ap]\.?\s?m\.?)?\]?\s?[-\u2013]?\s?[^:\n]{1,40}:\s/iu
/** An hour, a year or an address: what tells the head of a quote from a sentence that ends in a colon. */
const dated = /\p{Nd}[:.]\p{Nd}{2}|\p{Nd}{4}|@/u
const label = /^[\s>*_[(-]{0,8}([\p{L}\p{M}]{1,8})[\])]?\s?[:：]/u

/** "-- " on a line of its own, with little after it. */
function isSignatureMark(line: string, left: number): boolean {
  return /^(?:-- ?|__+)\s*$/.test(line) && left > 0 && left <= signatureLettersMax
}

/** "On Monday, 3 May, A Name wrote:" */
function isQuoteHead(line: string, length: number): boolean {
  if (length > 200 || !/[:：]\s*$/.test(line) || !dated.test(line)) return false
  const last = /([\p{L}\p{M}]{2,12})\s?[:：]\s*$/u.exec(line)?.[1]
  return last !== undefined && (wrote.has(foldedOf(last)) || wrote.has(foldedOf(last.slice(-2))))
}

/** Marks the head of a chat's export and "Fwd: Re:" before a line; returns where the line's own words start. */
function afterLabels(start: number, line: string, spans: Span[]): number {
  let at = chatHead.exec(line)?.[0].length ?? 0
  for (let labels = 0; labels < 8; labels++) {
    const found = label.exec(line.slice(at, at + 40))
    if (found === null || !prefixes.has(foldedOf(found[1]!))) break
    at += found[0].length
  }
  if (at > 0) spans.push({ start, end: start + at })
  return start + at
}

function endsClause(unit: number): boolean {
  return (
    unit === 0x2e ||
    unit === 0x21 ||
    unit === 0x3f ||
    unit === 0x3002 ||
    unit === 0xff01 ||
    unit === 0xff1f ||
    unit === 0xff0c ||
    unit === 0x061f ||
    unit === 0x0964 ||
    unit === 0x3b ||
    unit === 0x2026
  )
}

/** Marks the sentences of one line that are made of such words alone. */
function readSentences(text: string, from: number, to: number, spans: Span[]): void {
  for (let at = from; at < to; ) {
    const end = sentenceEnd(text, at, to)
    if (saysNothing(text, at, end)) spans.push({ start: at, end })
    else {
      const greetingEnd = commaEnd(text, at, end)
      if (greetingEnd > at && saysNothing(text, at, greetingEnd)) spans.push({ start: at, end: greetingEnd })
    }
    at = end
  }
}

function sentenceEnd(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) if (endsClause(text.charCodeAt(at))) return at + 1
  return to
}

/** A greeting may stand before a claim in one sentence: "Hello all, …". Where its comma ends, or -1. */
function commaEnd(text: string, from: number, to: number): number {
  for (let at = from; at < Math.min(to, from + greetingLettersMax); at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x2c || unit === 0x60c || unit === 0x3001) return at + 1
  }
  return -1
}

/** Whether a sentence has words and all of them are in one language's table, one that makes such a sentence among them. */
function saysNothing(text: string, start: number, end: number): boolean {
  let languages = -1
  let asked = 0
  let pieceAsked = false
  let words = 0
  for (let at = start; at < end; ) {
    const unit = text.charCodeAt(at)
    const pair = unit >= 0xd800 && unit < 0xdc00
    const kind = pair ? kindOfPair(text.codePointAt(at)!) : kindOfUnit[unit]!
    if (kind === kinds.IDEOGRAPH || kind === kinds.SOUTHEAST) {
      const run = piecesIn(text, at, end)
      if (run === null) return false
      pieceAsked ||= run.asked
      at = run.end
      words++
    } else if (kind === kinds.LETTER || kind === kinds.HANGUL) {
      const stop = wordEnd(text, at, end)
      if (++words > wordsMax) return false
      const word = foldedOf(text.slice(at, stop).replace(curly, "'"))
      languages &= allowed.get(word) ?? 0
      if (languages === 0) return false
      asked |= asks.get(word) ?? 0
      at = stop
    } else if (kind === kinds.DIGIT) return false
    else at += pair ? 2 : 1
  }
  return pieceAsked || (asked & languages) !== 0
}

function wordEnd(text: string, start: number, end: number): number {
  let at = start
  while (at < end && at - start < 40) {
    const kind = kindOfUnit[text.charCodeAt(at)]!
    if (kind === kinds.OTHER || kind === kinds.IDEOGRAPH || kind === kinds.SOUTHEAST || kind === kinds.DIGIT)
      break
    at++
  }
  return Math.max(at, start + 1)
}

/** A run of letters without spaces cut into pieces of the table, longest first; null when one is not there. */
function piecesIn(text: string, start: number, end: number): { asked: boolean; end: number } | null {
  let asked = false
  let at = start
  while (at < end) {
    const unit = text.charCodeAt(at)
    const kind = kindOfUnit[unit]!
    if (kind !== kinds.IDEOGRAPH && kind !== kinds.SOUTHEAST && kind !== kinds.MARK) break
    const next = foldedLetters(text.slice(at, Math.min(end, at + pieceLettersMax)))
    let length = next.length
    while (length > 0 && !pieces.has(next.slice(0, length))) length--
    if (length === 0) return null
    asked ||= pieceAsks.has(next.slice(0, length))
    at += length
  }
  return { asked, end: at }
}

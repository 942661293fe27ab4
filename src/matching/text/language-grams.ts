/**
 * Which language a text is in, by four bytes in a row of its words: what the package eld finds, from its own numbers,
 * kept as typed arrays. Source: github.com/nitotm/efficient-language-detector-js
 */
import data from './language-grams.json' with { type: 'json' }

const languages = data.languages.split(' ')
const separators = new RegExp(data.separators, 'gu')
/** Byte above 127 → the letter that stands for it in a gram, below 256. */
const letters = Uint8Array.from(data.letters, (letter) => letter.charCodeAt(0))

/** What every gram adds to each of its languages beside its own score. */
const baseScore = 53
/** As much of a text as is read, of a word, and bytes after which reading stops: at the next space, or at once. */
const textLettersMax = 1_000
const wordLettersMax = 70
const bytesMax = { toSpace: 350, atOnce: 380 } as const

const gramLettersMax = 6
const slotCount = 1 << 17
/** Per slot, two numbers that are the gram's letters, and where its pairs start in `pairs`; 0: empty. */
const low = new Int32Array(slotCount)
const high = new Int32Array(slotCount)
const starts = new Int32Array(slotCount)
/** Count, then language and score in turn. */
const pairs = new Uint8Array(1 << 18)
/** In which text a slot was met last: a gram counts once. */
const metIn = new Int32Array(slotCount)
let texts = 0

fill(data.grams)

function fill(grams: string): void {
  const gram = new Uint8Array(gramLettersMax)
  let end = 1
  for (let at = 0; at < grams.length; ) {
    let length = 0
    for (; grams.charCodeAt(at) < 256; at++) gram[length++] = grams.charCodeAt(at)
    const slot = slotOf(gram, 0, length)
    low[slot] = lowOf(gram, 0, length)
    high[slot] = highOf(gram, 0, length)
    starts[slot] = end
    const countAt = end++
    for (; at < grams.length && grams.charCodeAt(at) >= 256; at += 2) {
      pairs[end++] = grams.charCodeAt(at) - 256
      pairs[end++] = grams.charCodeAt(at + 1) - 320
      pairs[countAt] = pairs[countAt]! + 1
    }
  }
}

function lowOf(word: Uint8Array, from: number, length: number): number {
  let key = 0
  for (let at = 0; at < Math.min(4, length); at++) key = (key << 8) | word[from + at]!
  return key
}

function highOf(word: Uint8Array, from: number, length: number): number {
  let key = length
  for (let at = 4; at < length; at++) key = (key << 8) | word[from + at]!
  return key
}

/** The gram's slot, or the empty one where it would be. */
function slotOf(word: Uint8Array, from: number, length: number): number {
  const first = lowOf(word, from, length)
  const second = highOf(word, from, length)
  let at = Math.imul(first ^ Math.imul(second, 0x85ebca6b), 0x9e3779b1) >>> 15
  while (starts[at] !== 0 && (low[at] !== first || high[at] !== second)) at = (at + 1) & (slotCount - 1)
  return at
}

const space = 0x20
/** One word with a space before and after it. */
const word = new Uint8Array(textLettersMax * 4 + 2)
const scores = new Int32Array(languages.length)

/** ISO 639-1 of the likeliest language; null when no gram is known. */
export function likeliestLanguage(text: string): string | null {
  scores.fill(0)
  texts++
  readWords(text.substring(0, textLettersMax).replace(separators, ' ').trim().toLowerCase())
  let best = -1
  let most = 0
  for (let at = 0; at < scores.length; at++) {
    if (scores[at]! > most) {
      most = scores[at]!
      best = at
    }
  }
  return languages[best] ?? null
}

function readWords(text: string): void {
  let length = 0
  let bytes = 0
  for (let at = 0; at < text.length && bytes <= bytesMax.atOnce; at++) {
    const point = text.codePointAt(at)!
    if (point === space) {
      if (length > 0) countGrams(length)
      length = 0
      if (bytes > bytesMax.toSpace) return
      bytes++
      continue
    }
    if (point > 0xffff) at++
    const size = putLetters(point, length)
    length += size
    bytes += size
  }
  if (length > 0) countGrams(length)
}

/** Writes a code point behind the first `length` letters of the word; returns how many letters it takes. */
function putLetters(point: number, length: number): number {
  const to = 1 + length
  if (point < 0x80) {
    word[to] = point
    return 1
  }
  const last = letters[0x80 | (point & 0x3f)]!
  if (point < 0x800) {
    word[to] = letters[0xc0 | (point >> 6)]!
    word[to + 1] = last
    return 2
  }
  const second = letters[0x80 | ((point >> 6) & 0x3f)]!
  if (point < 0x10000) {
    word[to] = letters[0xe0 | (point >> 12)]!
    word[to + 1] = second
    word[to + 2] = last
    return 3
  }
  word[to] = letters[0xf0 | (point >> 18)]!
  word[to + 1] = letters[0x80 | ((point >> 12) & 0x3f)]!
  word[to + 2] = second
  word[to + 3] = last
  return 4
}

/** Four letters at a time, every third; the first with the space before the word, the last with the space after it. */
function countGrams(length: number): void {
  word[0] = space
  word[1 + length] = space
  const end = Math.min(length, wordLettersMax)
  let from = 0
  for (; from + 4 < end; from += 3) {
    if (from === 0) countGram(0, 5)
    else countGram(1 + from, 4)
  }
  const lastFrom = end === 3 ? 0 : Math.max(0, end - 4)
  const lastLength = length - lastFrom + 1
  if (from === 0) countGram(0, lastLength + 1)
  else countGram(1 + lastFrom, lastLength)
}

function countGram(from: number, length: number): void {
  if (length > gramLettersMax) return
  const slot = slotOf(word, from, length)
  if (starts[slot] === 0 || metIn[slot] === texts) return
  metIn[slot] = texts
  let at = starts[slot]!
  for (let left = pairs[at++]!; left > 0; left--, at += 2) {
    scores[pairs[at]!] = scores[pairs[at]!]! + pairs[at + 1]! + baseScore
  }
}

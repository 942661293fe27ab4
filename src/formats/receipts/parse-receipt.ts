/** What a person typed as a receipt: a mistyped word is put right when only one word is meant, and named when not. */
import { type ReceiptProblem, receiptTextMax } from '#domain/receipt.ts'
import { secretOf } from './format-receipt.ts'
import { foldWord, type WordList, wordLists } from './word-lists.ts'

/** In any of the lists, with any separators and numbering; null when it is no receipt. */
export function parseReceipt(text: string): Uint8Array | null {
  const read = readReceipt(text)
  return read instanceof Uint8Array ? read : null
}

/** What keeps a text from being a receipt, so that it can be put right; empty when nothing does. */
export function problemsOfReceipt(text: string): ReceiptProblem[] {
  const read = readReceipt(text)
  return read instanceof Uint8Array ? [] : read
}

function readReceipt(text: string): Uint8Array | ReceiptProblem[] {
  if (text.length > receiptTextMax) return [{ kind: 'none' }]
  const words = wordsIn(text)
  const list = listOf(words)
  if (list === null) return [{ kind: 'none' }]
  const unknown: ReceiptProblem[] = []
  // Each search goes through the whole list: words that no receipt has room for are not searched for.
  const places = words.flatMap((word, place) => {
    const found = list.places.get(word) ?? (place <= list.length ? nearestPlace(word, list) : null)
    if (found === null) unknown.push({ kind: 'word', place, word })
    return found ?? []
  })
  const { length } = list
  if (words.length !== length) unknown.push({ kind: 'count', count: length, given: words.length })
  if (unknown.length > 0) return unknown
  return secretOf(places, list) ?? [{ kind: 'order' }]
}

/** Folded words; Chinese ones are single letters that need no space between them. */
function wordsIn(text: string): string[] {
  return (foldWord(text).match(/\p{Script=Han}|(?:(?!\p{Script=Han})\p{L})+/gu) ?? []).map(foldWord)
}

/** The list that knows most of the words; null when none knows any. */
function listOf(words: string[]): WordList | null {
  let best: WordList | null = null
  let most = 0
  for (const list of wordLists) {
    const known = words.filter((word) => list.places.has(word)).length
    if (known > most) {
      most = known
      best = list
    }
  }
  return best
}

/** The only word that is one typing mistake away: a letter too many, too few, another, or two swapped; else null. */
function nearestPlace(word: string, list: WordList): number | null {
  let found: number | null = null
  for (const [known, place] of list.places) {
    if (known.length < 3 || !isOneMistakeAway(word, known)) continue
    if (found !== null) return null
    found = place
  }
  return found
}

function isOneMistakeAway(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  let oneEnd = one.length
  let otherEnd = other.length
  while (oneEnd > start && otherEnd > start && one[oneEnd - 1] === other[otherEnd - 1]) {
    oneEnd--
    otherEnd--
  }
  const restOne = one.slice(start, oneEnd)
  const restOther = other.slice(start, otherEnd)
  if (restOne.length <= 1 && restOther.length <= 1) return true
  return restOne.length === 2 && restOther === restOne[1]! + restOne[0]!
}

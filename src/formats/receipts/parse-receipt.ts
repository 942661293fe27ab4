/** What a person typed as a receipt: a mistyped word is put right when only one word is meant, and named when not. */
import type { Parsed, Problem } from '#domain/errors.ts'
import { receiptTextMax } from '#domain/receipt.ts'
import { secretOf } from './format-receipt.ts'
import { foldWord, type WordList, wordLists } from './word-lists.ts'

/** In any of the lists, with any separators and numbering. The path of a problem is `$[place of the word]`. */
export function parseReceipt(text: string): Parsed<Uint8Array> {
  if (text.length > receiptTextMax) return problem('$', 'is longer than any receipt')
  const words = wordsIn(text)
  const list = listOf(words)
  if (list === null) return problem('$', 'holds no words of a receipt')
  const unknown: Problem[] = []
  const places = words.map((word, at) => {
    const place = list.places.get(word) ?? nearestPlace(word, list)
    if (place === null) unknown.push({ path: `$[${at}]`, message: word })
    return place
  })
  if (unknown.length > 0) return { ok: false, problems: unknown }
  if (words.length !== list.length) return problem('$', `has ${words.length} words and not ${list.length}`)
  const secret = secretOf(places as number[], list)
  return secret === null
    ? problem('$', 'holds a word that is not the right one')
    : { ok: true, value: secret }
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
export function nearestPlace(word: string, list: WordList): number | null {
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

function problem(path: string, message: string): Parsed<never> {
  return { ok: false, problems: [{ path, message }] }
}

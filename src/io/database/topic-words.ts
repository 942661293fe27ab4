/** The words that the topic filter finds reviews by: whole words, folded, without stemming, so that a filter is exact. */
import { foldedWord, spelledWord } from '#matching/text/normalise.ts'

/** More words than any claim and title hold; the rest of a longer text is not filtered by. */
const wordsMax = 300

const wordRuns = /[\p{L}\p{N}\p{M}]+/gu
/** Written without spaces between words: pairs of letters stand for words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu

/** Each word once, in the order of the text. */
export function topicWordsOf(text: string): string[] {
  const words = new Set<string>()
  for (const [run] of text.matchAll(wordRuns)) {
    for (const word of wordsOfRun(run)) {
      if (word !== '') words.add(word)
      if (words.size >= wordsMax) return [...words]
    }
  }
  return [...words]
}

function* wordsOfRun(run: string): Generator<string> {
  let end = 0
  for (const found of run.matchAll(unspaced)) {
    yield folded(run.slice(end, found.index))
    yield* pairsOf(folded(found[0]))
    end = found.index + found[0].length
  }
  yield folded(run.slice(end))
}

function folded(run: string): string {
  return run === '' ? '' : foldedWord(spelledWord(run))
}

function* pairsOf(run: string): Generator<string> {
  const letters = [...run]
  if (letters.length === 1) yield run
  for (let at = 0; at + 1 < letters.length; at++) yield `${letters[at]}${letters[at + 1]}`
}

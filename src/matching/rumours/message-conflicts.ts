/**
 * tip → GROUP: what two messages say differently: another number, another name, a "not", a word in the place of another.
 * Where the rest is the same that makes another claim; in two texts of their own it is another way of telling it.
 */
import { termFlags } from '../candidates.ts'
import { type Conflicts, conflictsOf } from '../explain/conflicts.ts'
import { isContent, isGram, isNumber, type Reading, type Sequence } from '../explain/reading.ts'

/** What two messages say otherwise, and a word that stands in the place of another. */
export interface MessageConflicts extends Conflicts {
  words: string[]
}

/** Neither message is the claim that the other is held against: what differs is looked for both ways. */
export function messageConflictsOf(reading: Reading): MessageConflicts {
  const there = conflictsOf(reading)
  const back = conflictsOf({
    ...reading,
    message: reading.claim,
    claim: reading.message,
    messageTerms: reading.reviewTerms,
    reviewTerms: reading.messageTerms,
  })
  const either = (kind: keyof Conflicts) => (there[kind].length > 0 ? there[kind] : [...back[kind]].reverse())
  const names = either('names')
  const negation = either('negation')
  return {
    negation: negation.length > 0 ? negation : unevenDenials(reading),
    numbers: either('numbers'),
    names: isOneSpelling(names) ? swappedNames(reading) : names,
    words: exchangedWords(reading),
  }
}

/** The same text with one "not" more or less says something else, wherever that stands and however many there are. */
function unevenDenials({ claim, message, messageTerms, reviewTerms }: Reading): string[] {
  const isSaid = ({ flags, terms }: Sequence, others: ReadonlySet<number>) =>
    terms.every((term, at) => !isContent(flags[at]!) || isDenial(flags[at]!) || others.has(term))
  if (!isSaid(message, reviewTerms) || !isSaid(claim, messageTerms)) return []
  const [own, others] = [denialsOf(message), denialsOf(claim)]
  return own.length === others.length ? [] : [own.at(-1) ?? '', others.at(-1) ?? '']
}

function isDenial(flags: number): boolean {
  return (flags & termFlags.NEGATION) !== 0
}

function denialsOf(sequence: Sequence): string[] {
  return Array.from({ length: sequence.count }, (_, at) => at)
    .filter((at) => isDenial(sequence.flags[at]!))
    .map((at) => sequence.written(at))
}

/**
 * A word that stands where the other message has another, between the same two words: "sold" for "bought", one town for
 * another, whoever writes names with a capital.
 */
function exchangedWords({ message, claim, messageTerms, reviewTerms }: Reading): string[] {
  const own = gapsOf(message, reviewTerms)
  for (const [between, there] of gapsOf(claim, messageTerms)) {
    const here = own.get(between)
    if (here === undefined) continue
    const isExchanged = (word: string) => !there.some((other) => isOneSpelling([word, other]))
    if (here.every(isExchanged)) return [here[0]!, there[0]!]
  }
  return []
}

/** More own words in one place are another way of saying it. */
const gapWordsMax = 2

/** Words that the other text lacks, by the two words around them that it has: what stands before and after all that is a remark. */
function gapsOf(sequence: Sequence, others: ReadonlySet<number>): Map<string, string[]> {
  const gaps = new Map<string, string[]>()
  let gap: string[] = []
  let before: number | null = null
  for (let at = 0; at < sequence.count; at++) {
    const flags = sequence.flags[at]!
    if (!isContent(flags)) continue
    const term = sequence.terms[at]!
    if (others.has(term)) {
      if (before !== null && gap.length > 0 && gap.length <= gapWordsMax) gaps.set(`${before} ${term}`, gap)
      gap = []
      before = term
    } else if (!isNumber(flags) && !isGram(flags)) gap.push(sequence.written(at))
  }
  return gaps
}

/** Letters of a word for each of which one slip of the hand is allowed, and letters at its start that make it a form of another. */
const spelling = { lettersPerSlip: 4, stemLetters: 5 } as const

/** Whether two words are one, mistyped or inflected. */
function isOneSpelling([one, other]: string[]): boolean {
  if (one === undefined || other === undefined) return true
  const [a, b] = [one.toLowerCase().slice(0, 40), other.toLowerCase().slice(0, 40)]
  if (
    a.length >= spelling.stemLetters &&
    a.slice(0, spelling.stemLetters) === b.slice(0, spelling.stemLetters)
  )
    return true
  return slipsBetween(a, b) <= Math.max(1, Math.floor(Math.min(a.length, b.length) / spelling.lettersPerSlip))
}

/** Letters put in, left out, exchanged or swapped with their neighbour. Source: Damerau 1964, restricted. */
export function slipsBetween(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, at) => new Uint8Array(b.length + 1).fill(at, 0, 1))
  for (let at = 0; at <= b.length; at++) rows[0]![at] = at
  for (let x = 1; x <= a.length; x++) {
    for (let y = 1; y <= b.length; y++) {
      const exchanged = rows[x - 1]![y - 1]! + Number(a[x - 1] !== b[y - 1])
      let least = Math.min(rows[x - 1]![y]! + 1, rows[x]![y - 1]! + 1, exchanged)
      if (x > 1 && y > 1 && a[x - 1] === b[y - 2] && a[x - 2] === b[y - 1]) {
        least = Math.min(least, rows[x - 2]![y - 2]! + 1)
      }
      rows[x]![y] = least
    }
  }
  return rows[a.length]![b.length]!
}

/** In a sentence of so few words the order of names is who did it to whom. */
const sentenceWordsMax = 14

/** "France beat Spain" and "Spain beat France". */
function swappedNames({ message, claim }: Reading): string[] {
  if (Math.max(message.count, claim.count) > sentenceWordsMax) return []
  const [one, other] = [namesOf(message), namesOf(claim)]
  const inBoth = [...one.keys()].filter((term) => other.has(term))
  const there = [...other.keys()].filter((term) => inBoth.includes(term))
  const at = inBoth.findIndex((term, place) => there[place] !== term)
  return at === -1 ? [] : [one.get(inBoth[at]!)!, one.get(there[at]!)!]
}

/** Names in the order in which they first stand, with how they are written. */
function namesOf(sequence: Sequence): Map<number, string> {
  const names = new Map<number, string>()
  for (let at = 0; at < sequence.count; at++) {
    const term = sequence.terms[at]!
    if (!isContent(sequence.flags[at]!) || names.has(term)) continue
    const written = sequence.written(at)
    if (/^\p{Lu}/u.test(written)) names.set(term, written)
  }
  return names
}

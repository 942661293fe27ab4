/**
 * tip → GROUP: two messages side by side, both short and noisy, measured the same whichever came first: what they share
 * by words, letters and runs, and what they say differently.
 */
import { type Documents, type DocumentTerms, type Query, termFlags } from '../candidates.ts'
import { type Conflicts, conflictsOf } from '../explain/conflicts.ts'
import { isContent, isGram, isNumber, type Reading, readMatch, type Sequence } from '../explain/reading.ts'

const { LINK, NAME } = termFlags

/** One number each, 0 to 1 unless said otherwise. `Short` and `Long`: share of the shorter and of the longer message. */
export const likenessNames = [
  'wordsShort',
  'wordsLong',
  'wordsBoth',
  'lettersShort',
  'lettersBoth',
  'runShort',
  'runLong',
  /** Weight of what both have, as its log over ten words. */
  'evidence',
  /** Share of the rarest three words of either that the other has too. */
  'rarest',
  /** Share of names; half where neither has any. */
  'names',
  'numbers',
] as const
export type LikenessName = (typeof likenessNames)[number]

/** What two messages say otherwise, and a word that stands in the place of another. */
export interface MessageConflicts extends Conflicts {
  words: string[]
}

export interface Likeness {
  row: Float64Array
  reading: Reading
  conflicts: MessageConflicts
  /** Canonical addresses of one page that both have. */
  links: number
  /** Words that say something, of the message with fewer of them. */
  words: number
  /** Such words in both. */
  shared: number
}

/** As if so many messages more were held, in which every word is as rare as in a language: few tips tell nothing of rarity. */
const prior = { messages: 2_000, having: 4 } as const

/** Weight of a word by how many messages have it. */
function weightOf(term: number, documents: Documents): number {
  const { size } = documents
  const having = term < 0 ? 0 : Math.max(0, (size + 1) / Math.exp(documents.idf(term)) - 0.5)
  return Math.log((size + prior.messages) / (having + prior.having))
}

/** Letters of a text that are compared by triples. */
const lettersMax = 600

/** The message laid out once, to be compared with many. */
export interface Laid {
  query: Query
  message: Sequence
  letters: ReadonlySet<string>
  links: ReadonlySet<number>
}

export function layOut(query: Query, message: Sequence): Laid {
  const links = new Set<number>()
  for (let at = 0; at < query.count; at++) {
    if ((query.flags[at]! & LINK) !== 0 && query.terms[at]! >= 0) links.add(query.terms[at]!)
  }
  return { query, message, letters: triplesOf(query.text), links }
}

export function likenessOf(laid: Laid, documents: Documents, doc: number, terms: DocumentTerms): Likeness {
  documents.readTerms(doc, terms)
  const reading = readMatch(laid.query, laid.message, documents, doc, terms)
  const conflicts = conflictsEitherWay(reading)
  const one = massOf(reading.message, documents)
  const other = massOf(reading.claim, documents)
  const shared = new Map([...one.weights].filter(([term]) => other.weights.has(term)))
  const sharedMass = sum(shared.values())
  const [least, most] = [Math.min(one.mass, other.mass), Math.max(one.mass, other.mass)]
  const letters = triplesOf(documents.text(doc, 'claim'))
  const common = laid.letters.intersection(letters).size
  const run = runOf(reading.message, reading.claim, documents)
  const union = one.mass + other.mass - sharedMass
  const names = new Set([...one.names, ...other.names])
  const numbers = new Set([...one.numbers, ...other.numbers])
  const shareIn = (all: ReadonlySet<number>) =>
    all.size === 0 ? 0.5 : [...all].filter((term) => shared.has(term)).length / all.size
  return {
    row: Float64Array.of(
      share(sharedMass, least),
      share(sharedMass, most),
      share(sharedMass, union),
      share(common, Math.min(laid.letters.size, letters.size)),
      share(common, laid.letters.size + letters.size - common),
      share(run, least),
      share(run, most),
      Math.min(1.5, Math.log1p(sharedMass) / Math.log1p(60)),
      (rarestShared(one.weights, shared) + rarestShared(other.weights, shared)) / 2,
      shareIn(names),
      shareIn(numbers),
    ),
    reading,
    conflicts,
    links: linksShared(laid, terms),
    words: Math.min(one.weights.size, other.weights.size),
    shared: shared.size,
  }
}

/** Neither message is the claim that the other is held against: what differs is looked for both ways. */
function conflictsEitherWay(reading: Reading): MessageConflicts {
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
  return {
    negation: either('negation'),
    numbers: either('numbers'),
    names: isOneSpelling(names) ? swappedNames(reading) : names,
    words: exchangedWords(reading),
  }
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

interface Mass {
  weights: Map<number, number>
  mass: number
  names: number[]
  numbers: number[]
}

function massOf(sequence: Sequence, documents: Documents): Mass {
  const found: Mass = { weights: new Map(), mass: 0, names: [], numbers: [] }
  for (let at = 0; at < sequence.count; at++) {
    const term = sequence.terms[at]!
    const flags = sequence.flags[at]!
    if (!isContent(flags) || found.weights.has(term)) continue
    const weight = weightOf(term, documents)
    found.weights.set(term, weight)
    found.mass += weight
    if (isNumber(flags)) found.numbers.push(term)
    else if ((flags & NAME) !== 0) found.names.push(term)
  }
  return found
}

function rarestShared(weights: ReadonlyMap<number, number>, shared: ReadonlyMap<number, number>): number {
  const rarest = [...weights].sort(([a, x], [b, y]) => y - x || a - b).slice(0, 3)
  return share(
    sum(rarest.filter(([term]) => shared.has(term)).map(([, weight]) => weight)),
    sum(rarest.map(([, weight]) => weight)),
  )
}

function linksShared({ links }: Laid, { count, terms, flags }: DocumentTerms): number {
  let shared = 0
  for (let at = 0; at < count; at++) if ((flags[at]! & LINK) !== 0 && links.has(terms[at]!)) shared++
  return shared
}

/** Weight of the heaviest stretch that both have word for word. */
function runOf(a: Sequence, b: Sequence, documents: Documents): number {
  const columns = Math.min(b.count, 300)
  let before = new Float64Array(columns + 1)
  let here = new Float64Array(columns + 1)
  let best = 0
  for (let row = 0; row < Math.min(a.count, 300); row++) {
    const term = a.terms[row]!
    const weight = isContent(a.flags[row]!) ? weightOf(term, documents) : 0.01
    for (let at = 0; at < columns; at++) {
      const run = term === b.terms[at] ? before[at]! + weight : 0
      here[at + 1] = run
      if (run > best) best = run
    }
    ;[before, here] = [here, before]
  }
  return best
}

/** Triples of letters, case and marks aside: what small slips of the hand leave alike. */
export function triplesOf(text: string): Set<string> {
  const letters = text
    .replace(/https?:\/\/\S+/gi, ' ')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .match(/[\p{L}\p{N}]+/gu)
  const line = ` ${(letters ?? []).join(' ')} `.slice(0, lettersMax)
  const triples = new Set<string>()
  for (let at = 0; at + 2 < line.length; at++) triples.add(line.slice(at, at + 3))
  return triples
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

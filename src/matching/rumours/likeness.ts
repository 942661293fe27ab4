/**
 * tip → GROUP: two messages side by side, both short and noisy, measured the same whichever came first: what they share
 * by words, letters and runs, and what they say differently.
 */
import { type Documents, type DocumentTerms, type Query, termFlags } from '../candidates.ts'
import { isContent, isGram, isNumber, type Reading, readMatch, type Sequence } from '../explain/reading.ts'
import { type MessageConflicts, messageConflictsOf } from './message-conflicts.ts'

const { LINK, NAME } = termFlags

/**
 * One number each, and whether the sureness may only rise with it. `Short` and `Long`: share of the shorter and of the
 * longer message.
 */
export const likenessTable = [
  ['wordsShort', 'rises'],
  ['wordsLong', 'rises'],
  ['wordsBoth', 'rises'],
  ['lettersShort', 'rises'],
  ['lettersBoth', 'rises'],
  ['runShort', 'rises'],
  ['runLong', 'rises'],
  /** Weight of what both have, as its log over that of ten words. */
  ['evidence', 'rises'],
  /** Share of the rarest three words of either that the other has too. */
  ['rarest', 'rises'],
  /** Share of names, and of numbers; half where both have none. */
  ['names', 'free'],
  ['numbers', 'free'],
  /** Words that say something: in both, in the shorter, in the longer. */
  ['shared', 'free'],
  ['wordsOfShort', 'free'],
  ['wordsOfLong', 'free'],
  /** Share of what both have that is pieces of a script without spaces. */
  ['pieces', 'free'],
  ['namesDiffer', 'free'],
  ['numbersDiffer', 'free'],
  ['negationDiffers', 'free'],
  ['wordsDiffer', 'free'],
] as const
export type LikenessName = (typeof likenessTable)[number][0]
export const likenessNames = likenessTable.map(([name]): LikenessName => name)

export interface Likeness {
  row: Float32Array
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
  const conflicts = messageConflictsOf(reading)
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
    row: Float32Array.of(
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
      shared.size,
      Math.min(one.weights.size, other.weights.size),
      Math.max(one.weights.size, other.weights.size),
      share([...one.pieces].filter((term) => shared.has(term)).length, shared.size),
      Number(conflicts.names.length > 0),
      Number(conflicts.numbers.length > 0),
      Number(conflicts.negation.length > 0),
      Number(conflicts.words.length > 0),
    ),
    reading,
    conflicts,
    links: linksShared(laid, terms),
    words: Math.min(one.weights.size, other.weights.size),
    shared: shared.size,
  }
}

interface Mass {
  weights: Map<number, number>
  mass: number
  names: number[]
  numbers: number[]
  pieces: Set<number>
}

function massOf(sequence: Sequence, documents: Documents): Mass {
  const found: Mass = { weights: new Map(), mass: 0, names: [], numbers: [], pieces: new Set() }
  for (let at = 0; at < sequence.count; at++) {
    const term = sequence.terms[at]!
    const flags = sequence.flags[at]!
    if (!isContent(flags) || found.weights.has(term)) continue
    const weight = weightOf(term, documents)
    found.weights.set(term, weight)
    found.mass += weight
    if (isGram(flags)) found.pieces.add(term)
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

/** Why a review matches, from what ranking compared: the last step before a person reads it. */
import type { Why, WhyKind } from '#domain/message.ts'
import { areAlike, letterPairs } from '../alike.ts'
import { type Documents, type Query, termFlags } from '../candidates.ts'
import type { Conflicts } from './conflicts.ts'
import { isContent, isGram, isNumber, type Reading, type Sequence } from './reading.ts'

const { NAME, LINK } = termFlags

/** At most so many pieces in one reason, so that a person reads them. */
export const termsMax = 8
/** Share of shingles in common from which a message is called the same text, and least terms in a row to show for it. */
const near = { shareMin: 0.6, runMin: 4 }
/** Longest piece that is cited for a near-duplicate, in UTF-16 units. */
const citedMax = 120

/** Reasons, strongest kind first; every term is a piece of the message, or of the claim where it differs. */
export function explain(
  query: Query,
  reading: Reading,
  documents: Documents,
  nearScore: number,
  conflicts: Conflicts,
): Why[] {
  const reasons: Why[] = []
  const add = (kind: WhyKind, terms: string[]) => {
    if (terms.length > 0) reasons.push({ kind, terms: terms.slice(0, termsMax) })
  }
  const shared = sharedPieces(query, reading, documents)
  if (nearScore >= near.shareMin) add('near-duplicate', longestRun(query, reading))
  add('link', linksOf(query, reading))
  add('names', shared.names)
  add('numbers', shared.numbers)
  add('words', shared.words)
  if (shared.words.length + shared.names.length < 3) add('letters', alikeWords(reading))
  add('negation-differs', conflicts.negation)
  add('numbers-differ', conflicts.numbers)
  add('names-differ', conflicts.names)
  return reasons
}

interface Piece {
  start: number
  end: number
  weight: number
  kind: 'names' | 'numbers' | 'words'
}

/** Shared terms as written in the message, rarest first, neighbours of one name or of one run of Chinese or Thai joined. */
function sharedPieces(query: Query, reading: Reading, documents: Documents): Record<Piece['kind'], string[]> {
  const seen = new Set<number>()
  const pieces: Piece[] = []
  for (let at = 0; at < query.count; at++) {
    const term = query.terms[at]!
    const flags = query.flags[at]!
    if (!reading.reviewTerms.has(term) || !isContent(flags) || (flags & LINK) !== 0) continue
    const piece: Piece = {
      start: query.starts[at]!,
      end: query.ends[at]!,
      weight: documents.idf(term),
      kind: isNumber(flags) ? 'numbers' : (flags & NAME) !== 0 ? 'names' : 'words',
    }
    if (joinTo(pieces.at(-1), piece, query, flags) || seen.has(term)) continue
    seen.add(term)
    pieces.push(piece)
  }
  pieces.sort((a, b) => b.weight - a.weight || a.start - b.start)
  const written = (kind: Piece['kind']) =>
    distinct(
      pieces.filter((piece) => piece.kind === kind),
      query.text,
    )
  return { names: written('names'), numbers: written('numbers'), words: written('words') }
}

/** Lengthens the last piece by the next when they read as one. */
function joinTo(last: Piece | undefined, next: Piece, query: Query, flags: number): boolean {
  if (last === undefined) return false
  if (next.start < last.end) {
    if (!isGram(flags) && next.end <= last.end) return true
    if (!isGram(flags)) return false
  } else {
    const isName = next.kind === 'names' && last.kind === 'names'
    if (!isName || query.text.slice(last.end, next.start) !== ' ') return false
  }
  if (next.end - last.start > 40) return false
  last.end = Math.max(last.end, next.end)
  last.weight = Math.max(last.weight, next.weight)
  return true
}

function distinct(pieces: Piece[], text: string): string[] {
  const byFolded = new Map<string, string>()
  for (const { start, end } of pieces) {
    const piece = text.slice(start, end)
    const folded = piece.toLowerCase()
    if (!byFolded.has(folded)) byFolded.set(folded, piece)
  }
  return [...byFolded.values()]
}

function linksOf(query: Query, reading: Reading): string[] {
  const links: string[] = []
  let given = 0
  for (let at = 0; at < query.count; at++) {
    if ((query.flags[at]! & LINK) === 0) continue
    const written = query.text.slice(query.starts[at], query.ends[at])
    // Links given beside the text stand nowhere in it, and come first among the query's links.
    const link = written === '' ? query.links[given++]! : written
    if (reading.reviewTerms.has(query.terms[at]!)) links.push(link)
  }
  return [...new Set(links)]
}

/** The longest stretch of the message that stands in claim or title, as written, cut at `citedMax`. */
function longestRun(query: Query, { message, claim, title }: Reading): string[] {
  let best = { length: 0, end: 0 }
  for (const other of [claim, title]) {
    const run = commonRun(message, other)
    if (run.length > best.length) best = run
  }
  if (best.length < near.runMin) return []
  const places = sequencePlaces(query)
  const start = query.starts[places[best.end - best.length]!]!
  const cited = query.text.slice(start, query.ends[places[best.end - 1]!]!)
  return [
    cited.length > citedMax
      ? cited.slice(0, citedMax).replace(/\s?\S*$/u, '') || cited.slice(0, citedMax)
      : cited,
  ]
}

function sequencePlaces(query: Query): number[] {
  const places: number[] = []
  for (let at = 0; at < query.count; at++) {
    if ((query.flags[at]! & (termFlags.PART | LINK)) === 0) places.push(at)
  }
  return places
}

/** Longest common run of terms: `end` is after its last place in `a`. */
function commonRun(a: Sequence, b: Sequence): { length: number; end: number } {
  const columns = Math.min(b.count, 200)
  let before = new Uint16Array(columns + 1)
  let here = new Uint16Array(columns + 1)
  const best = { length: 0, end: 0 }
  for (let row = 0; row < a.count; row++) {
    for (let at = 0; at < columns; at++) {
      const length = a.terms[row] === b.terms[at] ? before[at]! + 1 : 0
      here[at + 1] = length
      if (length > best.length) {
        best.length = length
        best.end = row + 1
      }
    }
    ;[before, here] = [here, before]
  }
  return best
}

/** Words of the message that the review spells in another way: "vacine" for "vaccine". */
function alikeWords({ message, claim, title, messageTerms, reviewTerms }: Reading): string[] {
  const others: Set<string>[] = []
  for (const sequence of [claim, title]) {
    for (let at = 0; at < Math.min(sequence.count, 60); at++) {
      const term = sequence.terms[at]!
      if (messageTerms.has(term) || !isContent(sequence.flags[at]!)) continue
      others.push(letterPairs(sequence.written(at)))
    }
  }
  const alike = new Set<string>()
  for (let at = 0; at < Math.min(message.count, 300) && alike.size < termsMax; at++) {
    if (reviewTerms.has(message.terms[at]!) || !isContent(message.flags[at]!)) continue
    const written = message.written(at)
    const letters = letterPairs(written)
    if (written.length >= 4 && others.some((other) => areAlike(letters, other))) alike.add(written)
  }
  return [...alike]
}

/**
 * tip → GROUP: many near-equal messages taken together. Side by side, any two of a flood look like two claims: each has its
 * own slip of the hand, counter or remark. What most of them say is seen only in all of them, and a message is one of them
 * that says all of that and puts nothing in the place of anything.
 */
import { termFlags } from '../candidates.ts'
import { isContent, isNumber, type Sequence } from '../explain/reading.ts'
import { slipsBetween } from './message-conflicts.ts'

export const crowdLimits = {
  /** Fewer near-equal messages are no crowd. */
  messagesMin: 5,
  /** What more than this share of them says, the crowd says: of two halves that each name another town, neither. */
  coreAbove: 0.5,
  /** Share of them that has nothing at a place: what others put there is a remark. */
  bareMin: 0.25,
  /** So many different numbers before or after one text are a counter. Within it they are claims, however many. */
  numbersMin: 6,
  /** Share of its words that a message may leave out. */
  missingMax: 0.34,
  /** So many different beginnings or ends of one text are remarks, too. */
  remarksMin: 10,
  /** Letters from which a word with its first letter right may have two slips of the hand. */
  twoSlipsLength: 6,
  /** Letters from which a denial may be mistyped. */
  denialLength: 4,
  /** Pairs of words that are counted of one rumour. */
  pairsMax: 5_000,
} as const

/** A word, as written but for its case. */
export interface Piece {
  word: string
  /** Says nothing by itself: it is not missed where it lacks, and in the way of nothing. */
  isStop: boolean
  isDenial: boolean
  isNumber: boolean
}

export function piecesOf(sequence: Sequence): Piece[] {
  return Array.from({ length: sequence.count }, (_, at) => {
    const flags = sequence.flags[at]!
    const isDenial = (flags & termFlags.NEGATION) !== 0
    const word = sequence.written(at).toLowerCase()
    return {
      word,
      isStop: !isContent(flags) && !isDenial,
      isDenial,
      isNumber: isNumber(flags) || /\p{N}/u.test(word),
    }
  })
}

const start: Piece = { word: '^', isStop: true, isDenial: false, isNumber: false }
const end: Piece = { word: '$', isStop: true, isDenial: false, isNumber: false }

/** How many messages say a word, and how many one word right after another, the stop words between them counted or not. */
export class Crowd {
  messages = 0
  readonly #words = new Map<string, { count: number; piece: Piece }>()
  readonly #next = new Map<string, Map<string, { count: number; isNumber: boolean }>>()
  #pairs = 0

  add(pieces: readonly Piece[]): void {
    this.messages++
    for (const [word, piece] of new Map(pieces.map((one) => [one.word, one]))) this.#count(word, piece, 1)
    const lines = [pieces, pieces.filter(({ isStop }) => !isStop)].map((line) => [start, ...line, end])
    const pairs = new Map<string, [Piece, Piece]>()
    for (const line of lines) {
      for (const [at, piece] of line.slice(1).entries()) {
        pairs.set(`${line[at]!.word} ${piece.word}`, [line[at]!, piece])
      }
    }
    for (const [from, to] of pairs.values()) this.#countPair(from.word, to.word, to.isNumber, 1)
  }

  addAll(other: Crowd): void {
    this.messages += other.messages
    for (const [word, { count, piece }] of other.#words) this.#count(word, piece, count)
    for (const [from, nexts] of other.#next) {
      for (const [to, { count, isNumber: number }] of nexts) this.#countPair(from, to, number, count)
    }
  }

  #count(word: string, piece: Piece, count: number): void {
    const known = this.#words.get(word)
    if (known) known.count += count
    else if (this.#words.size < crowdLimits.pairsMax) this.#words.set(word, { count, piece })
  }

  #countPair(from: string, to: string, number: boolean, count: number): void {
    const nexts = this.#next.get(from) ?? new Map<string, { count: number; isNumber: boolean }>()
    const known = nexts.get(to)
    if (known) known.count += count
    else if (this.#pairs < crowdLimits.pairsMax) {
      this.#pairs++
      nexts.set(to, { count, isNumber: number })
      this.#next.set(from, nexts)
    }
  }

  /** Whether a message says what the crowd says, and nothing else in the place of it. Always false below the least crowd. */
  fits(pieces: readonly Piece[]): boolean {
    if (this.messages < crowdLimits.messagesMin) return false
    const core = this.#core()
    const heard = this.#heard(pieces, core)
    if (heard === null) return false
    const words = [...core.values()].filter(({ isStop }) => !isStop)
    const missing = words.filter(({ word }) => !heard.has(word))
    return (
      missing.length <= words.length * crowdLimits.missingMax &&
      !missing.some((one) => one.isDenial || one.isNumber)
    )
  }

  /** Words of the crowd that a message says, well or badly typed; null where it puts another in the place of one. */
  #heard(pieces: readonly Piece[], core: ReadonlyMap<string, Piece>): Set<string> | null {
    const written = new Set(pieces.map(({ word }) => word))
    const absent = [...core.values()].filter(({ word }) => !written.has(word))
    const heard = new Set<string>()
    let before = start
    /** The last one before that is no stop word. */
    let said = start
    let own: Piece[] = []
    for (const [at, piece] of [...pieces, end].entries()) {
      // Within a remark a stop word is the remark's, and so is a word of the crowd that was said before.
      if (piece.isStop && piece !== end && own.length > 0) continue
      const isOwn = piece !== end && (!core.has(piece.word) || (own.length > 0 && heard.has(piece.word)))
      const meant = isOwn ? meantBy(piece, [...absent, ...this.#usualAfter(before, core)]) : piece
      if (meant === null) {
        if (!piece.isStop) own.push(piece)
        continue
      }
      if (!this.#mayStand(own, before, meant) && !this.#mayStand(own, said, meant)) {
        // What follows where many messages end is a remark, whatever words it has.
        return this.#mayStand([...own, ...pieces.slice(at)], said, end) ? heard : null
      }
      heard.add(meant.word)
      own = []
      before = meant
      if (!meant.isStop) said = meant
    }
    return heard
  }

  #core(): Map<string, Piece> {
    const above = this.messages * crowdLimits.coreAbove
    return new Map(
      [...this.#words].flatMap(([word, { count, piece }]) => (count > above ? [[word, piece]] : [])),
    )
  }

  #usualAfter({ word }: Piece, core: ReadonlyMap<string, Piece>): Piece[] {
    const above = this.messages * crowdLimits.coreAbove
    return [...(this.#next.get(word) ?? [])].flatMap(([next, { count }]) =>
      count > above && core.has(next) ? [core.get(next)!] : [],
    )
  }

  /**
   * Own words between two words of the crowd: where many have nothing; and before or after all of it, where very many have
   * something else each, or another number.
   */
  #mayStand(own: readonly Piece[], before: Piece, after: Piece): boolean {
    if (own.length === 0) return true
    if (own.some(({ isDenial }) => isDenial)) return false
    const nexts = [...(this.#next.get(before.word) ?? [])]
    const bare = nexts.find(([word]) => word === after.word)?.[1].count ?? 0
    if (bare >= this.messages * crowdLimits.bareMin) return true
    if (before !== start && after !== end) return false
    if (nexts.length > crowdLimits.remarksMin) return true
    const numbers = nexts.filter(([, next]) => next.isNumber)
    return own.some((piece) => piece.isNumber) && numbers.length + 1 >= crowdLimits.numbersMin
  }
}

/** The word of the crowd that a message has mistyped. */
function meantBy(own: Piece, words: readonly Piece[]): Piece | null {
  return words.find((word) => isMistyped(own, word)) ?? null
}

/** "now" is not "not" mistyped, nor "ever" "never": what denies is long and keeps its first letter. A number is never mistyped. */
function isMistyped(own: Piece, meant: Piece): boolean {
  if (own.isNumber || meant.isNumber) return false
  const [one, other] = [own.word, meant.word]
  const isDenial = own.isDenial || meant.isDenial
  if (isDenial && (other.length < crowdLimits.denialLength || one[0] !== other[0])) return false
  const isLong = other.length >= crowdLimits.twoSlipsLength && one[0] === other[0]
  const slipsMax = isLong && !isDenial ? 2 : 1
  return Math.abs(one.length - other.length) <= slipsMax && slipsBetween(one, other) <= slipsMax
}

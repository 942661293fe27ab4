/**
 * A message that says a claim over again but for little, and the two laid side by side: what stands in the gaps is what the
 * message says otherwise. A "not" or a name put in the place of another counts. A plain word does not: of 89 answers of the
 * train splits with one exchanged ("tiny" for "small"), 70 are right all the same, and to tell which takes knowing what words mean.
 */

import { areAlike, letterPairs } from '../alike.ts'
import { termFlags } from '../candidates.ts'
import { isContent, isNumber, type Reading, type Sequence } from './reading.ts'

const { NAME, NEGATION } = termFlags

/**
 * `toldMin`: share of the words of either that the other has in the same order, from which a message is the claim over again;
 * `gapMax`: terms of one gap; `termsMax`: terms of a text.
 */
const limits = { toldMin: 0.75, gapMax: 3, termsMax: 400 } as const

export interface Retold {
  negation: string[]
  names: string[]
}

/** Places between two pairs of equal terms. */
interface Gap {
  message: number[]
  claim: number[]
  /** Whether equal terms stand on both sides. */
  isInside: boolean
}

/** Pieces as written, first the message's and then the claim's; empty when nothing differs, or when it is not the claim over again. */
export function differencesOf({ message, claim, messageTerms }: Reading): Retold {
  const found: Retold = { negation: [], names: [] }
  if (!mayBeRetold(message, claim, messageTerms)) return found
  const pairs = commonPlaces(message, claim)
  if (!isRetold(message, claim, pairs)) return found
  const [from, to] = [pairs[0]![0], pairs.at(-1)![0] + 1]
  const deniesMore = countOf(message, denies, from, to) !== countOf(claim, denies)
  const words = { inMessage: messageTerms, inClaim: new Set(claim.terms), isSmall: isAllSmall(message) }
  for (const gap of gapsOf(message, claim, pairs)) {
    if (found.negation.length === 0 && deniesMore) found.negation = denialIn(message, claim, gap)
    if (found.names.length === 0) found.names = namesIn(message, claim, gap, words)
  }
  return found
}

function mayBeRetold(message: Sequence, claim: Sequence, messageTerms: ReadonlySet<number>): boolean {
  if (message.count > limits.termsMax || claim.count > limits.termsMax) return false
  const shared = countOf(claim, (_, at) => says(claim, at) && messageTerms.has(claim.terms[at]!))
  return shared >= 2 && shared >= limits.toldMin * countOf(claim, says)
}

type Pairs = readonly (readonly [message: number, claim: number])[]

function isRetold(message: Sequence, claim: Sequence, pairs: Pairs): boolean {
  const told = pairs.filter(([, at]) => says(claim, at)).length
  if (told < 2) return false
  const own = countOf(message, says, pairs[0]![0], pairs.at(-1)![0] + 1)
  const others = countOf(claim, says)
  return told >= limits.toldMin * Math.max(own, others)
}

/** A "not" in one of them alone, with nothing else in the gap that says something. */
function denialIn(message: Sequence, claim: Sequence, gap: Gap): string[] {
  if (!gap.isInside) return []
  const own = gap.message.find((at) => denies(message, at))
  const other = gap.claim.find((at) => denies(claim, at))
  if ((own === undefined) === (other === undefined)) return []
  const saysElse =
    gap.message.some((at) => says(message, at) && !denies(message, at)) ||
    gap.claim.some((at) => says(claim, at) && !denies(claim, at))
  if (saysElse) return []
  return [own === undefined ? claim.written(other!) : message.written(own)]
}

/** One name in the place of one other. What opens a text has a capital anyway; a message all in small letters has none at all. */
function namesIn(
  message: Sequence,
  claim: Sequence,
  gap: Gap,
  words: { inMessage: ReadonlySet<number>; inClaim: ReadonlySet<number>; isSmall: boolean },
): string[] {
  const [own, more] = gap.message.filter((at) => says(message, at))
  const [other, others] = gap.claim.filter((at) => says(claim, at))
  if (own === undefined || other === undefined || more !== undefined || others !== undefined) return []
  if (words.inClaim.has(message.terms[own]!) || words.inMessage.has(claim.terms[other]!)) return []
  if (isNumber(message.flags[own]!) || isNumber(claim.flags[other]!)) return []
  if (!isCapital(claim, other) || !(words.isSmall || isCapital(message, own))) return []
  const pieces = [message.written(own), claim.written(other)] as const
  return areAlike(letterPairs(pieces[0]), letterPairs(pieces[1])) ? [] : [...pieces]
}

function says(sequence: Sequence, at: number): boolean {
  return isContent(sequence.flags[at]!)
}

function denies(sequence: Sequence, at: number): boolean {
  return (sequence.flags[at]! & NEGATION) !== 0
}

/** A name, or any word with a capital that does not open the text: of headlines no more is known. */
function isCapital(sequence: Sequence, at: number): boolean {
  return (sequence.flags[at]! & NAME) !== 0 || (at > 0 && /^\p{Lu}\p{Ll}/u.test(sequence.written(at)))
}

function isAllSmall(sequence: Sequence): boolean {
  return countOf(sequence, (_, at) => /\p{Lu}/u.test(sequence.written(at))) === 0
}

function countOf(
  sequence: Sequence,
  counts: (sequence: Sequence, at: number) => boolean,
  from = 0,
  to = sequence.count,
): number {
  let count = 0
  for (let at = from; at < to; at++) if (counts(sequence, at)) count++
  return count
}

/** Gaps before each pair but the first, and after the last: what a message says before the claim begins is its own. */
function gapsOf(message: Sequence, claim: Sequence, pairs: Pairs): Gap[] {
  const ends: Pairs = [...pairs.slice(1), [message.count, claim.count]]
  return ends.flatMap(([toMessage, toClaim], of) => {
    const [fromMessage, fromClaim] = pairs[of]!
    const sizes = [toMessage - fromMessage - 1, toClaim - fromClaim - 1] as const
    if (Math.max(...sizes) > limits.gapMax) return []
    const places = (from: number, size: number) => Array.from({ length: size }, (_, at) => from + 1 + at)
    return {
      message: places(fromMessage, sizes[0]),
      claim: places(fromClaim, sizes[1]),
      isInside: of + 1 < ends.length,
    }
  })
}

/** Places of the longest sequence of terms that both have in the same order. */
function commonPlaces(a: Sequence, b: Sequence): Pairs {
  const width = b.count + 1
  const longest = new Uint16Array((a.count + 1) * width)
  for (let one = a.count - 1; one >= 0; one--) {
    for (let two = b.count - 1; two >= 0; two--) {
      const here = one * width + two
      longest[here] =
        a.terms[one] === b.terms[two]
          ? longest[here + width + 1]! + 1
          : Math.max(longest[here + width]!, longest[here + 1]!)
    }
  }
  const pairs: [number, number][] = []
  for (let one = 0, two = 0; one < a.count && two < b.count; ) {
    const here = one * width + two
    if (a.terms[one] === b.terms[two]) pairs.push([one++, two++])
    else if (longest[here + width]! >= longest[here + 1]!) one++
    else two++
  }
  return pairs
}

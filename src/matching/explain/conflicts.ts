/**
 * What a message and a claim say differently at the same place: another number, another name, a "not" that only one of
 * them has. Compared against the claim alone: headlines of reviews deny what they answer ("No, X did not …").
 */
import { termFlags } from '../candidates.ts'
import { isContent, isNumber, type Reading, type Sequence } from './reading.ts'
import { differencesOf } from './side-by-side.ts'

const { NAME, NEGATION } = termFlags

/** Pieces as written, first the message's and then the claim's; empty when nothing differs. */
export interface Conflicts {
  negation: string[]
  numbers: string[]
  names: string[]
}

/** How many places to either side count as "the same place". */
const reach = { number: 3, name: 2, negation: 3 }
/** Differing pieces of one message that are looked at. */
const piecesMax = 100

export function conflictsOf(reading: Reading): Conflicts {
  const shared = (term: number) => reading.messageTerms.has(term) && reading.reviewTerms.has(term)
  const retold = differencesOf(reading)
  return {
    negation: oneOf(negationConflict(reading, shared), retold.negation),
    numbers: numberConflict(reading, shared),
    names: oneOf(nameConflict(reading, shared), retold.names),
  }
}

function oneOf(found: string[], other: string[]): string[] {
  return found.length > 0 ? found : other
}

type IsShared = (term: number) => boolean

/** Terms that both texts have, within `reach` places of one place. */
function sharedAround(sequence: Sequence, place: number, reach: number, isShared: IsShared): Set<number> {
  const around = new Set<number>()
  for (let at = Math.max(0, place - reach); at <= Math.min(sequence.count - 1, place + reach); at++) {
    if (at !== place && isContent(sequence.flags[at]!) && isShared(sequence.terms[at]!))
      around.add(sequence.terms[at]!)
  }
  return around
}

function placesOf(sequence: Sequence, wanted: (place: number) => boolean): number[] {
  const places: number[] = []
  for (let at = 0; at < sequence.count && places.length < piecesMax; at++) if (wanted(at)) places.push(at)
  return places
}

function numberConflict(
  { message, claim, messageTerms, reviewTerms }: Reading,
  isShared: IsShared,
): string[] {
  const claims = placesOf(claim, (at) => isNumber(claim.flags[at]!) && !messageTerms.has(claim.terms[at]!))
  if (claims.length === 0) return []
  const messages = placesOf(
    message,
    (at) => isNumber(message.flags[at]!) && !reviewTerms.has(message.terms[at]!),
  )
  for (const own of claims) {
    const around = sharedAround(claim, own, reach.number, isShared)
    for (const other of messages) {
      if (kindOfNumber(claim.number(own)) !== kindOfNumber(message.number(other))) continue
      const common = sharedAround(message, other, reach.number, isShared)
      if (around.isDisjointFrom(common)) continue
      return [message.written(other), claim.written(own)]
    }
  }
  return []
}

function kindOfNumber(value: string | null): 'percent' | 'date' | 'year' | 'count' {
  if (value === null) return 'count'
  if (value.endsWith('%')) return 'percent'
  if (value.includes('-', 1)) return 'date'
  return /^(?:1[89]|20)\d\d$/.test(value) ? 'year' : 'count'
}

function nameConflict({ message, claim, messageTerms, reviewTerms }: Reading, isShared: IsShared): string[] {
  const claims = placesOf(claim, (at) => !messageTerms.has(claim.terms[at]!) && hasCapital(claim, at))
  if (claims.length === 0) return []
  const messages = placesOf(
    message,
    (at) =>
      isContent(message.flags[at]!) && !isNumber(message.flags[at]!) && !reviewTerms.has(message.terms[at]!),
  )
  for (const own of claims) {
    const isPart = touchesSharedName(claim, own, isShared)
    for (const other of messages) {
      const isNameThere = isName(message, other)
      // What opens a sentence has a capital anyway: one of the two must be a name for sure.
      if (!isName(claim, own) && !isNameThere) continue
      const differs = isPart
        ? isNameThere &&
          touchesSharedName(message, other, isShared) &&
          standsBeside(claim, own, message, other)
        : stands(claim, own, message, other, hasCapital(message, other), isShared)
      if (differs) return [message.written(other), claim.written(own)]
    }
  }
  return []
}

function isName(sequence: Sequence, place: number): boolean {
  return (sequence.flags[place]! & NAME) !== 0 && !isNumber(sequence.flags[place]!)
}

function hasCapital(sequence: Sequence, place: number): boolean {
  if (isName(sequence, place)) return true
  return isContent(sequence.flags[place]!) && /^\p{Lu}\p{Ll}/u.test(sequence.written(place))
}

/** Part of a longer name that both texts have: "Donald" before a Trump that both name is no conflict by itself. */
function touchesSharedName(sequence: Sequence, place: number, isShared: IsShared): boolean {
  return [place - 1, place + 1].some(
    (at) =>
      at >= 0 && at < sequence.count && (sequence.flags[at]! & NAME) !== 0 && isShared(sequence.terms[at]!),
  )
}

/** Whether two places stand on the same side of the same word: "Donald Trump" and "Donald Tusk". */
function standsBeside(a: Sequence, atA: number, b: Sequence, atB: number): boolean {
  const before = atA > 0 && atB > 0 && a.terms[atA - 1] === b.terms[atB - 1]
  const after = atA + 1 < a.count && atB + 1 < b.count && a.terms[atA + 1] === b.terms[atB + 1]
  return (before || after) && a.written(atA).length > 2 && b.written(atB).length > 2
}

/** Whether two places have the same neighbours: on both sides, or on one side when both are names. */
function stands(
  a: Sequence,
  atA: number,
  b: Sequence,
  atB: number,
  bothNames: boolean,
  isShared: IsShared,
): boolean {
  const before = sameNeighbour(a, atA, b, atB, -1, isShared)
  const after = sameNeighbour(a, atA, b, atB, 1, isShared)
  return (before && after) || (bothNames && (before || after))
}

function sameNeighbour(
  a: Sequence,
  atA: number,
  b: Sequence,
  atB: number,
  step: -1 | 1,
  isShared: IsShared,
): boolean {
  const first = nextContent(a, atA, step)
  const second = nextContent(b, atB, step)
  return first !== null && first === second && isShared(first)
}

/** The nearest term that says something, at most `reach.name` places away. */
function nextContent(sequence: Sequence, place: number, step: -1 | 1): number | null {
  for (
    let at = place + step, left = reach.name;
    left > 0 && at >= 0 && at < sequence.count;
    at += step, left--
  ) {
    if (isContent(sequence.flags[at]!)) return sequence.terms[at]!
  }
  return null
}

/** A denial counts only where it stands: beside words that both texts have, and denied in one of them alone. */
function negationConflict({ message, claim }: Reading, isShared: IsShared): string[] {
  const claimDenials = denialsOf(claim).filter((at) => !isVerdict(claim, at))
  const messageDenials = denialsOf(message)
  const deniedBy = (sequence: Sequence, places: number[]) => {
    const denied = new Map<number, number>()
    for (const place of places) {
      for (const term of sharedAround(sequence, place, reach.negation, isShared)) denied.set(term, place)
    }
    return denied
  }
  const byClaim = deniedBy(claim, claimDenials)
  const byMessage = deniedBy(message, messageDenials)
  if (messageDenials.length === 0 && byClaim.size > 0) return [claim.written([...byClaim.values()][0]!)]
  if (claimDenials.length === 0 && byMessage.size > 1) {
    const inClaim = new Set(claim.terms)
    const denied = [...byMessage].filter(([term]) => inClaim.has(term))
    if (denied.length > 1) return [message.written(denied[0]![1])]
  }
  return []
}

function denialsOf(sequence: Sequence): number[] {
  return placesOf(sequence, (at) => (sequence.flags[at]! & NEGATION) !== 0)
}

/** "No, …" at the start and NOT in capitals are a reviewer's answer, not part of what was claimed. */
function isVerdict(sequence: Sequence, place: number): boolean {
  const written = sequence.written(place)
  return (
    place === 0 ||
    (written.length > 2 && written === written.toUpperCase() && written !== written.toLowerCase())
  )
}

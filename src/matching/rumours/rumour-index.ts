/**
 * tip → GROUP: open rumours by some of their messages, to be asked which of them a new message belongs to. Holds texts
 * in memory and writes nothing anywhere; what is dropped is overwritten when the index next tidies itself.
 */
import type { Message, Why } from '#domain/message.ts'
import { type Query, scoreSlots } from '../candidates.ts'
import { explain } from '../explain/explain.ts'
import { messageSequence } from '../explain/reading.ts'
import { createIndex, type ReviewIndex } from '../index/review-index.ts'
import { languageOf } from '../text/language.ts'
import { comparedOf } from './compared-text.ts'
import { Crowd, type Piece, piecesOf } from './crowd.ts'
import { type Likeness, layOut, likenessNames, likenessOf, triplesOf } from './likeness.ts'
import { isHeldApart, likenessThresholds, type Sureness, surenessOf } from './likeness-rule.ts'

export const rumourIndexLimits = {
  /** Messages held of one rumour: those that say it differently. */
  messagesMax: 6,
  /** Found by words and by letters, and of those compared closely. */
  candidatesMax: 24,
  comparedMax: 12,
} as const

/** From here on words are worth asking whether one review answers both messages. */
const askedFrom = 0.02

/** From here two messages of a rumour say it in the same words: one of them is enough. */
const sameWordsMin = 0.8
/** Share of letters in common from which messages are near-equal, and seen together. */
const nearEqualMin = 0.6

/** A rumour that a message may belong to. */
export interface NearRumour {
  rumour: string
  /** Of its messages, the one that is nearest. */
  message: string
  /** That both are of one claim, 0 to 1. */
  confidence: number
  /** Whether they may be joined without a person. */
  same: boolean
  /** Whether what is held of it says nothing else than many near-equal messages, the one asked for among them. */
  inCrowd: boolean
  /** How many messages it was given. */
  given: number
  why: Why[]
}

/** The nearest of those that say nothing otherwise is joined; without one, the nearest is suggested. Null: neither. */
export function decideGrouping(near: readonly NearRumour[]): Decided | null {
  const nearest = near.find((found) => found.same)
  if (!nearest) return near[0] ? { grouping: 'maybe', near: near[0], also: [] } : null
  const crowd = nearest.inCrowd ? near.filter((found) => found.inCrowd) : [nearest]
  // The others come to the largest: that is the one that people may have in hand.
  const same = crowd.reduce((most, found) => (found.given > most.given ? found : most))
  return {
    grouping: 'same',
    near: same,
    also: crowd.flatMap(({ rumour }) => (rumour === same.rumour ? [] : [rumour])),
  }
}

export interface Decided {
  grouping: 'same' | 'maybe'
  near: NearRumour
  /** Rumours that are one with it: they came before enough of a crowd was there to see so. */
  also: string[]
}

export interface RumourIndex {
  /** Holds a message of a rumour; false when the rumour has enough of them, or one in the same words. */
  hold(rumour: string, message: string, text: Message): boolean
  /** Nothing of the rumour is held afterwards. */
  drop(rumour: string): void
  /** What is held of one rumour is held of the other from now on, as far as that has room. */
  join(rumour: string, into: string): void
  holds(rumour: string): boolean
  /** Every rumour that is near, the nearest first; those for which `without` says true are passed over. */
  find(message: Message, without?: (rumour: string) => boolean): NearRumour[]
  /** Rumours and messages held. */
  readonly size: { rumours: number; messages: number }
}

/** The published reviews that fit a message, and how sure each is, 0 to 1; null: they are not at hand now. */
export type AnswersOf = (message: Message) => readonly { id: string; confidence: number }[] | null

/** @param answersOf asked once of a message while it is held, and only where it may decide; absent: words alone are compared */
export function createRumourIndex(answersOf: AnswersOf = () => null): RumourIndex {
  let index = createIndex()
  let dropped = 0
  const rumours = new Map<string, Map<string, Held>>()
  /** Of rumours that were given more than one message, all of these. */
  const crowds = new Map<string, Crowd>()

  /** Dropped texts stay in the parts of an index until those are written anew: here that is now and then. */
  function tidy(): void {
    if (dropped < tidyAfter + index.size / 4) return
    dropped = 0
    index = createIndex()
    for (const [rumour, messages] of rumours) {
      for (const [message, held] of messages) put(index, rumour, message, held)
    }
  }

  function piecesIn({ text, links }: Held): Piece[] {
    const [query] = index.queries({ text, links, lang: null })
    return query ? piecesOf(messageSequence(query)) : []
  }

  /** All that a rumour was given; of one message alone nothing is kept beside it. */
  function crowdOf(rumour: string): Crowd {
    const known = crowds.get(rumour)
    if (known) return known
    const made = new Crowd()
    for (const held of rumours.get(rumour)?.values() ?? []) made.add(piecesIn(held))
    return made
  }

  function holdOne(rumour: string, message: string, held: Held): boolean {
    const messages = rumours.get(rumour) ?? new Map<string, Held>()
    if (messages.has(message) || messages.size >= rumourIndexLimits.messagesMax) return false
    if ([...messages.values()].some((other) => isInSameWords(held, other))) return false
    messages.set(message, held)
    rumours.set(rumour, messages)
    put(index, rumour, message, held)
    return true
  }

  function drop(rumour: string): void {
    for (const message of rumours.get(rumour)?.keys() ?? []) {
      index.remove(placeOf(rumour, message))
      dropped++
    }
    rumours.delete(rumour)
    crowds.delete(rumour)
    tidy()
  }

  return {
    hold(rumour, message, text) {
      const held = heldOf(text)
      if (rumours.has(rumour)) {
        const crowd = crowdOf(rumour)
        crowd.add(piecesIn(held))
        crowds.set(rumour, crowd)
      }
      return holdOne(rumour, message, held)
    },
    drop,
    join(rumour, into) {
      const messages = [...(rumours.get(rumour) ?? [])]
      const crowd = crowdOf(into)
      crowd.addAll(crowdOf(rumour))
      drop(rumour)
      for (const [message, held] of messages) holdOne(into, message, held)
      crowds.set(into, crowd)
    },
    holds: (rumour) => rumours.has(rumour),
    find: (message, without = () => false) =>
      findIn(index, heldOf(message), {
        without,
        crowdOf: (rumour) => crowds.get(rumour),
        heldOf: (rumour, id) => rumours.get(rumour)!.get(id)!,
        answersOf,
      }),
    get size() {
      return { rumours: rumours.size, messages: index.size }
    },
  }
}

const tidyAfter = 200

interface Held {
  text: string
  links: string[]
  /** How sure each review is that answers it; null until they are asked for. */
  answers: ReadonlyMap<string, number> | null
}

function heldOf(message: Message): Held {
  return { ...comparedOf(message), answers: null }
}

function answersFor(held: Held, answersOf: AnswersOf): ReadonlyMap<string, number> {
  if (held.answers !== null) return held.answers
  const found = answersOf({ text: held.text, links: held.links, lang: null })
  if (found === null) return new Map()
  held.answers = new Map(found.map(({ id, confidence }) => [id, confidence]))
  return held.answers
}

/** How sure it is that one review answers both: as sure as the less sure of the two. */
function answeredAlike(one: Held, other: Held, answersOf: AnswersOf): number {
  const own = answersFor(one, answersOf)
  if (own.size === 0) return 0
  const others = answersFor(other, answersOf)
  return Math.max(0, ...Array.from(own, ([id, sure]) => Math.min(sure, others.get(id) ?? 0)))
}

/** By words, and by reviews where those may decide. */
function sureOf(
  likeness: Likeness,
  one: Held,
  other: Held,
  answersOf: AnswersOf,
): Sureness & { alike: number } {
  const byWords = surenessOf(likeness)
  const isOpen = !byWords.same && byWords.confidence >= askedFrom && !isHeldApart(likeness)
  const alike = isOpen ? answeredAlike(one, other, answersOf) : 0
  return { ...(alike > 0 ? surenessOf(likeness, alike) : byWords), alike }
}

interface Asking {
  without: (rumour: string) => boolean
  /** None where a rumour was given one message alone. */
  crowdOf: (rumour: string) => Crowd | undefined
  heldOf: (rumour: string, message: string) => Held
  answersOf: AnswersOf
}

function put(index: ReviewIndex, rumour: string, message: string, { text, links }: Held): void {
  const none = { title: null, summary: null, body: null, reviewedAt: null }
  index.upsert(placeOf(rumour, message), { ...none, claim: text, lang: languageOf(text), links })
}

function placeOf(rumour: string, message: string): string {
  return `${rumour}/${message}`
}

function isInSameWords(one: Held, other: Held): boolean {
  if (one.links.join() !== other.links.join()) return false
  const [a, b] = [triplesOf(one.text), triplesOf(other.text)]
  const common = a.intersection(b).size
  return common >= sameWordsMin * (a.size + b.size - common)
}

function findIn(index: ReviewIndex, held: Held, asking: Asking): NearRumour[] {
  const [query] = index.queries({ text: held.text, links: held.links, lang: null })
  if (query === undefined) return []
  const { documents } = index
  const sequence = messageSequence(query)
  const laid = layOut(query, sequence)
  const terms = documents.newTerms()
  const near = new Map<string, NearRumour>()
  const blocked = new Set<string>()
  /** What is held of each near-equal rumour. */
  const nearEqual = new Map<string, Piece[][]>()
  for (const { doc, nearness } of candidatesOf(index, query)) {
    const [rumour, message] = documents.id(doc).split('/') as [string, string]
    if (asking.without(rumour)) continue
    const likeness = likenessOf(laid, documents, doc, terms)
    const { answersOf } = asking
    const { confidence, same, alike } = sureOf(likeness, held, asking.heldOf(rumour, message), answersOf)
    if (confidence < likenessThresholds.maybe) continue
    const { reading, conflicts, row } = likeness
    if (row[lettersBoth]! >= nearEqualMin) {
      nearEqual.set(rumour, [...(nearEqual.get(rumour) ?? []), piecesOf(reading.claim)])
    }
    // What one of its messages says otherwise, the rumour says otherwise.
    if (!same && confidence >= likenessThresholds.same) blocked.add(rumour)
    if ((near.get(rumour)?.confidence ?? 0) >= confidence) continue
    const why = explain(query, reading, documents, nearness, conflicts)
    if (alike >= likenessThresholds.maybe) why.unshift({ kind: 'review', terms: [] })
    if (conflicts.words.length > 0) why.push({ kind: 'words-differ', terms: conflicts.words })
    near.set(rumour, { rumour, message, confidence, same, inCrowd: false, given: 0, why })
  }
  const together = crowded(piecesOf(sequence), nearEqual, asking.crowdOf)
  return [...near.values()]
    .map((found) => {
      const given = together.get(found.rumour)
      if (given === undefined) return blocked.has(found.rumour) ? { ...found, same: false } : found
      const why: Why[] = [{ kind: 'crowd', terms: [] }, ...found.why]
      return { ...found, same: true, inCrowd: true, given, why }
    })
    .sort((a, b) => b.confidence - a.confidence || (a.rumour < b.rumour ? -1 : 1))
}

const lettersBoth = likenessNames.indexOf('lettersBoth')

/** Of the near-equal rumours, those that are one crowd with the message, and how many messages each was given. */
function crowded(
  message: Piece[],
  nearEqual: ReadonlyMap<string, Piece[][]>,
  /** None where a rumour was given one message alone. */
  crowdOf: (rumour: string) => Crowd | undefined,
): Map<string, number> {
  const all = new Crowd()
  for (const [rumour, held] of nearEqual) {
    const crowd = crowdOf(rumour)
    if (crowd) all.addAll(crowd)
    else for (const one of held) all.add(one)
  }
  const together = new Map<string, number>()
  if (!all.fits(message)) return together
  for (const [rumour, held] of nearEqual) {
    // What is held is what differs most: a slip too many in one of them is none of the rumour.
    const fitting = held.filter((one) => all.fits(one)).length
    if (fitting * 2 > held.length) together.set(rumour, crowdOf(rumour)?.messages ?? held.length)
  }
  return together
}

const slot = Object.fromEntries(scoreSlots.map((name, at) => [name, at])) as Record<
  (typeof scoreSlots)[number],
  number
>

/** The best by words and letters together, and those that share a link. */
function candidatesOf(index: ReviewIndex, query: Query): { doc: number; nearness: number }[] {
  const { candidatesMax, comparedMax } = rumourIndexLimits
  const { count, docs, scores } = index.candidates(query, candidatesMax)
  const scoreAt = (at: number, of: number) => scores[at * scoreSlots.length + of]!
  const best = (of: number) => {
    let most = Number.EPSILON
    for (let at = 0; at < count; at++) most = Math.max(most, scoreAt(at, of))
    return most
  }
  const [words, grams] = [best(slot.words), best(slot.grams)]
  return Array.from({ length: count }, (_, at) => ({
    doc: docs[at]!,
    nearness: scoreAt(at, slot.near),
    score:
      scoreAt(at, slot.words) / words +
      scoreAt(at, slot.grams) / grams +
      (scoreAt(at, slot.links) > 0 ? 2 : 0),
  }))
    .sort((a, b) => b.score - a.score || a.doc - b.doc)
    .slice(0, comparedMax)
}

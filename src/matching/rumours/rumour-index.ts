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
import { layOut, likenessOf, triplesOf } from './likeness.ts'
import { likenessThresholds, surenessOf } from './likeness-rule.ts'

export const rumourIndexLimits = {
  /** Messages held of one rumour: those that say it differently. */
  messagesMax: 6,
  /** Found by words and by letters, and of those compared closely. */
  candidatesMax: 24,
  comparedMax: 12,
} as const

/** From here two messages of a rumour say it in the same words: one of them is enough. */
const sameWordsMin = 0.8

/** A rumour that a message may belong to. */
export interface NearRumour {
  rumour: string
  /** Of its messages, the one that is nearest. */
  message: string
  /** That both are of one claim, 0 to 1. */
  confidence: number
  /** Whether they may be joined without a person. */
  same: boolean
  why: Why[]
}

/** The nearest of those that say nothing otherwise is joined; without one, the nearest is suggested. Null: neither. */
export function decideGrouping(near: readonly NearRumour[]): {
  grouping: 'same' | 'maybe'
  near: NearRumour
} | null {
  const same = near.find((found) => found.same)
  if (same) return { grouping: 'same', near: same }
  return near[0] ? { grouping: 'maybe', near: near[0] } : null
}

export interface RumourIndex {
  /** Holds a message of a rumour; false when the rumour has enough of them, or one in the same words. */
  hold(rumour: string, message: string, text: Message): boolean
  /** Nothing of the rumour is held afterwards. */
  drop(rumour: string): void
  holds(rumour: string): boolean
  /** Every rumour that is near, the nearest first; those for which `without` says true are passed over. */
  find(message: Message, without?: (rumour: string) => boolean): NearRumour[]
  /** Rumours and messages held. */
  readonly size: { rumours: number; messages: number }
}

export function createRumourIndex(): RumourIndex {
  let index = createIndex()
  let dropped = 0
  const rumours = new Map<string, Map<string, Held>>()

  /** Dropped texts stay in the parts of an index until those are written anew: here that is now and then. */
  function tidy(): void {
    if (dropped < tidyAfter + index.size / 4) return
    dropped = 0
    index = createIndex()
    for (const [rumour, messages] of rumours) {
      for (const [message, held] of messages) put(index, rumour, message, held)
    }
  }

  return {
    hold(rumour, message, text) {
      const messages = rumours.get(rumour) ?? new Map<string, Held>()
      if (messages.has(message) || messages.size >= rumourIndexLimits.messagesMax) return false
      const held = comparedOf(text)
      if ([...messages.values()].some((other) => isInSameWords(held, other))) return false
      messages.set(message, held)
      rumours.set(rumour, messages)
      put(index, rumour, message, held)
      return true
    },
    drop(rumour) {
      for (const message of rumours.get(rumour)?.keys() ?? []) {
        index.remove(placeOf(rumour, message))
        dropped++
      }
      rumours.delete(rumour)
      tidy()
    },
    holds: (rumour) => rumours.has(rumour),
    find: (message, without = () => false) => findIn(index, comparedOf(message), without),
    get size() {
      return { rumours: rumours.size, messages: index.size }
    },
  }
}

const tidyAfter = 200

interface Held {
  text: string
  links: string[]
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

function findIn(index: ReviewIndex, held: Held, without: (rumour: string) => boolean): NearRumour[] {
  const [query] = index.queries({ ...held, lang: null })
  if (query === undefined) return []
  const { documents } = index
  const laid = layOut(query, messageSequence(query))
  const terms = documents.newTerms()
  const near = new Map<string, NearRumour>()
  const blocked = new Set<string>()
  for (const { doc, nearness } of candidatesOf(index, query)) {
    const [rumour, message] = documents.id(doc).split('/') as [string, string]
    if (without(rumour)) continue
    const likeness = likenessOf(laid, documents, doc, terms)
    const { confidence, same } = surenessOf(likeness)
    if (confidence < likenessThresholds.maybe) continue
    // What one of its messages says otherwise, the rumour says otherwise.
    if (!same && confidence >= likenessThresholds.same) blocked.add(rumour)
    if ((near.get(rumour)?.confidence ?? 0) >= confidence) continue
    const { reading, conflicts } = likeness
    const why = explain(query, reading, documents, nearness, conflicts)
    if (conflicts.words.length > 0) why.push({ kind: 'words-differ', terms: conflicts.words })
    near.set(rumour, { rumour, message, confidence, same, why })
  }
  return [...near.values()]
    .map((found) => (blocked.has(found.rumour) ? { ...found, same: false } : found))
    .sort((a, b) => b.confidence - a.confidence || (a.rumour < b.rumour ? -1 : 1))
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

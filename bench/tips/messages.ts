/**
 * Messages of the public sets as tips would be: redacted as at the intake, with the claims that answer them. Two that share
 * a claim are one rumour. Which claims are one told twice the sets do not say: pairs of such are neither.
 */
import type { Message } from '#domain/message.ts'
import { redactTip } from '#flows/redact-tip.ts'
import { languageOf } from '#matching/text/language.ts'
import { claimsOf, queriesOf, type SetName, sets } from '../sets.ts'

export interface SentMessage {
  id: string
  message: Message
  claims: ReadonlySet<string>
}

export interface MessageSet {
  name: string
  messages: SentMessage[]
  /** Whether two messages are of one rumour; null: nobody can say from the labels. */
  same(one: SentMessage, other: SentMessage): boolean | null
}

/** Claims of CheckThat! 2025 have no split of their own: a hash of the claim's id halves them. */
export type Half = 'learned' | 'measured'

export async function messagesOf(set: SetName, split: string, half?: Half): Promise<MessageSet> {
  const asked = (await queriesOf(sets[set], split)).filter(
    ({ relevant }) => half === undefined || [...relevant].every((id) => halfOf(id) === half),
  )
  const wanted = new Set(asked.flatMap(({ relevant }) => [...relevant]))
  const words = new Map<string, Set<string>[]>()
  for await (const { id, review } of claimsOf(sets[set], ['text', 'title'])) {
    if (wanted.has(id)) words.set(id, [review.claim, review.title ?? ''].map(wordsOf))
  }
  const messages = asked.map(({ id, text, relevant }) => ({
    id,
    message: sentOf(text),
    claims: relevant,
  }))
  const read = new Map(messages.map(({ id, message }) => [id, wordsOf(message.text)]))
  return {
    name: `${sets[set].name} ${split}${half ? `, ${half} half` : ''}`,
    messages,
    same(one, other) {
      if (!one.claims.isDisjointFrom(other.claims)) return true
      const isTwin = [...one.claims].some((a) =>
        [...other.claims].some((b) => isToldTwice(words.get(a), words.get(b))),
      )
      return isTwin || alike(read.get(one.id), read.get(other.id)) >= sameMessageMin ? null : false
    },
  }
}

/**
 * Share of words in common from which two claims may be one told twice, and from which two messages are one forwarded
 * with edits though their labels differ: the sets hold articles of many publishers on the same claim.
 */
const twinClaimMin = 0.4
const sameMessageMin = 0.5

function sentOf(text: string): Message {
  const lang = languageOf(text)
  const content = { text, links: [], lang: null, country: null, seen: null, doubt: null }
  return { text: redactTip(content, lang).text, links: [], lang: null }
}

/** Words; of scripts without spaces, letters. */
function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{Script=Han}]|[^\P{L}\p{Script=Han}][\p{L}\p{M}]*|\p{N}+/gu)
  return new Set(words ?? [])
}

function alike(one: ReadonlySet<string> = new Set(), other: ReadonlySet<string> = new Set()): number {
  const common = one.intersection(other).size
  return common / Math.max(1, one.size + other.size - common)
}

/** By claim or headline of either. */
function isToldTwice(one: readonly Set<string>[] = [], other: readonly Set<string>[] = []): boolean {
  return one.some((a) => other.some((b) => a.size > 2 && b.size > 2 && alike(a, b) >= twinClaimMin))
}

function halfOf(claim: string): Half {
  let hash = 0x811c9dc5
  for (let at = 0; at < claim.length; at++) hash = Math.imul(hash ^ claim.charCodeAt(at), 0x01000193)
  return ((hash >>> 16) & 1) === 0 ? 'learned' : 'measured'
}

/**
 * What is said, apart from whom it is about: names tell the topic, the other words tell the claim. Two texts that share
 * nothing but names are about the same people, and say different things of them.
 */
import { type Documents, termFlags } from '../candidates.ts'
import { isContent, isNumber, type Reading, type Sequence } from '../explain/reading.ts'

const { NAME } = termFlags

export interface PlainWords {
  /** Share of the mass of the plain words of the claim, or of the title, that the message has; null: it has none. */
  claim: number | null
  title: number | null
  /** Share of the mass of those plain words of the message which some review has that this one has; null: there are none. */
  message: number | null
  /** Different plain words that message and claim or title share. */
  shared: number
  /** Share of all words of the claim that say something which the message has, each counted once and alike. */
  counted: number
}

export function plainWordsOf(
  { claim, message, messageTerms, reviewTerms, title }: Reading,
  documents: Documents,
): PlainWords {
  const names = new Set([...namesOf(message), ...namesOf(claim)])
  const isPlain = (term: number) => !names.has(term)
  const own = contentOf(claim)
  const headline = contentOf(title)
  const said = contentOf(message)
  const covered = (terms: ReadonlySet<number>, held: ReadonlySet<number>) => {
    let mass = 0
    let shared = 0
    for (const term of terms) {
      if (!isPlain(term) || term < 0) continue
      const weight = documents.idf(term)
      mass += weight
      if (held.has(term)) shared += weight
    }
    return mass > 0 ? shared / mass : null
  }
  const sharedPlain = new Set([...own, ...headline].filter((term) => isPlain(term) && messageTerms.has(term)))
  return {
    claim: covered(own, messageTerms),
    title: covered(headline, messageTerms),
    message: covered(said, reviewTerms),
    shared: sharedPlain.size,
    counted: own.size === 0 ? 0 : [...own].filter((term) => messageTerms.has(term)).length / own.size,
  }
}

function namesOf({ count, flags, terms }: Sequence): number[] {
  const names: number[] = []
  for (let at = 0; at < count; at++) if ((flags[at]! & NAME) !== 0) names.push(terms[at]!)
  return names
}

function contentOf({ count, flags, terms }: Sequence): Set<number> {
  const found = new Set<number>()
  for (let at = 0; at < count; at++) {
    if (isContent(flags[at]!) && !isNumber(flags[at]!)) found.add(terms[at]!)
  }
  return found
}

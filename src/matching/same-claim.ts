/**
 * Whether two reviews are of one claim, so that they can stand side by side. Strict on purpose: a "not", another number
 * or another name makes another claim, and a wrong "they disagree" is worse than none.
 */

import { alikeness } from './alike.ts'
import { termFlags } from './candidates.ts'
import { Analyser } from './text/analyse.ts'
import { languageOf } from './text/language.ts'
import { Terms } from './text/terms.ts'

const { GRAM, LINK, NAME, NEGATION, NUMBER, PART, STOP } = termFlags

/** A claim told with a few words more is the same while it shares so many and adds at most this share of them all. */
const longer = { sharedMin: 4, shareMax: 0.25 } as const
/** Share of pairs of letters from which two words are one word in two forms. */
const alikeMin = 0.6

/** Words that turn a claim round though they are no "not"; stems of them are enough. */
const reversers =
  /^(?:den[iy]|refus|reject|stop|fals|fake|hoax|against|bann?|forbid|prevent|fail|myth|cancel|niega|neg[aó]|rechaz|contra|prohib|impid|mentira|nie$|dement|fauss|contre|interdi|emp[eê]ch|leugn|falsch|gegen|verbiet|verhinder|menolak|hoaks|palsu|cegah|отриц|против|запре|ложн)/u

const analyser = new Analyser()

/** @returns true when both say the same in other words: order, inflection, spelling, small words, a few words more */
export function sameClaim(one: string, other: string): boolean {
  const lang = languageOf(`${one} ${other}`)
  const a = readClaim(one, lang)
  const b = readClaim(other, lang)
  if (a.words.size === 0 || b.words.size === 0) return one.trim() === other.trim()
  if (a.denials !== b.denials || !sameKeys(a.numbers, b.numbers)) return false
  const inBoth = a.names.filter((name) => b.names.includes(name))
  if (inBoth.join() !== b.names.filter((name) => inBoth.includes(name)).join()) return false
  const onlyA = [...a.words].filter(([key]) => !b.words.has(key))
  const onlyB = [...b.words].filter(([key]) => !a.words.has(key))
  if (onlyA.length === 0 && onlyB.length === 0) return true
  if (a.inPieces || b.inPieces) return false
  if (onlyA.length > 0 && onlyB.length > 0) return arePairs(onlyA, onlyB)
  const added = onlyA.length > 0 ? onlyA : onlyB
  const shared = Math.min(a.words.size, b.words.size)
  return (
    shared >= longer.sharedMin &&
    added.length / (shared + added.length) <= longer.shareMax &&
    added.every(([, word]) => (word.flags & NAME) === 0 && !reversers.test(word.written))
  )
}

interface Word {
  written: string
  flags: number
}

interface ReadClaim {
  words: Map<string, Word>
  /** Keys of what has a capital, in their order: "France beat Spain" is not "Spain beat France". */
  names: string[]
  numbers: Set<string>
  denials: number
  /** Of a script without spaces, where pieces stand for words. */
  inPieces: boolean
}

function readClaim(text: string, lang: string | null): ReadClaim {
  const terms = new Terms()
  analyser.analyse(text.normalize('NFKC'), lang, terms)
  const claim: ReadClaim = { words: new Map(), names: [], numbers: new Set(), denials: 0, inPieces: false }
  for (let at = 0; at < terms.count; at++) {
    const flags = terms.flags[at]!
    if ((flags & (PART | LINK)) !== 0) continue
    if ((flags & NEGATION) !== 0) claim.denials++
    if ((flags & GRAM) !== 0) claim.inPieces = true
    const number = terms.numbers[at]
    if ((flags & NUMBER) !== 0 && typeof number === 'string') claim.numbers.add(number)
    if ((flags & (STOP | NEGATION | NUMBER)) !== 0) continue
    const key = `${terms.low[at]} ${terms.high[at]}`
    const written = text.normalize('NFKC').slice(terms.starts[at], terms.ends[at])
    if (/^\p{Lu}/u.test(written) && !claim.names.includes(key)) claim.names.push(key)
    claim.words.set(key, { written: written.toLowerCase(), flags })
  }
  return claim
}

function sameKeys(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && a.isSubsetOf(b)
}

/** Whether each word that one claim alone has is a form of one that the other alone has. */
function arePairs(a: [string, Word][], b: [string, Word][]): boolean {
  const isAlike = ([, { written }]: [string, Word], others: [string, Word][]) =>
    others.some(([, other]) => alikeness(pairsOf(written), pairsOf(other.written)) >= alikeMin)
  return a.length === b.length && a.every((word) => isAlike(word, b)) && b.every((word) => isAlike(word, a))
}

function pairsOf(word: string): Set<string> {
  const marked = `^${word.slice(0, 40)}`
  return new Set(Array.from({ length: marked.length - 1 }, (_, at) => marked.slice(at, at + 2)))
}

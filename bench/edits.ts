/**
 * Messages changed on purpose: with typing mistakes, lightly rewritten as forwards are, or made to say something else
 * (another number, another name, the opposite). Seeded: the same message and seed give the same edit.
 */
import { seededRandom } from './train/trees.ts'

export type Random = () => number

/** A generator of its own for each text, so that one more text does not change the others. */
export function randomOf(text: string, seed: number): Random {
  let hash = seed | 0
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return seededRandom(hash)
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)]!
}

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** One random letter edit (swap, drop, double or replace) in every third word of three letters or more. */
export function withTypos(text: string, random: Random): string {
  let count = 0
  return text.replace(/[\p{L}\p{M}]{3,}/gu, (word) => (++count % 3 === 0 ? editLetter(word, random) : word))
}

function editLetter(word: string, random: Random): string {
  const units = [...word]
  const at = Math.floor(random() * (units.length - 1))
  const kind = Math.floor(random() * 4)
  if (kind === 0) units.splice(at, 2, units[at + 1]!, units[at]!)
  else if (kind === 1) units.splice(at, 1)
  else if (kind === 2) units.splice(at, 0, units[at]!)
  else units[at] = pick([...letters], random)
  return units.join('')
}

/** A share of the words of four letters or more exchanged for others. */
export function withOtherWords(
  text: string,
  others: readonly string[],
  share: number,
  random: Random,
): string {
  return text.replace(/[\p{L}\p{M}]{4,}/gu, (word) => (random() < share ? pick(others, random) : word))
}

/** As a message looks after some forwards: a greeting before, a plea after, a word or two lost. */
export function forwarded(text: string, random: Random): string {
  const before = pick(['', 'Forwarded: ', 'FYI ', '*URGENT* ', 'Is this true?? ', '🔴 '], random)
  const after = pick(
    ['', ' 😱', ' Please share!', ' Pass it on to everyone you know', ' https://t.co/abc123XYZ0'],
    random,
  )
  const words = text.split(/(\s+)/)
  if (words.length > 12) words.splice(Math.floor((random() * words.length) / 2) * 2, 2)
  return before + words.join('') + after
}

const terse = { wordsMin: 3, fullFrom: 5, shortLetters: 3, shortKept: 0.4, longKept: 0.8 } as const

/** As people type into a search box: the words that say something, most of them, in small letters. */
export function tersely(text: string, random: Random): string {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}%]+/gu) ?? []
  if (words.length < terse.fullFrom) return text.toLowerCase()
  const kept = words.filter(
    (word) => random() < (word.length <= terse.shortLetters ? terse.shortKept : terse.longKept),
  )
  return (kept.length < terse.wordsMin ? words : kept).join(' ')
}

/** Another number in the place of one that both texts have; null when they share none. */
export function withOtherNumber(message: string, claim: string, random: Random): string | null {
  const inClaim = new Set(claim.match(/\d+/g) ?? [])
  const shared = [...message.matchAll(/(?<![\p{L}\d/.,])\d+(?![\p{L}\d/])/gu)].filter(([number]) =>
    inClaim.has(number),
  )
  if (shared.length === 0) return null
  const number = pick(shared, random)[0]
  const value = Number(number)
  const isYear = /^(?:19|20)\d\d$/.test(number)
  const other = isYear
    ? String(value - 1 - Math.floor(random() * 9))
    : pick([`${value}0`, String(value + 1 + Math.floor(random() * 9)), String(value * 3 + 2)], random)
  return message.replaceAll(new RegExp(`(?<!\\d)${number}(?!\\d)`, 'g'), other)
}

const name = /(?<![\p{L}#@/])\p{Lu}\p{Ll}{2,}(?!\p{L})/gu

/** Capitalised words inside sentences: what stands in for names when one is exchanged for another. */
export function namesOf(texts: Iterable<string>): string[] {
  const counts = new Map<string, number>()
  for (const text of texts) {
    for (const found of text.matchAll(name)) {
      if (!/[\p{L},] $/u.test(text.slice(0, found.index))) continue
      counts.set(found[0], (counts.get(found[0]) ?? 0) + 1)
    }
  }
  return [...counts].filter(([, count]) => count >= 5).map(([word]) => word)
}

/** Another name in the place of one that both texts have; null when they share none. */
export function withOtherName(
  message: string,
  claim: string,
  names: readonly string[],
  random: Random,
): string | null {
  const inClaim = new Set([...claim.matchAll(name)].filter(({ index }) => index > 0).map(([word]) => word))
  const shared = [...message.matchAll(name)].map(([word]) => word).filter((word) => inClaim.has(word))
  if (shared.length === 0 || names.length === 0) return null
  const gone = pick(shared, random)
  let other = pick(names, random)
  for (let tries = 0; tries < 5 && (claim.includes(other) || message.includes(other)); tries++)
    other = pick(names, random)
  return message.replaceAll(new RegExp(`(?<!\\p{L})${gone}(?!\\p{L})`, 'gu'), other)
}

/** Where a "not" goes, by language: after these words, or before the verb that follows them. */
const denials: [RegExp, string][] = [
  [
    /(?<!\p{L})(is|are|was|were|will|has|have|had|can|could|would|should|did|does)(?= [a-z])(?! not)/u,
    '$1 not',
  ],
  [/(?<!\p{L})(ist|sind|war|waren|wird|werden|hat|haben|kann)(?= \p{L})(?! nicht)/u, '$1 nicht'],
  [/(?<!\p{L})(?<!não )(é|são|foi|foram|está|vai|tem|será)(?= \p{L})/u, 'não $1'],
  [/(?<!\p{L})(?<!no )(es|son|fue|fueron|está|va|tiene|será|ha)(?= \p{L})/u, 'no $1'],
  [/(?<!\p{L})(?<!n'est )(est|sont|était|sera|va|ont)(?= \p{L})(?! pas)/u, '$1 pas'],
  [/(?<!\p{L})(akan|telah|adalah|bisa|dapat)(?= \p{L})/u, 'tidak $1'],
]

/** The same said to be not so; null where no place for a "not" is known. */
export function denied(text: string, lang: string | null): string | null {
  const byLang: Record<string, number> = { en: 0, de: 1, pt: 2, es: 3, fr: 4, id: 5, ms: 5 }
  const at = byLang[lang ?? '']
  if (at === undefined) return null
  const [pattern, put] = denials[at]!
  const changed = text.replace(pattern, put)
  return changed === text ? null : changed
}

/** Messages that a bench sends in: one text in thousands of near-equal shapes, and others for it to come between. Seeded. */
import { forwarded, type Random, randomOf } from '../edits.ts'

export const flooded =
  'The water works of Port Selwyn put a poison into the drinking water on Friday and the mayor keeps it secret from everyone in town'

/**
 * The same claim, sent by so many: each shape is its own wording. Slips of the hand, words lost, marks, capitals, forwards,
 * remarks, counters and codes; none has another number or name in the claim, or a "not".
 */
export function nearEqual(text: string, count: number): string[] {
  const shapes = new Set<string>()
  for (let at = 0; shapes.size < count; at++) {
    const random = randomOf(`${text} ${at}`, 1)
    shapes.add(edits[at % edits.length]!(text, random, at))
  }
  return [...shapes]
}

type Edit = (text: string, random: Random, at: number) => string

const pick = <T>(list: readonly T[], random: Random) => list[Math.floor(random() * list.length)]!

const comments = [
  'omg',
  'is this true?',
  'my cousin told me',
  'stay safe',
  'please share with everybody',
  'I can hardly believe it',
  'careful today',
  'send to your family',
  'they hide it',
  'can somebody check',
]

const edits: Edit[] = [
  (text, random) => misspelt(text, random, 1),
  (text, random) => misspelt(text, random, 2),
  (text, random) => forwarded(misspelt(text, random, 1), random),
  (text, random) => `${misspelt(text, random, 1)} ${pick(comments, random)}`,
  (text, random) =>
    `${pick(comments, random)}: ${misspelt(text, random, 1)} ${'!'.repeat(1 + Math.floor(random() * 9))}`,
  (text, _random, at) => `${text} (${at})`,
  (text, _random, at) => `#${at} ${text}`,
  (text, random) => `${text} ${Math.floor(random() * 1e9).toString(36)}`,
  (text, random) => withoutWord(misspelt(text, random, 1), random),
  (text, random) => anyCase(misspelt(text, random, 1), random),
]

/** A letter left out, doubled, swapped or another, in so many words of four letters or more. */
function misspelt(text: string, random: Random, slips: number): string {
  const words = text.split(' ')
  const long = words.flatMap((word, at) => (word.length >= 4 ? [at] : []))
  for (let done = 0; done < slips; done++) {
    const at = long.splice(Math.floor(random() * long.length), 1)[0]!
    const letters = [...words[at]!]
    const place = 1 + Math.floor(random() * (letters.length - 2))
    const kind = Math.floor(random() * 4)
    if (kind === 0) letters.splice(place, 1)
    else if (kind === 1) letters.splice(place, 0, letters[place]!)
    else if (kind === 2) letters.splice(place, 2, letters[place + 1]!, letters[place]!)
    else letters[place] = pick([...'abcdefghijklmnopqrstuvwxyz'], random)
    words[at] = letters.join('')
  }
  return words.join(' ')
}

/** One of the short words is lost. */
function withoutWord(text: string, random: Random): string {
  const words = text.split(' ')
  const short = words.flatMap((word, at) => (word.length <= 3 ? [at] : []))
  words.splice(pick(short, random), 1)
  return words.join(' ')
}

function anyCase(text: string, random: Random): string {
  return text.replace(/\p{L}+/gu, (word) => (random() < 0.3 ? word.toUpperCase() : word))
}

/** One claim as some people send it, each in another wording. */
export function wordingsOf(claim: string, count: number): string[] {
  const befores = [
    '',
    'Is it true that ',
    'Forwarded: ',
    'I got this: ',
    'Can somebody check: ',
    'Please share! ',
  ]
  const afters = ['', ' please', '!!! Pass it on', ', my neighbour says', ' (from a friend)']
  return Array.from({ length: count }, (_, at) => {
    return befores[at % befores.length] + claim + afters[Math.floor(at / befores.length) % afters.length]
  })
}

/** Claims of other rumours: no two are about the same. */
export function otherClaims(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const town = towns[at % towns.length]!
    return subjects[at % subjects.length]!(town, at)
  })
}

const towns = [
  'Arvel',
  'Bodmin',
  'Cresco',
  'Dunmore',
  'Estrada',
  'Farrow',
  'Gildas',
  'Hornsey',
  'Ilford',
  'Merton',
  'Kelso',
]
const subjects: ((town: string, at: number) => string)[] = [
  (town, at) =>
    `A nurse in ${town} was paid ${at + 2} thousand crowns for every false certificate that she signed`,
  (town) =>
    `From January the council of ${town} will fine every family that keeps a wood stove in its kitchen`,
  (town) => `The bridge of ${town} was closed because goats were found living inside of its second pillar`,
  (town, at) =>
    `A bakery near ${town} sold ${at + 20} loaves with sawdust in them to the schools last winter`,
  (town) => `Soldiers without badges were seen digging holes around the railway station of ${town} at night`,
  (town) => `The hospital of ${town} turns away patients who cannot show a paid electricity bill`,
  (town) => `Bananas from the market in ${town} carry a parasite that makes children blind within a week`,
]

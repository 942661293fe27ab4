/**
 * Tips grouped into rumours: messages of the public sets arrive one by one, in several orders, and are joined as the flow
 * joins them. Pairwise precision and recall of what stands together in the end, and how far two orders disagree; whether
 * a message joins its own double that says something else; what joining costs among ten thousand rumours.
 */
import { percentile } from '#flows/evaluate/metrics.ts'
import { createEngine } from '#matching/create-engine.ts'
import { type AnswersOf, createRumourIndex, decideGrouping } from '#matching/rumours/rumour-index.ts'
import { languageOf } from '#matching/text/language.ts'
import { denied, forwarded, namesOf, randomOf, withOtherName, withOtherNumber } from '../edits.ts'
import { formatTable, ms } from '../format-table.ts'
import { claimsOf, type SetName, scaleClaims, sets } from '../sets.ts'
import { type Half, type MessageSet, messagesOf, type SentMessage } from '../tips/messages.ts'

/** Orders in which the messages arrive. */
const ordersOf = { words: 3, reviews: 1 } as const
/** Reviews looked at of a message, as the flow does. */
const answersMax = 10
const rumoursMany = 10_000
const seed = 1

interface Grouped {
  /** Number of each message's group, by id. */
  groups: Map<string, number>
  /** What was only suggested: the message, and the nearest of the rumour it may belong to. */
  suggested: [SentMessage, SentMessage][]
}

function group(messages: readonly SentMessage[], answersOf?: AnswersOf): Grouped {
  const index = createRumourIndex(answersOf)
  const groups = new Map<string, number>()
  const suggested: Grouped['suggested'] = []
  const byId = new Map(messages.map((sent) => [sent.id, sent]))
  for (const [at, sent] of messages.entries()) {
    const decided = decideGrouping(index.find(sent.message))
    const into = decided?.grouping === 'same' ? Number(decided.near.rumour) : at
    if (decided?.grouping === 'maybe') suggested.push([sent, byId.get(decided.near.message)!])
    for (const other of decided?.also ?? []) {
      for (const [id, group] of groups) if (group === Number(other)) groups.set(id, into)
      index.join(other, String(into))
    }
    groups.set(sent.id, into)
    index.hold(String(into), sent.id, sent.message)
  }
  return { groups, suggested }
}

interface Pairs {
  right: number
  wrong: number
  /** Together though the labels differ, where the labels cannot say. */
  unsure: number
  /** Of one claim, together or not. */
  all: number
  /** Of one claim and apart, but one message was suggested for the rumour of the other. */
  shown: number
}

function pairsOf({ messages, same }: MessageSet, { groups, suggested }: Grouped): Pairs {
  const pairs: Pairs = { right: 0, wrong: 0, unsure: 0, all: 0, shown: 0 }
  const shownTo = new Map(suggested.map(([sent, near]) => [sent.id, groups.get(near.id)]))
  const byClaim = new Map<string, SentMessage[]>()
  for (const sent of messages) {
    for (const claim of sent.claims) byClaim.set(claim, [...(byClaim.get(claim) ?? []), sent])
  }
  const counted = new Set<string>()
  for (const list of byClaim.values()) {
    for (const [a, b] of pairsIn(list)) counted.add([a.id, b.id].sort().join('\n'))
  }
  pairs.all = counted.size
  for (const key of counted) {
    const [a, b] = key.split('\n') as [string, string]
    const [one, other] = [groups.get(a), groups.get(b)]
    if (one !== other && (shownTo.get(a) === other || shownTo.get(b) === one)) pairs.shown++
  }
  for (const list of Map.groupBy(messages, ({ id }) => groups.get(id)!).values()) {
    for (const [a, b] of pairsIn(list)) {
      const truth = same(a, b)
      if (truth === null) pairs.unsure++
      else if (truth) pairs.right++
      else pairs.wrong++
    }
  }
  return pairs
}

function* pairsIn<T>(list: readonly T[]): Generator<[T, T]> {
  for (const [at, one] of list.entries()) for (const other of list.slice(at + 1)) yield [one, other]
}

/** Pairs that stand together in one order and apart in the other, over the pairs that stand together in either. */
function disagreementOf(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  const together = (groups: ReadonlyMap<string, number>) =>
    new Set(
      [...Map.groupBy(groups.keys(), (id) => groups.get(id)!).values()].flatMap((ids) =>
        [...pairsIn(ids.sort())].map((pair) => pair.join('\n')),
      ),
    )
  const [a, b] = [together(one), together(other)]
  const either = a.union(b).size
  return either === 0 ? 0 : a.symmetricDifference(b).size / either
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed
  const random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const out = [...list]
  for (let at = out.length - 1; at > 0; at--) {
    const to = Math.floor(random() * (at + 1))
    ;[out[at], out[to]] = [out[to]!, out[at]!]
  }
  return out
}

const share = (part: number, whole: number) => (whole === 0 ? '–' : (part / whole).toFixed(3))

const head = [
  'set',
  'messages',
  'pairs of one claim',
  'precision',
  'precision, every doubtful pair wrong',
  'recall',
  'recall with suggestions',
  'joined right / wrong / doubtful',
  'suggestions right',
  'suggestions',
  'orders disagree, most',
]

function rowOf(set: MessageSet, answersOf?: AnswersOf): (string | number)[] {
  const orders = answersOf === undefined ? ordersOf.words : ordersOf.reviews
  const runs = Array.from({ length: orders }, (_, at) => group(shuffled(set.messages, 1 + at), answersOf))
  const sums: Pairs = { right: 0, wrong: 0, unsure: 0, all: 0, shown: 0 }
  let suggestedRight = 0
  let suggested = 0
  for (const run of runs) {
    const pairs = pairsOf(set, run)
    for (const key of ['right', 'wrong', 'unsure', 'all', 'shown'] as const) sums[key] += pairs[key]
    suggested += run.suggested.length
    suggestedRight += run.suggested.filter(([a, b]) => set.same(a, b) !== false).length
  }
  const first = runs[0]!.groups
  const disagreements = runs.slice(1).map(({ groups }) => disagreementOf(first, groups))
  const { right, wrong, unsure, all, shown } = sums
  const each = (count: number) => Math.round(count / orders)
  return [
    set.name,
    set.messages.length,
    each(all),
    share(right, right + wrong),
    share(right, right + wrong + unsure),
    share(right, all),
    share(right + shown, all),
    `${each(right)} / ${each(wrong)} / ${each(unsure)}`,
    share(suggestedRight, suggested),
    each(suggested),
    disagreements.length === 0 ? '–' : Math.max(...disagreements).toFixed(3),
  ]
}

/** The reviews of a set, without some: each message is asked once. */
async function answersOfSet(name: SetName, without: ReadonlySet<string> = new Set()): Promise<AnswersOf> {
  const engine = createEngine()
  for await (const { id, review } of claimsOf(sets[name])) if (!without.has(id)) engine.upsert(id, review)
  const asked = new Map<string, ReturnType<AnswersOf>>()
  return (message) => {
    const known = asked.get(message.text)
    if (known !== undefined) return known
    const found = engine.find(message, answersMax).matches
    asked.set(message.text, found)
    return found
  }
}

/** Doubles of messages, forwarded or made to say something else: how many of each kind, and how many joined the original. */
function doublesOf({ name, messages }: MessageSet): (string | number)[] {
  const texts = messages.map(({ message }) => message.text)
  const names = namesOf(texts)
  const kinds = {
    forwarded: (text: string) => forwarded(text, randomOf(text, seed)),
    number: (text: string) => withOtherNumber(text, text, randomOf(text, seed)),
    name: (text: string) => withOtherName(text, text, names, randomOf(text, seed)),
    denial: (text: string) => denied(text, languageOf(text)),
  }
  return [
    name,
    ...Object.values(kinds).flatMap((edit) => {
      let made = 0
      let joined = 0
      for (const { message } of messages) {
        const text = edit(message.text)
        if (text === null) continue
        made++
        const index = createRumourIndex()
        index.hold('one', 'a', message)
        if (decideGrouping(index.find({ ...message, text }))?.grouping === 'same') joined++
      }
      return [made, share(joined, made)]
    }),
  ]
}

/** Time of one comparison among very many rumours, each message asked once: what it costs as it comes. */
async function timesAmongMany(messages: readonly SentMessage[], answersOf?: AnswersOf): Promise<string[]> {
  const index = createRumourIndex(answersOf)
  let held = 0
  for await (const { id, review } of scaleClaims()) {
    if (index.hold(`r${held}`, id.replaceAll('/', '-'), { text: review.claim, links: [], lang: null })) held++
    if (held === rumoursMany) break
  }
  const taken = messages.map(({ message }) => {
    const started = performance.now()
    index.find(message)
    return performance.now() - started
  })
  return [ms(percentile(taken, 0.5)), ms(percentile(taken, 0.99))]
}

const measuredParts: [SetName, string, Half?][] = [
  ['checkthat2022', 'dev'],
  ['factchecktweet', 'dev'],
  ['checkthat2025', 'train', 'measured'],
  ['cofacts', 'dev'],
]
const learnedParts: [SetName, string, Half?][] = [
  ['checkthat2022', 'train'],
  ['factchecktweet', 'train'],
  ['checkthat2025', 'train', 'learned'],
]
const measured: MessageSet[] = []
for (const part of measuredParts) measured.push(await messagesOf(...part))
const byWords = measured.map((set) => rowOf(set))
const byReviews: (string | number)[][] = []
const byOthers: (string | number)[][] = []
for (const [at, [name]] of measuredParts.entries()) {
  const set = measured[at]!
  byReviews.push(rowOf(set, await answersOfSet(name)))
  const answering = new Set(set.messages.flatMap(({ claims }) => [...claims]))
  byOthers.push(rowOf(set, await answersOfSet(name, answering)))
}
const learned: (string | number)[][] = []
for (const part of learnedParts) learned.push(rowOf(await messagesOf(...part)))
const asked = measured.flatMap(({ messages }) => messages.slice(0, 250))
const times = [
  ['words alone', ...(await timesAmongMany(asked))],
  ['with 14,231 reviews', ...(await timesAmongMany(asked, await answersOfSet('checkthat2022')))],
]

process.stdout.write(`Measured, and not learned from, by words alone, as where no review is held:

${formatTable(head, byWords)}

The same where the reviews of the set are held, those that answer the messages among them. (The ranker that finds them learned from
the messages of CheckThat! 2025, in both halves.)

${formatTable(head, byReviews)}

The same where those that answer the messages are not held, and all others of the set are:

${formatTable(head, byOthers)}

Learned from, by words alone:

${formatTable(head, learned)}

A double of each message, forwarded as people do, or with another number, another name or a "not" in it, and how many were joined to it:

${formatTable(['set', 'forwarded', 'joined', 'other number', 'joined', 'other name', 'joined', 'denied', 'joined'], measured.map(doublesOf))}

One message compared with ${rumoursMany} rumours, ${asked.length} messages asked once each:

${formatTable(['', 'p50 ms', 'p99 ms'], times)}
`)

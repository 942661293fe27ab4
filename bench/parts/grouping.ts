/**
 * Tips grouped into rumours: messages of the public sets arrive one by one, in several orders, and are joined as the flow
 * joins them. Pairwise precision and recall of what stands together in the end, and how far two orders disagree.
 */
import { createRumourIndex, decideGrouping } from '#matching/rumours/rumour-index.ts'
import { formatTable } from '../format-table.ts'
import { type MessageSet, messagesOf, type SentMessage } from '../tips/messages.ts'

const orders = 3

interface Grouped {
  /** Number of each message's group, by id. */
  groups: Map<string, number>
  /** Pairs that were only suggested. */
  suggested: [SentMessage, SentMessage][]
}

function group(messages: readonly SentMessage[]): Grouped {
  const index = createRumourIndex()
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
}

function pairsOf({ messages, same }: MessageSet, groups: ReadonlyMap<string, number>): Pairs {
  const pairs: Pairs = { right: 0, wrong: 0, unsure: 0, all: 0 }
  const byClaim = new Map<string, SentMessage[]>()
  for (const sent of messages) {
    for (const claim of sent.claims) byClaim.set(claim, [...(byClaim.get(claim) ?? []), sent])
  }
  const counted = new Set<string>()
  for (const list of byClaim.values()) {
    for (const [a, b] of pairsIn(list)) counted.add([a.id, b.id].sort().join('\n'))
  }
  pairs.all = counted.size
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

function rowOf(set: MessageSet): (string | number)[] {
  const runs = Array.from({ length: orders }, (_, at) => group(shuffled(set.messages, 1 + at)))
  const sums: Pairs = { right: 0, wrong: 0, unsure: 0, all: 0 }
  let suggestedRight = 0
  let suggested = 0
  for (const run of runs) {
    const pairs = pairsOf(set, run.groups)
    for (const key of ['right', 'wrong', 'unsure', 'all'] as const) sums[key] += pairs[key]
    suggested += run.suggested.length
    suggestedRight += run.suggested.filter(([a, b]) => set.same(a, b) !== false).length
  }
  const first = runs[0]!.groups
  const disagreements = runs.slice(1).map(({ groups }) => disagreementOf(first, groups))
  const { right, wrong, unsure, all } = sums
  return [
    set.name,
    set.messages.length,
    Math.round(all / orders),
    share(right, right + wrong),
    share(right, right + wrong + unsure),
    share(right, all),
    share(suggestedRight, suggested),
    Math.round(suggested / orders),
    Math.max(...disagreements).toFixed(3),
  ]
}

const learned = [
  await messagesOf('checkthat2022', 'train'),
  await messagesOf('factchecktweet', 'train'),
  await messagesOf('checkthat2025', 'train', 'learned'),
]
const measured = [
  await messagesOf('checkthat2022', 'dev'),
  await messagesOf('factchecktweet', 'dev'),
  await messagesOf('checkthat2025', 'train', 'measured'),
  await messagesOf('cofacts', 'dev'),
]
const head = [
  'set',
  'messages',
  'pairs of one claim',
  'precision',
  'precision, every doubtful pair wrong',
  'recall',
  'suggestions right',
  'suggestions',
  'orders disagree, most',
]

process.stdout.write(`Measured, and neither learned from nor chosen by:

${formatTable(head, measured.map(rowOf))}

Learned from:

${formatTable(head, learned.map(rowOf))}
`)

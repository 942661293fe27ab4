/**
 * Learns the weights of likeness-rule.ts: `node bench/tips/learn-likeness.ts`. From train splits alone; prints the weights
 * and what each threshold would have done to the pairs they were learned from.
 */
import { messageSequence } from '#matching/explain/reading.ts'
import { createIndex } from '#matching/index/review-index.ts'
import { comparedOf } from '#matching/rumours/compared-text.ts'
import { type LikenessName, layOut, likenessNames, likenessOf } from '#matching/rumours/likeness.ts'
import { mayJoin } from '#matching/rumours/likeness-rule.ts'
import { languageOf } from '#matching/text/language.ts'
import { formatTable } from '../format-table.ts'
import { solved } from '../train/fit-rule.ts'
import { type MessageSet, messagesOf } from './messages.ts'

const used: LikenessName[] = [
  'wordsShort',
  'wordsLong',
  'lettersShort',
  'lettersBoth',
  'runShort',
  'runLong',
  'evidence',
  'rarest',
  'names',
]
/** Candidates of each message that pairs are made of: what is not among them is never compared. */
const candidatesMax = 12
const steps = 15
/** Penalty on squared weights. */
const penalty = 3

interface Pair {
  set: string
  input: Float64Array
  same: boolean
  /** Another number, another name or a "not", or too little in common. */
  differs: boolean
}

function pairsOf(set: MessageSet): Pair[] {
  const index = createIndex()
  const held = set.messages.map((sent) => ({ sent, ...comparedOf(sent.message) }))
  for (const { sent, text, links } of held) {
    const review = { claim: text, title: null, summary: null, body: null, reviewedAt: null }
    index.upsert(sent.id, { ...review, lang: languageOf(text), links })
  }
  const byId = new Map(held.map((one) => [one.sent.id, one.sent]))
  const { documents } = index
  const terms = documents.newTerms()
  const seen = new Set<string>()
  const pairs: Pair[] = []
  for (const { sent, text, links } of held) {
    const query = index.queries({ text, links, lang: null })[0]!
    const laid = layOut(query, messageSequence(query))
    for (const doc of index.candidates(query, candidatesMax).docs) {
      const other = byId.get(documents.id(doc))!
      const key = [sent.id, other.id].sort().join('\n')
      if (other === sent || seen.has(key)) continue
      seen.add(key)
      const same = set.same(sent, other)
      const likeness = likenessOf(laid, documents, doc, terms)
      const { row, shared } = likeness
      if (same === null || shared < 2) continue
      const input = Float64Array.from([...used.map((name) => row[likenessNames.indexOf(name)]!), 1])
      const differs = !mayJoin(likeness)
      pairs.push({ set: set.name, input, same, differs })
    }
  }
  return pairs
}

/** Logistic regression by Newton's method. */
function learn(pairs: readonly Pair[]): Float64Array {
  const count = used.length + 1
  let found = new Float64Array(count)
  for (let step = 0; step < steps; step++) {
    const gradient = found.map((weight, at) => (at === count - 1 ? 0 : -penalty * weight))
    const curve = Array.from({ length: count }, (_, at) => {
      const line = new Float64Array(count)
      line[at] = penalty
      return line
    })
    for (const { input, same } of pairs) {
      const said = saidOf(input, found)
      for (let of = 0; of < count; of++) {
        gradient[of] = gradient[of]! + (Number(same) - said) * input[of]!
        const line = curve[of]!
        for (let by = 0; by < count; by++) line[by] = line[by]! + said * (1 - said) * input[of]! * input[by]!
      }
    }
    const move = solved(curve, gradient)
    found = found.map((weight, at) => weight + move[at]!)
  }
  return found.map((weight) => Number(weight.toFixed(2)))
}

function saidOf(input: Float64Array, weights: Float64Array): number {
  return 1 / (1 + Math.exp(-input.reduce((sum, value, of) => sum + value * weights[of]!, 0)))
}

const pairs = [
  ...pairsOf(await messagesOf('checkthat2022', 'train')),
  ...pairsOf(await messagesOf('factchecktweet', 'train')),
  ...pairsOf(await messagesOf('checkthat2025', 'train', 'learned')),
]
const weights = learn(pairs)
const bias = weights.at(-1)!
process.stdout.write(`${pairs.length} pairs, ${pairs.filter(({ same }) => same).length} of one claim

${formatTable(
  ['weight', ''],
  used.map((name, at) => [name, weights[at]!]),
)}

bias ${bias}

`)
const rows = [...Map.groupBy(pairs, ({ set }) => set)].flatMap(([set, list]) =>
  Array.from({ length: 16 }, (_, at) => 0.1 + at * 0.05).map((least) => {
    const joined = list.filter(({ input, differs }) => !differs && saidOf(input, weights) >= least)
    const near = list.filter(({ input }) => saidOf(input, weights) >= least)
    const share = (some: Pair[]) => (some.filter(({ same }) => same).length / some.length).toFixed(3)
    return [
      set,
      least.toFixed(2),
      joined.length,
      share(joined),
      (joined.filter(({ same }) => same).length / list.filter(({ same }) => same).length).toFixed(3),
      share(near),
    ]
  }),
)
process.stdout.write(
  `${formatTable(['set', 'from', 'joined', 'precision', 'recall', 'precision with those that differ'], rows)}\n`,
)

/**
 * Learns src/matching/rumours/likeness.json: `node bench/tips/learn-likeness.ts [FILE]`. From train splits alone; says what
 * each threshold does to pairs that were not learned from. The same sets give the same file, bit for bit.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageSequence } from '#matching/explain/reading.ts'
import { createIndex } from '#matching/index/review-index.ts'
import { createForest } from '#matching/rank/forest.ts'
import { comparedOf } from '#matching/rumours/compared-text.ts'
import { layOut, likenessNames, likenessOf, likenessTable } from '#matching/rumours/likeness.ts'
import { isHeldApart } from '#matching/rumours/likeness-rule.ts'
import { languageOf } from '#matching/text/language.ts'
import { formatTable } from '../format-table.ts'
import { boost, rightLoss } from '../train/boost.ts'
import { foldOf } from '../train/fit.ts'
import { binRows, edgesOf, type Tree } from '../train/trees.ts'
import { type MessageSet, messagesOf } from './messages.ts'

/** Candidates of each message that pairs are made of: what is not among them is never compared. */
const candidatesMax = 24
/** Of pairs with so little in common nothing is to be learned. */
const sharedLettersMin = 0.05
const folds = 5
const width = likenessNames.length
/** Few and small: the pairs of one claim are some thousands. */
const options = {
  treesMax: 120,
  leavesMax: 8,
  hessianMin: 1,
  rowsMin: 20,
  lambda: 5,
  shrinkage: 0.08,
  featureShare: 1,
  queryShare: 1,
  seed: 1,
  monotone: Int8Array.from(likenessTable, ([, direction]) => (direction === 'rises' ? 1 : 0)),
}
/** How often what joins must be right, and what is suggested, over the folds, where every set counts the same. */
const aims = { same: 0.95, maybe: 2 / 3 } as const

interface Pair {
  set: string
  row: Float32Array
  same: boolean
  /** One message but for what differs: never joined, whatever it is like. */
  isHeld: boolean
  /** Parts of the set that either message is in: messages of one claim are in one part. */
  parts: [number, number]
}

function pairsOf(set: MessageSet): Pair[] {
  const index = createIndex()
  const held = set.messages.map((sent) => ({ sent, ...comparedOf(sent.message) }))
  for (const { sent, text, links } of held) {
    const review = { claim: text, title: null, summary: null, body: null, reviewedAt: null }
    index.upsert(sent.id, { ...review, lang: languageOf(text), links })
  }
  const byId = new Map(held.map((one) => [one.sent.id, one.sent]))
  const partOf = partsOf(set)
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
      const { row } = likeness
      if (same === null || row[likenessNames.indexOf('wordsBoth')]! < sharedLettersMin) continue
      const parts: [number, number] = [partOf(sent.id), partOf(other.id)]
      pairs.push({ set: set.name, row, same, isHeld: isHeldApart(likeness), parts })
    }
  }
  return pairs
}

/** Which fold a message is in: that of the first message that is linked to it by claims in common. */
function partsOf({ messages }: MessageSet): (id: string) => number {
  const first = new Map<string, string>()
  const rootOf = (name: string): string => {
    let at = name
    for (let up = first.get(at); up !== undefined && up !== at; up = first.get(at)) at = up
    return at
  }
  for (const { id, claims } of messages) {
    for (const claim of claims) first.set(rootOf(`claim ${claim}`), rootOf(id))
  }
  return (id) => foldOf(rootOf(id), folds)
}

/** Each set counts the same by its pairs of one claim. */
function grow(pairs: readonly Pair[]): Tree[] {
  const right = Map.groupBy(
    pairs.filter(({ same }) => same),
    ({ set }) => set,
  )
  const rows = new Float32Array(pairs.length * width)
  for (const [at, { row }] of pairs.entries()) rows.set(row, at * width)
  const edges = Array.from({ length: width }, (_, feature) => edgesOf(rows, pairs.length, width, feature))
  const lists = {
    starts: Int32Array.from({ length: pairs.length + 1 }, (_, at) => at),
    relevant: Uint8Array.from(pairs, ({ same }) => Number(same)),
    weights: Float64Array.from(pairs, ({ set }) => 1_000 / (right.get(set)?.length ?? 1_000)),
  }
  return boost(binRows(rows, pairs.length, edges), lists, new Float64Array(pairs.length), rightLoss, options)
}

interface Judged extends Pair {
  confidence: number
}

/** Each pair by trees that learned from no message of its part. */
function judgedByFolds(pairs: readonly Pair[]): Judged[] {
  const forests = Array.from({ length: folds }, (_, fold) =>
    createForest(grow(pairs.filter(({ parts }) => !parts.includes(fold)))),
  )
  return pairs.map((pair) => ({
    ...pair,
    confidence: 1 / (1 + Math.exp(-forests[pair.parts[0]]!.score(pair.row, 0))),
  }))
}

interface Cut {
  joined: number
  precision: number
  recall: number
}

function cutAt(judged: readonly Judged[], least: number, counts: (pair: Judged) => boolean): Cut {
  const joined = judged.filter((pair) => counts(pair) && pair.confidence >= least)
  const right = joined.filter(({ same }) => same).length
  const all = judged.filter(({ same }) => same).length
  return {
    joined: joined.length,
    precision: joined.length === 0 ? 1 : right / joined.length,
    recall: right / all,
  }
}

function leastFor(aim: number, bySet: readonly Judged[][], counts: (pair: Judged) => boolean): number {
  for (let step = 10; step < 98; step++) {
    const cuts = bySet.map((judged) => cutAt(judged, step / 100, counts).precision)
    if (cuts.reduce((sum, precision) => sum + precision, 0) / cuts.length >= aim) return step / 100
  }
  return 0.98
}

const joins = ({ isHeld }: Judged) => !isHeld
const pairs = [
  ...pairsOf(await messagesOf('checkthat2022', 'train')),
  ...pairsOf(await messagesOf('factchecktweet', 'train')),
  ...pairsOf(await messagesOf('checkthat2025', 'train', 'learned')),
  ...pairsOf(await messagesOf('cofacts', 'train_linktitle')),
]
const judged = [...Map.groupBy(judgedByFolds(pairs), ({ set }) => set).values()]
const thresholds = {
  same: leastFor(aims.same, judged, joins),
  maybe: leastFor(aims.maybe, judged, () => true),
}
const trees = grow(pairs)

const provenance = {
  about:
    'Boosted trees that say how sure it is that two messages are of one claim; bench/README.md says how they are made.',
  command: 'node bench/tips/learn-likeness.ts',
  data: judged.map(([first]) => first!.set),
  pairs: pairs.length,
  pairsOfOneClaim: pairs.filter(({ same }) => same).length,
}
const file = process.argv[2] ?? join(import.meta.dirname, '../../src/matching/rumours/likeness.json')
const lines = trees.map((tree) => `  ${JSON.stringify(tree)}`)
const head = JSON.stringify({ provenance, thresholds, features: likenessNames }, null, 1)
writeFileSync(file, `${head.slice(0, -2)},\n "trees": [\n${lines.join(',\n')}\n ]\n}\n`)

const shown = [thresholds.maybe, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, thresholds.same].sort(
  (a, b) => a - b,
)
const rows = judged.flatMap((list) =>
  shown.map((least) => {
    const cut = cutAt(list, least, joins)
    const near = cutAt(list, least, () => true)
    return [
      list[0]!.set,
      least,
      cut.joined,
      ...[cut.precision, cut.recall, near.precision, near.recall].map((share) => share.toFixed(3)),
    ]
  }),
)
process.stdout.write(`${JSON.stringify({ ...provenance, thresholds })}

By folds, of pairs that were compared:

${formatTable(['set', 'from', 'joined', 'precision', 'recall', 'precision with those held apart', 'recall with those'], rows)}
`)

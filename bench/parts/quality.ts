/** Quality on the named sets: ranking, typing mistakes, abstention, and whether confidence means what it says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { areaUnderCurve, averagePrecisionAt5, type Judged, qualityOf } from '#flows/evaluate/metrics.ts'
import { createEngine } from '#matching/create-engine.ts'
import type { Engine, Matchable } from '#matching/engine.ts'
import { randomOf, withTypos } from '../edits.ts'
import { formatTable, share } from '../format-table.ts'
import { type BenchSet, claimsOf, queriesOf, type SetName, type SplitQuery, setNames, sets } from '../sets.ts'
import { calibrationOf, type Verdict } from '../train/thresholds.ts'

/** What of the weights' file is told again here. */
interface Trained {
  provenance: { command: string; date: string; scores: Record<SetName, Record<string, number>> }
  thresholds: { answered: number; related: number }
}

const weights = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'src', 'matching', 'ranker.json'), 'utf8'),
) as Trained

/** Depth of the ranking that is measured. */
const depth = 50
const typoSeed = 1

interface Filled {
  engine: Engine
  /** Reviews that some query is about, to take them out and put them back. */
  reviews: Map<string, Matchable>
}

const messageOf = (text: string) => ({ text, links: [], lang: null })
const rankedOf = (engine: Engine, query: SplitQuery, text = query.text): Judged => ({
  found: engine.search(text, depth),
  relevant: query.relevant,
})

async function fill(set: BenchSet, queries: readonly SplitQuery[]): Promise<Filled> {
  const wanted = new Set(queries.flatMap(({ relevant }) => [...relevant]))
  const engine = createEngine()
  const reviews = new Map<string, Matchable>()
  for await (const { id, review } of claimsOf(set)) {
    engine.upsert(id, review)
    if (wanted.has(id)) reviews.set(id, review)
  }
  return { engine, reviews }
}

interface Stood extends Verdict {
  decision: string
}

/** Each query once with its relevant claims in the pool and once with them taken out. */
function standings({ engine, reviews }: Filled, queries: readonly SplitQuery[]): Stood[] {
  const standing = (query: SplitQuery, present: boolean): Stood => {
    const { decision, matches } = engine.find(messageOf(query.text), 1)
    const best = matches[0]
    return {
      decision,
      confidence: best?.confidence ?? 0,
      right: present && best !== undefined && query.relevant.has(best.id),
      present,
    }
  }
  return queries.flatMap((query) => {
    const here = standing(query, true)
    for (const id of query.relevant) engine.remove(id)
    const gone = standing(query, false)
    for (const id of query.relevant) {
      const review = reviews.get(id)
      if (review) engine.upsert(id, review)
    }
    return [here, gone]
  })
}

function abstentionOf(verdicts: readonly Stood[]) {
  const confidences = (present: boolean) =>
    verdicts.filter((verdict) => verdict.present === present).map(({ confidence }) => confidence)
  const answered = verdicts.filter(({ decision }) => decision === 'answered')
  const right = answered.filter((verdict) => verdict.right).length
  return {
    auroc: areaUnderCurve(confidences(true), confidences(false)),
    precision: answered.length === 0 ? 1 : right / answered.length,
    coverage: right / confidences(true).length,
  }
}

const lines = { ranking: [] as (string | number)[][], abstention: [] as (string | number)[][] }
const curves: string[] = []
let typos = ''

async function measureSet(name: SetName, split: string): Promise<void> {
  const set = sets[name]
  const queries = await queriesOf(set, split)
  const filled = await fill(set, queries)
  const { engine } = filled
  const judged = queries.map((query) => rankedOf(engine, query))
  const quality = qualityOf(judged)
  lines.ranking.push([
    set.name,
    split,
    engine.size,
    quality.n,
    share(quality['map@5']),
    share(quality.mrr),
    share(quality['p@1']),
    share(quality['s@10']),
    share(quality['r@50']),
  ])
  const verdicts = standings(filled, queries)
  const abstention = abstentionOf(verdicts)
  lines.abstention.push([
    set.name,
    split,
    share(abstention.auroc),
    share(abstention.precision),
    share(abstention.coverage),
  ])
  if (split === 'dev') curves.push(curveOf(set, verdicts))
  if (name === 'checkthat2022' && split === 'dev') typos = typosOf(engine, queries, judged)
}

function typosOf(engine: Engine, queries: readonly SplitQuery[], clean: readonly Judged[]): string {
  const edited = queries.map((query) =>
    rankedOf(engine, query, withTypos(query.text, randomOf(query.id, typoSeed))),
  )
  const mean = (judged: readonly Judged[]) =>
    judged.reduce((sum, one) => sum + averagePrecisionAt5(one), 0) / judged.length
  const [before, after] = [mean(clean), mean(edited)]
  return `One random letter edit in every third word of the queries of ${sets.checkthat2022.name} dev (seed ${typoSeed}): MAP@5 ${share(before)} → ${share(after)}, a loss of ${share(before - after)}.`
}

function curveOf(set: BenchSet, verdicts: readonly Stood[]): string {
  const rows = calibrationOf(verdicts)
    .filter(({ count }) => count > 0)
    .map(({ from, to, count, said, right }) => [
      `${from.toFixed(1)} to ${to.toFixed(1)}`,
      count,
      share(said),
      share(right),
    ])
  return `**${set.name}, dev**\n\n${formatTable(['confidence', 'answers', 'said', 'right'], rows)}`
}

/** What cross-validation found when the weights were learned: for sets whose every query was learned from. */
function trainedScores(): string {
  const { scores, date, command } = weights.provenance
  const rows = setNames.flatMap((name) => {
    const found = scores[name]
    return [
      [
        sets[name].name,
        found.n ?? '',
        ...['map@5', 'mrr', 's@10'].map((key) => share(found[key] ?? Number.NaN)),
      ],
    ]
  })
  return `Five-fold cross-validation over the train queries, each judged by weights that did not see it (from the provenance of \`src/matching/ranker.json\`, ${date}, \`${command}\`):

${formatTable(['set', 'n', 'MAP@5', 'MRR', 'S@10'], rows)}`
}

const { values } = parseArgs({ options: { 'last-look': { type: 'boolean', default: false } } })
for (const name of setNames) {
  const set: BenchSet = sets[name]
  const splits = [...set.measured, ...(values['last-look'] ? set.lastLook : [])]
  for (const split of splits) await measureSet(name, split)
}
const { answered, related } = weights.thresholds
process.stdout.write(`### Ranking

The shipped engine over each whole pool, with every field that its file carries (FactCheckTweet: title and subtitle).

${formatTable(['set', 'split', 'claims', 'n', 'MAP@5', 'MRR', 'P@1', 'S@10', 'R@50'], lines.ranking)}

${trainedScores()}

### Typing mistakes

${typos}

### Deciding

Each query once with its relevant claims in the pool and once with them taken out. A best match is \`answered\` from a
confidence of ${answered}, \`related\` from ${related}. Precision: of all that was answered in both passes, the share that is right;
coverage: the share of the queries that have an answer in the pool and got it.

${formatTable(['set', 'split', 'AUROC', 'precision of answered', 'coverage'], lines.abstention)}

### Calibration

What the best match's confidence said, and how often it was right, over both passes. Queries of the split were not learned from.

${curves.join('\n\n')}
`)

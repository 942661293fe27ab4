/**
 * `assay eval`: the product's own engine over files of claims, queries and relevance judgements, without a database.
 * Ranking is measured over what `search` returns, time and decision by `find`, as a person's message is answered.
 */
import { AssayError } from '#domain/errors.ts'
import type { Engine, Matchable } from '#matching/engine.ts'
import { areaUnderCurve, type Judged, percentile, type Quality, qualityOf } from './metrics.ts'
import { type FileQuery, type IndexField, readClaims, readJudgements, readQueries } from './read-files.ts'

export interface EvaluateInput {
  claims: string
  queries: string
  qrels: string
  fields: ReadonlySet<IndexField>
  abstain: boolean
}

export interface EvaluateNeeds {
  engine: Engine
  /** Milliseconds on a clock that only runs forward. */
  elapsedMs(): number
  residentBytes(): number
}

export interface Evaluation extends Quality {
  index_s: number
  p50_ms: number
  p99_ms: number
  qps: number
  rss_mb: number
}

/**
 * How well `answered` is decided, over two passes: each query once with its relevant claims in the pool, once without.
 * `auroc`: chance that the best confidence is higher with them than without. `precision`: of all answers in both passes
 * (decision `answered`), the share whose best match is relevant; 1 when nothing was answered. `coverage`: share of the
 * queries whose relevant claims were in the pool that were answered with a relevant best match.
 */
export interface Abstention {
  auroc: number
  precision: number
  coverage: number
}

/** Depth of the ranking that is measured, and of the matches that a timed answer holds. */
const depth = { ranking: 50, answer: 10 }

/** @throws not_found, invalid */
export async function evaluate(
  needs: EvaluateNeeds,
  input: EvaluateInput,
): Promise<Evaluation & Partial<Abstention>> {
  const judgements = await readJudgements(input.qrels)
  const queries = await readQueries(input.queries, judgements)
  if (queries.length === 0) {
    throw new AssayError(
      'invalid',
      `No query of ${input.queries} is judged in ${input.qrels}; do they belong together?`,
    )
  }
  const relevant = await indexClaims(needs, input, judgements)
  const timing = timeAnswers(needs, queries.map(messageOf))
  const judged = queries.map(
    (query): Judged => ({
      found: needs.engine.search(query.text, depth.ranking),
      relevant: judgements.get(query.id)!,
    }),
  )
  return {
    ...rounded(qualityOf(judged)),
    index_s: round(relevant.indexMs / 1000, 2),
    ...timing,
    rss_mb: Math.round(needs.residentBytes() / 1e6),
    ...(input.abstain ? rounded(measureAbstention(needs.engine, queries, judgements, relevant.reviews)) : {}),
  }
}

function messageOf(query: FileQuery) {
  return { text: query.text, links: [], lang: null }
}

/** Fills the engine; keeps the reviews that some query is about, to take them out and put them back. */
async function indexClaims(
  { engine, elapsedMs }: EvaluateNeeds,
  input: EvaluateInput,
  judgements: Map<string, Set<string>>,
) {
  const wanted = new Set([...judgements.values()].flatMap((claims) => [...claims]))
  const reviews = new Map<string, Matchable>()
  let indexMs = 0
  for await (const { id, review } of readClaims(input.claims, input.fields)) {
    const started = elapsedMs()
    engine.upsert(id, review)
    indexMs += elapsedMs() - started
    if (input.abstain && wanted.has(id)) reviews.set(id, review)
  }
  if (engine.size === 0) throw new AssayError('invalid', `${input.claims} holds no claim.`)
  return { indexMs, reviews }
}

/** One answer after another on one core, after a first few that let the machine warm up. */
export function timeAnswers({ engine, elapsedMs }: EvaluateNeeds, messages: ReturnType<typeof messageOf>[]) {
  for (const message of messages.slice(0, 200)) engine.find(message, depth.answer)
  const times: number[] = []
  for (const message of messages) {
    const started = elapsedMs()
    engine.find(message, depth.answer)
    times.push(elapsedMs() - started)
  }
  const total = times.reduce((sum, time) => sum + time, 0)
  return {
    p50_ms: round(percentile(times, 0.5), 2),
    p99_ms: round(percentile(times, 0.99), 2),
    qps: Math.round((1000 * times.length) / Math.max(total, 1e-9)),
  }
}

function measureAbstention(
  engine: Engine,
  queries: FileQuery[],
  judgements: Map<string, Set<string>>,
  reviews: Map<string, Matchable>,
): Abstention {
  const present: number[] = []
  const absent: number[] = []
  let answers = 0
  let right = 0
  for (const query of queries) {
    const relevant = judgements.get(query.id)!
    const here = engine.find(messageOf(query), 1)
    present.push(here.matches[0]?.confidence ?? 0)
    if (here.decision === 'answered') {
      answers++
      if (relevant.has(here.matches[0]!.id)) right++
    }
    for (const id of relevant) engine.remove(id)
    const gone = engine.find(messageOf(query), 1)
    absent.push(gone.matches[0]?.confidence ?? 0)
    if (gone.decision === 'answered') answers++
    for (const id of relevant) if (reviews.has(id)) engine.upsert(id, reviews.get(id)!)
  }
  return {
    auroc: areaUnderCurve(present, absent),
    precision: answers === 0 ? 1 : right / answers,
    coverage: right / queries.length,
  }
}

function rounded<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value, 4)])) as T
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

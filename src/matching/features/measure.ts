/** Candidates → rows of features: what the index scored, what the texts share, and how each stands among the others. */
import { type Candidates, type Documents, type Query, scoreSlots } from '../candidates.ts'
import { passageSlots, sharesOf } from '../passages.ts'
import { column, featureNames } from './names.ts'
import { createOverlapReader, type Overlap } from './overlap.ts'
import { createPlanner, type Plan } from './plan.ts'

export const width = featureNames.length

export interface Measured {
  count: number
  /** `count` rows of `width` numbers, in the order of the candidates. Valid until the next call. */
  rows: Float32Array
}

/** Reads candidates into rows; keeps its buffers, so one reader serves one query at a time. */
export function createMeasure(): (query: Query, candidates: Candidates, documents: Documents) => Measured {
  const planOf = createPlanner()
  const read = createOverlapReader()
  let rows = new Float32Array(0)
  let terms: ReturnType<Documents['newTerms']> | null = null
  return (query, candidates, documents) => {
    const { count } = candidates
    if (rows.length < count * width) rows = new Float32Array(count * width)
    terms ??= documents.newTerms()
    const plan = planOf(query)
    const list = standingsOf(candidates)
    const copies = copiesOf(candidates, list.wordsPlace)
    const passages = candidates.passages ?? sharesOf(candidates)
    for (let at = 0; at < count; at++) {
      const doc = candidates.docs[at]!
      documents.readTerms(doc, terms)
      const row = rows.subarray(at * width, (at + 1) * width)
      writeScores(row, candidates, at, list, plan)
      writeOverlap(row, read(plan, documents, terms), plan)
      writeContext(row, query, documents, doc)
      row[column.copies] = Math.log1p(copies.all[at]!)
      row[column.copiesBefore] = Math.log1p(copies.before[at]!)
      for (let slot = 0; slot < passageSlots.length; slot++) {
        row[column.passageWords + slot] = passages[at * passageSlots.length + slot]!
      }
    }
    return { count, rows }
  }
}

const slot = Object.fromEntries(scoreSlots.map((name, at) => [name, at])) as Record<
  (typeof scoreSlots)[number],
  number
>

/** How the scores of a list are spread: best, best of another claim than that, mean and deviation per slot, and places. */
interface Standings {
  best: Float64Array
  /** Claim of the best, by its number. */
  bestClaim: Int32Array
  second: Float64Array
  mean: Float64Array
  deviation: Float64Array
  wordsPlace: Int32Array
  gramsPlace: Int32Array
}

function standingsOf({ claims, count, scores }: Candidates): Standings {
  const slots = scoreSlots.length
  const best = new Float64Array(slots)
  const bestClaim = new Int32Array(slots)
  const second = new Float64Array(slots)
  const mean = new Float64Array(slots)
  const deviation = new Float64Array(slots)
  for (let at = 0; at < count; at++) {
    for (let of = 0; of < slots; of++) {
      const score = scores[at * slots + of]!
      mean[of] = mean[of]! + score / count
      deviation[of] = deviation[of]! + (score * score) / count
      if (score > best[of]!) {
        if (claims[at] !== bestClaim[of]) second[of] = best[of]!
        best[of] = score
        bestClaim[of] = claims[at]!
      } else if (score > second[of]! && claims[at] !== bestClaim[of]) second[of] = score
    }
  }
  for (let of = 0; of < slots; of++) {
    deviation[of] = Math.sqrt(Math.max(deviation[of]! - mean[of]! ** 2, 0))
  }
  const placesBy = (of: number) => placesOf(count, (at) => scores[at * slots + of]!)
  return {
    best,
    bestClaim,
    second,
    mean,
    deviation,
    wordsPlace: placesBy(slot.words),
    gramsPlace: placesBy(slot.grams),
  }
}

/** Of each candidate, how many others have the very same claim, and how many of them stand before it. */
function copiesOf({ claims, count }: Candidates, places: Int32Array) {
  const all = new Int32Array(count)
  const before = new Int32Array(count)
  const order = new Int32Array(count)
  for (let at = 0; at < count; at++) order[places[at]!] = at
  const met = new Map<number, number>()
  for (const at of order) {
    const own = met.get(claims[at]!) ?? 0
    before[at] = own
    met.set(claims[at]!, own + 1)
  }
  for (let at = 0; at < count; at++) all[at] = met.get(claims[at]!)! - 1
  return { all, before }
}

/** Place of each candidate, from 0. */
function placesOf(count: number, score: (at: number) => number): Int32Array {
  const keyed = new Float64Array(count)
  for (let at = 0; at < count; at++) keyed[at] = score(at)
  const order = Array.from({ length: count }, (_, at) => at).sort((a, b) => keyed[b]! - keyed[a]! || a - b)
  const places = new Int32Array(count)
  for (let place = 0; place < count; place++) places[order[place]!] = place
  return places
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}

function writeScores(
  row: Float32Array,
  candidates: Candidates,
  at: number,
  list: Standings,
  plan: Plan,
): void {
  const base = at * scoreSlots.length
  const scoreOf = (of: number) => candidates.scores[base + of]!
  const relative = (of: number) => share(scoreOf(of), list.best[of]!)
  const margin = (of: number) => {
    const score = scoreOf(of)
    const rival = candidates.claims[at] === list.bestClaim[of] ? list.second[of]! : list.best[of]!
    return share(score - rival, list.best[of]!)
  }
  row[column.wordsRelative] = relative(slot.words)
  row[column.wordsAbsolute] = share(scoreOf(slot.words), plan.mass)
  row[column.wordsMargin] = margin(slot.words)
  row[column.wordsDeviation] = share(
    scoreOf(slot.words) - list.mean[slot.words]!,
    list.deviation[slot.words]!,
  )
  row[column.wordsRank] = 1 / (1 + list.wordsPlace[at]!)
  row[column.claimRelative] = relative(slot.claim)
  row[column.titleRelative] = relative(slot.title)
  row[column.summaryRelative] = relative(slot.summary)
  row[column.bodyRelative] = relative(slot.body)
  row[column.gramsRelative] = relative(slot.grams)
  row[column.gramsAbsolute] = share(scoreOf(slot.grams), plan.mass)
  row[column.gramsMargin] = margin(slot.grams)
  row[column.gramsRank] = 1 / (1 + list.gramsPlace[at]!)
  row[column.links] = scoreOf(slot.links)
  row[column.near] = scoreOf(slot.near)
}

function writeOverlap(row: Float32Array, overlap: Overlap, plan: Plan): void {
  const { shared, own, lengths } = overlap
  const known = plan.knownMass
  row[column.messageCovered] = share(overlap.sharedAny, known)
  row[column.messageCoveredByClaim] = share(shared[0]!, known)
  row[column.messageCoveredByTitle] = share(shared[1]!, known)
  row[column.messageCoveredBySummary] = share(shared[2]!, known)
  row[column.messageCoveredByBody] = share(shared[3]!, known)
  row[column.claimCovered] = share(shared[0]!, own[0]!)
  row[column.titleCovered] = share(shared[1]!, own[1]!)
  row[column.summaryCovered] = share(shared[2]!, own[2]!)
  row[column.coveredBothWays] = Math.max(
    harmonic(share(shared[0]!, known), share(shared[0]!, own[0]!)),
    harmonic(share(shared[1]!, known), share(shared[1]!, own[1]!)),
  )
  row[column.evidence] = Math.log1p(overlap.sharedAny)
  row[column.sharedTerms] = Math.log1p(overlap.sharedTerms)
  row[column.rarestShared] = share(overlap.top[0], plan.rarest)
  row[column.rareAgreement] = share(overlap.top[0] + overlap.top[1] + overlap.top[2], plan.rarestThree)
  row[column.namesShared] = plan.namesMass > 0 ? overlap.namesShared / plan.namesMass : -1
  row[column.claimNamesCovered] = overlap.claimNames > 0 ? overlap.claimNamesShared / overlap.claimNames : -1
  row[column.claimNamesMissing] = share(overlap.claimNames - overlap.claimNamesShared, plan.rarest)
  row[column.claimRarestMissing] = share(overlap.rarestMissing[0]!, plan.rarest)
  row[column.titleRarestMissing] = lengths[1]! > 0 ? share(overlap.rarestMissing[1]!, plan.rarest) : -1
  row[column.messageRarestMissing] = share(overlap.messageRarestMissing, plan.rarest)
  row[column.claimMissing] = Math.log1p(Math.max(0, own[0]! - shared[0]!))
  row[column.numbersShared] = overlap.numbersShared
  row[column.claimNumbersCovered] =
    overlap.claimNumbers > 0 ? overlap.claimNumbersShared / overlap.claimNumbers : -1
  row[column.messageNumbersCovered] = plan.numbers > 0 ? overlap.numbersShared / plan.numbers : -1
  row[column.run] = Math.log1p(Math.max(overlap.run[0]!, overlap.run[1]!))
  row[column.runShare] = Math.max(share(overlap.runMass[0]!, own[0]!), share(overlap.runMass[1]!, own[1]!))
  row[column.ordered] = Math.max(overlap.ordered[0]!, overlap.ordered[1]!)
  row[column.window] = Math.max(share(overlap.window[0]!, own[0]!), share(overlap.window[1]!, own[1]!))
  row[column.messageLength] = Math.log1p(plan.length)
  row[column.messageUnknown] = 1 - share(known, plan.mass)
  row[column.claimLength] = Math.log1p(lengths[0]!)
  row[column.reviewLength] = Math.log1p(lengths[0]! + lengths[1]! + lengths[2]!)
  row[column.bodyLength] = Math.log1p(lengths[3]!)
  row[column.negation] = Number(overlap.claimDenies) - Number(plan.denies)
}

function harmonic(a: number, b: number): number {
  return a + b > 0 ? (2 * a * b) / (a + b) : 0
}

function writeContext(row: Float32Array, query: Query, documents: Documents, doc: number): void {
  const day = documents.day(doc)
  const apart = query.day === null || Number.isNaN(day) ? null : day - query.day
  row[column.days] = apart === null ? -1 : Math.log1p(Math.abs(apart))
  row[column.before] = apart === null || Math.abs(apart) <= 1 ? 0 : apart < 0 ? 1 : -1
  const lang = documents.lang(doc)
  row[column.language] = query.lang === null || lang === null ? 0 : query.lang === lang ? 1 : -1
}

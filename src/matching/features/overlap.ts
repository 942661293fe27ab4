/** One review read against the message: what they share, field by field. The inner loop of ranking: no allocation. */
import { type Documents, type DocumentTerms, termFlags } from '../candidates.ts'
import { keepTop, type Plan, placesMax } from './plan.ts'

const { NAME, NUMBER, NEGATION, LINK, PART, STOP } = termFlags

/** Fields that are compared term by term: claim, title, summary. Of the body counts only what it shares. */
export const comparedFields = 3
const bodyField = 3

/** What one review shares with the message; overwritten by the next. Arrays are by field. */
export interface Overlap {
  shared: Float64Array
  own: Float64Array
  lengths: Float64Array
  /** Share of the field's mass in the best stretch of the message, longest run and its mass, ordered neighbours. */
  window: Float64Array
  run: Float64Array
  runMass: Float64Array
  ordered: Float64Array
  /** Weight of the rarest term of the field that the message lacks. */
  rarestMissing: Float64Array
  /** Weight of the rarest known term of the message that no field has. */
  messageRarestMissing: number
  sharedAny: number
  sharedTerms: number
  top: [number, number, number]
  namesShared: number
  claimNames: number
  claimNamesShared: number
  numbersShared: number
  claimNumbers: number
  claimNumbersShared: number
  claimDenies: boolean
}

export function createOverlapReader(): (
  plan: Plan,
  documents: Documents,
  document: DocumentTerms,
) => Overlap {
  const perField = () => new Float64Array(comparedFields + 1)
  const overlap: Overlap = {
    shared: perField(),
    own: perField(),
    lengths: perField(),
    window: perField(),
    run: perField(),
    runMass: perField(),
    ordered: perField(),
    rarestMissing: perField(),
    messageRarestMissing: 0,
    sharedAny: 0,
    sharedTerms: 0,
    top: [0, 0, 0],
    namesShared: 0,
    claimNames: 0,
    claimNamesShared: 0,
    numbersShared: 0,
    claimNumbers: 0,
    claimNumbersShared: 0,
    claimDenies: false,
  }
  const scratch = createScratch()
  return (plan, documents, document) => {
    clear(overlap)
    scratch.begin(plan)
    for (let field = 0; field < comparedFields; field++)
      readField(plan, documents, document, field, overlap, scratch)
    readBody(plan, document, overlap, scratch)
    for (let at = 0; at < plan.rareCount; at++) {
      const slot = plan.rare[at]!
      if (!scratch.firstInReview(slot)) continue
      overlap.messageRarestMissing = plan.weights[slot]!
      break
    }
    return overlap
  }
}

function clear(overlap: Overlap): void {
  for (const part of [
    overlap.shared,
    overlap.own,
    overlap.lengths,
    overlap.window,
    overlap.run,
    overlap.runMass,
    overlap.ordered,
    overlap.rarestMissing,
    overlap.top,
  ])
    part.fill(0)
  overlap.messageRarestMissing = 0
  overlap.sharedAny = 0
  overlap.sharedTerms = 0
  overlap.namesShared = 0
  overlap.claimNames = 0
  overlap.claimNamesShared = 0
  overlap.numbersShared = 0
  overlap.claimNumbers = 0
  overlap.claimNumbersShared = 0
  overlap.claimDenies = false
}

/** Stamps and run lengths that are valid only for the review or field being read, so that nothing is emptied. */
interface Scratch {
  begin(plan: Plan): void
  nextField(): void
  /** True the first time that a slot is seen in this review. */
  firstInReview(slot: number): boolean
  firstInField(slot: number): boolean
  /** Length and mass of the run that ends at this place of the message with this term of the field. */
  extend(place: number, index: number, weight: number): void
  length: number
  mass: number
  /** Distinct shared terms of the field, for the window. */
  seen: Int32Array
  seenCount: number
}

function createScratch(): Scratch {
  let review = 0
  let field = 0
  let inReview = new Int32Array(256)
  let inField = new Int32Array(256)
  let runAt = new Int32Array(256)
  let runField = new Int32Array(256)
  let runLength = new Int32Array(256)
  let runMass = new Float64Array(256)
  return {
    length: 0,
    mass: 0,
    seen: new Int32Array(256),
    seenCount: 0,
    begin(plan) {
      review++
      const slots = plan.count + 1
      if (inReview.length < slots) {
        inReview = new Int32Array(slots * 2)
        inField = new Int32Array(slots * 2)
        this.seen = new Int32Array(slots * 2)
      }
      if (runAt.length <= plan.length) {
        runAt = new Int32Array(plan.length * 2)
        runField = new Int32Array(plan.length * 2)
        runLength = new Int32Array(plan.length * 2)
        runMass = new Float64Array(plan.length * 2)
      }
    },
    nextField() {
      field++
      this.seenCount = 0
    },
    firstInReview(slot) {
      if (inReview[slot] === review) return false
      inReview[slot] = review
      return true
    },
    firstInField(slot) {
      if (inField[slot] === field) return false
      inField[slot] = field
      this.seen[this.seenCount++] = slot
      return true
    },
    extend(place, index, weight) {
      const before = place - 1
      const continues = place > 0 && runField[before] === field && runAt[before] === index - 1
      this.length = continues ? runLength[before]! + 1 : 1
      this.mass = continues ? runMass[before]! + weight : weight
      runField[place] = field
      runAt[place] = index
      runLength[place] = this.length
      runMass[place] = this.mass
    },
  }
}

function readField(
  plan: Plan,
  documents: Documents,
  document: DocumentTerms,
  field: number,
  overlap: Overlap,
  scratch: Scratch,
): void {
  scratch.nextField()
  const start = document.fieldStarts[field]!
  const end = document.fieldStarts[field + 1]!
  let index = 0
  let previous = 0
  let neighbours = 0
  let follows = 0
  for (let at = start; at < end; at++) {
    const term = document.terms[at]!
    const flags = document.flags[at]!
    if ((flags & LINK) !== 0) continue
    const slot = term < plan.slots.length ? plan.slots[term]! : 0
    const weight = documents.idf(term) * ((flags & PART) !== 0 ? 0.5 : 1)
    overlap.own[field] = overlap.own[field]! + weight
    if (field === 0) readClaimTerm(flags, slot, weight, overlap)
    if (slot !== 0) readShared(plan, slot, flags, field, overlap, scratch)
    if ((flags & PART) !== 0) continue
    if (slot === 0 && weight > overlap.rarestMissing[field]!) overlap.rarestMissing[field] = weight
    if (slot !== 0) readRuns(plan, slot, index, weight, field, overlap, scratch)
    if ((flags & STOP) === 0) {
      if (index > 0) {
        neighbours++
        if (slot !== 0 && previous !== 0 && followsWithin(plan, previous, slot)) follows++
      }
      previous = slot
    }
    index++
  }
  overlap.lengths[field] = index
  overlap.ordered[field] = neighbours === 0 ? 0 : follows / neighbours
  overlap.window[field] = bestWindow(plan, index, scratch)
}

function readBody(plan: Plan, document: DocumentTerms, overlap: Overlap, scratch: Scratch): void {
  scratch.nextField()
  const start = document.fieldStarts[bodyField]!
  const end = document.fieldStarts[bodyField + 1]!
  overlap.lengths[bodyField] = end - start
  for (let at = start; at < end; at++) {
    const term = document.terms[at]!
    const slot = term < plan.slots.length ? plan.slots[term]! : 0
    if (slot !== 0) readShared(plan, slot, document.flags[at]!, bodyField, overlap, scratch)
  }
}

function readClaimTerm(flags: number, slot: number, weight: number, overlap: Overlap): void {
  if ((flags & NEGATION) !== 0) overlap.claimDenies = true
  if ((flags & NUMBER) !== 0) {
    overlap.claimNumbers++
    if (slot !== 0) overlap.claimNumbersShared++
  } else if ((flags & NAME) !== 0) {
    overlap.claimNames += weight
    if (slot !== 0) overlap.claimNamesShared += weight
  }
}

function readShared(
  plan: Plan,
  slot: number,
  flags: number,
  field: number,
  overlap: Overlap,
  scratch: Scratch,
): void {
  const weight = plan.weights[slot]!
  if (scratch.firstInField(slot)) overlap.shared[field] = overlap.shared[field]! + weight
  if (!scratch.firstInReview(slot)) return
  overlap.sharedAny += weight
  const all = flags | plan.flags[slot]!
  if ((all & STOP) === 0) overlap.sharedTerms++
  if ((all & NUMBER) !== 0) overlap.numbersShared++
  else if ((plan.flags[slot]! & NAME) !== 0) overlap.namesShared += weight
  keepTop(overlap.top, weight)
}

function readRuns(
  plan: Plan,
  slot: number,
  index: number,
  weight: number,
  field: number,
  overlap: Overlap,
  scratch: Scratch,
): void {
  const from = slot * placesMax
  for (let at = from + placesMax - 1; at >= from; at--) {
    const place = plan.places[at]!
    if (place < 0) continue
    scratch.extend(place, index, weight)
    if (scratch.length > overlap.run[field]!) overlap.run[field] = scratch.length
    if (scratch.mass > overlap.runMass[field]!) overlap.runMass[field] = scratch.mass
  }
}

const followDistance = 4

function followsWithin(plan: Plan, before: number, after: number): boolean {
  const beforeFrom = before * placesMax
  const afterFrom = after * placesMax
  for (let a = beforeFrom; a < beforeFrom + placesMax; a++) {
    const first = plan.places[a]!
    if (first < 0) break
    for (let b = afterFrom; b < afterFrom + placesMax; b++) {
      const second = plan.places[b]!
      if (second < 0) break
      if (second > first && second - first <= followDistance) return true
    }
  }
  return false
}

/** Most mass of the field's shared terms that stand (by their first place) within one stretch of the message. */
function bestWindow(plan: Plan, fieldLength: number, scratch: Scratch): number {
  const width = Math.max(12, fieldLength * 2)
  const { seen, seenCount } = scratch
  if (plan.length <= width) {
    let mass = 0
    for (let at = 0; at < seenCount; at++) mass += plan.weights[seen[at]!]!
    return mass
  }
  const held = seen.subarray(0, seenCount)
  held.sort((a, b) => plan.places[a * placesMax]! - plan.places[b * placesMax]!)
  let best = 0
  let mass = 0
  let from = 0
  for (let at = 0; at < seenCount; at++) {
    const place = plan.places[held[at]! * placesMax]!
    mass += plan.weights[held[at]!]!
    while (plan.places[held[from]! * placesMax]! < place - width) mass -= plan.weights[held[from++]!]!
    if (mass > best) best = mass
  }
  return best
}

/**
 * The message laid out for comparison: each distinct term once, found by its id in one array access, with its weight
 * and where it stands. Made once per query; every candidate is then read against it.
 */
import { type Query, termFlags } from '../candidates.ts'

/** Places of one term that are looked at; a word said a hundred times says no more than one said eight times. */
const placesMax = 8

export interface Plan {
  /** Number of distinct terms; slots run from 1. */
  count: number
  /** Slot of a term id, 0 when the message has it not; ids above its length are not in the message either. */
  slots: Int32Array
  weights: Float64Array
  flags: Uint8Array
  /** The first `placesMax` places of each slot, in order; -1 fills up. */
  places: Int32Array
  /** Terms in a row, without parts of compounds and links. */
  length: number
  /** Mass of all distinct terms, of those that some review has, of names and count of numbers among them. */
  mass: number
  knownMass: number
  namesMass: number
  numbers: number
  /** Weights of the three rarest known terms, summed, and of the rarest alone. */
  rarest: number
  rarestThree: number
  denies: boolean
  /** Slots of the rarest known terms, rarest first. */
  rare: Int32Array
  rareCount: number
}

export { placesMax }

/** Rarest terms that are looked for one by one. */
const rareMax = 8

const { NAME, NUMBER, NEGATION, LINK, PART } = termFlags

/** Lays out a query. `slots` of the plan is emptied and used again for the next one: one plan at a time. */
export function createPlanner(): (query: Query) => Plan {
  let slots = new Int32Array(1024)
  let used: number[] = []
  return (query) => {
    for (const term of used) slots[term] = 0
    used = []
    const top = query.terms.reduce((most, term) => Math.max(most, term), 0)
    if (top >= slots.length) slots = new Int32Array(top * 2)
    const unknown = new Map<number, number>()
    const plan = emptyPlan(query.count, slots)
    let position = 0
    for (let at = 0; at < query.count; at++) {
      const term = query.terms[at]!
      const flags = query.flags[at]!
      let slot = term < 0 ? (unknown.get(term) ?? 0) : slots[term]!
      if (slot === 0) {
        slot = ++plan.count
        if (term < 0) unknown.set(term, slot)
        else {
          slots[term] = slot
          used.push(term)
        }
        plan.weights[slot] = query.idf[at]! * ((flags & PART) !== 0 ? 0.5 : 1)
      }
      plan.flags[slot] = plan.flags[slot]! | flags
      if ((flags & (PART | LINK)) !== 0) continue
      addPlace(plan, slot, position++)
    }
    plan.length = position
    sumUp(plan, new Set(unknown.values()))
    return plan
  }
}

function emptyPlan(terms: number, slots: Int32Array): Plan {
  return {
    count: 0,
    slots,
    weights: new Float64Array(terms + 1),
    flags: new Uint8Array(terms + 1),
    places: new Int32Array((terms + 1) * placesMax).fill(-1),
    length: 0,
    mass: 0,
    knownMass: 0,
    namesMass: 0,
    numbers: 0,
    rarest: 0,
    rarestThree: 0,
    denies: false,
    rare: new Int32Array(rareMax),
    rareCount: 0,
  }
}

function addPlace(plan: Plan, slot: number, position: number): void {
  const from = slot * placesMax
  for (let at = from; at < from + placesMax; at++) {
    if (plan.places[at] !== -1) continue
    plan.places[at] = position
    return
  }
}

function sumUp(plan: Plan, unknown: ReadonlySet<number>): void {
  const top: [number, number, number] = [0, 0, 0]
  for (let slot = 1; slot <= plan.count; slot++) {
    const flags = plan.flags[slot]!
    if ((flags & NEGATION) !== 0) plan.denies = true
    if ((flags & LINK) !== 0) continue
    const weight = plan.weights[slot]!
    plan.mass += weight
    if ((flags & NAME) !== 0) plan.namesMass += weight
    if ((flags & NUMBER) !== 0) plan.numbers++
    if (unknown.has(slot)) continue
    plan.knownMass += weight
    keepTop(top, weight)
    if ((flags & (NUMBER | PART)) === 0) keepRare(plan, slot)
  }
  plan.rarest = top[0]
  plan.rarestThree = top[0] + top[1] + top[2]
}

/** Puts a slot among the rarest by insertion; of equal weight the first in the message stays before. */
function keepRare(plan: Plan, slot: number): void {
  const { rare, weights } = plan
  let at = Math.min(plan.rareCount, rareMax - 1)
  if (plan.rareCount === rareMax && weights[rare[at]!]! >= weights[slot]!) return
  while (at > 0 && weights[rare[at - 1]!]! < weights[slot]!) {
    rare[at] = rare[at - 1]!
    at--
  }
  rare[at] = slot
  plan.rareCount = Math.min(rareMax, plan.rareCount + 1)
}

/** Keeps the three greatest, greatest first. */
export function keepTop(top: [number, number, number], weight: number): void {
  if (weight > top[0]) {
    top[2] = top[1]
    top[1] = top[0]
    top[0] = weight
  } else if (weight > top[1]) {
    top[2] = top[1]
    top[1] = weight
  } else if (weight > top[2]) top[2] = weight
}

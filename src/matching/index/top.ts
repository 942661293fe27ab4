/**
 * The best documents of a weighted sum of lists, exactly, without reading all of them.
 *
 * Per segment, term at a time, rarest first (MaxScore, Turtle and Flood 1995). Sums and bounds
 * are integers, so no order of adding changes them. Once the terms that are left cannot lift a document that none of
 * the earlier ones met over the k-th best sum, only the documents met are followed, block by block, and those whose
 * sum plus what is left stays below it are let go (block-max bounds: Ding and Suel 2011).
 */
import { findList, ListReader, type Postings } from './postings.ts'
import type { Segment } from './segment.ts'

/** What is asked of one channel. */
export interface Weighted {
  /** Distinct. */
  readonly terms: Int32Array
  /** 1 to `weightMax`, beside the terms. */
  readonly weights: Int32Array
  readonly count: number
}

export const weightMax = 4_095

/** The k best documents so far: least first (a heap), ordered by sum, then by tie (less is better). */
export class Best {
  readonly docs: Int32Array
  readonly sums: Int32Array
  readonly ties: Int32Array
  readonly room: number
  count = 0

  constructor(room: number) {
    this.room = room
    this.docs = new Int32Array(room)
    this.sums = new Int32Array(room)
    this.ties = new Int32Array(room)
  }

  /** A sum below this cannot enter. */
  get least(): number {
    return this.count < this.room ? 1 : this.sums[0]!
  }

  offer(doc: number, sum: number, tie: number): void {
    if (this.count < this.room) {
      let at = this.count++
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!this.#below(sum, tie, parent)) break
        this.#copy(parent, at)
        at = parent
      }
      this.#set(at, doc, sum, tie)
    } else if (!this.#below(sum, tie, 0)) this.#sink(doc, sum, tie)
  }

  #below(sum: number, tie: number, other: number): boolean {
    const there = this.sums[other]!
    return sum < there || (sum === there && tie > this.ties[other]!)
  }

  #sink(doc: number, sum: number, tie: number): void {
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= this.count) break
      if (child + 1 < this.count && this.#below(this.sums[child + 1]!, this.ties[child + 1]!, child)) child++
      if (this.#below(sum, tie, child)) break
      this.#copy(child, at)
      at = child
    }
    this.#set(at, doc, sum, tie)
  }

  #copy(from: number, to: number): void {
    this.docs[to] = this.docs[from]!
    this.sums[to] = this.sums[from]!
    this.ties[to] = this.ties[from]!
  }

  #set(at: number, doc: number, sum: number, tie: number): void {
    this.docs[at] = doc
    this.sums[at] = sum
    this.ties[at] = tie
  }
}

/** The lists of one query in one segment; used again for the next. */
interface Plan {
  count: number
  readonly readers: ListReader[]
  readonly weights: number[]
  /** The most that the lists from here on can add; 0 at the end. */
  readonly rests: number[]
}

/** Fewer documents than this share of a segment are sorted; more are found in order by looking at all. */
const sortedShare = 32

/** Sums over one channel of one segment after another. Keeps its buffers: one search at a time. */
export class Sums {
  #sums = new Int32Array(1024)
  #met = new Int32Array(1024)
  #kept = new Int32Array(1024)
  readonly #leaders = new Leaders()
  readonly #opened: Plan = { count: 0, readers: [], weights: [], rests: [] }
  /** False: reads everything (the yardstick that pruning is held against). */
  readonly #pruned: boolean

  constructor(pruned = true) {
    this.#pruned = pruned
  }

  /**
   * Offers the segment's live documents to `best`, as document number `base` + place. `forced`: ascending places whose
   * sums are wanted whether or not they are among the best; `forcedSums` receives them.
   */
  search(
    segment: Segment,
    postings: Postings,
    base: number,
    query: Weighted,
    best: Best,
    forced: readonly number[],
    forcedSums: number[],
  ): void {
    const { live, documents } = segment
    this.#makeRoom(documents.count)
    const plan = this.#plan(postings, query)
    const sums = this.#sums
    const met = this.#met
    const leaders = this.#leaders
    leaders.begin(best.room)
    let metCount = 0
    let at = 0
    let least = this.#pruned ? best.least : 0
    for (; at < plan.count; at++) {
      if (this.#pruned) least = Math.max(least, leaders.least(sums, met, metCount, live))
      if (plan.rests[at]! < least) break
      metCount = plan.readers[at]!.addAll(plan.weights[at]!, sums, met, metCount)
    }
    for (let of = 0; of < forced.length; of++) forcedSums[of] = sums[forced[of]!]!
    let kept = met
    let keptCount = metCount
    if (at < plan.count) {
      addForced(plan, at, forced, forcedSums)
      kept = this.#kept
      keptCount = this.#keep(documents.count, metCount, least - plan.rests[at]!, live)
      keptCount = this.#follow(plan, at, least, keptCount, live)
    }
    for (let of = 0; of < keptCount; of++) {
      const doc = kept[of]!
      const sum = sums[doc]!
      if (sum >= best.least && live[doc] === 1) best.offer(base + doc, sum, documents.idHashes[doc]!)
    }
    this.#forget(documents.count, metCount)
  }

  #makeRoom(documentCount: number): void {
    if (this.#sums.length >= documentCount) return
    this.#sums = new Int32Array(documentCount)
    this.#met = new Int32Array(documentCount)
    this.#kept = new Int32Array(documentCount)
  }

  #forget(documentCount: number, metCount: number): void {
    if (metCount * 16 > documentCount) this.#sums.fill(0, 0, documentCount)
    else for (let at = 0; at < metCount; at++) this.#sums[this.#met[at]!] = 0
  }

  /** Opens the query's lists, in the order of its terms: by weight, the rarest first. */
  #plan(postings: Postings, query: Weighted): Plan {
    const plan = this.#opened
    plan.count = 0
    for (let at = 0; at < query.count; at++) {
      const list = findList(postings, query.terms[at]!)
      if (list < 0) continue
      const place = plan.count++
      if (place === plan.readers.length) plan.readers.push(new ListReader())
      plan.readers[place]!.open(postings, list)
      plan.weights[place] = query.weights[at]!
    }
    plan.rests[plan.count] = 0
    for (let at = plan.count - 1; at >= 0; at--) {
      plan.rests[at] = plan.rests[at + 1]! + plan.weights[at]! * plan.readers[at]!.impactMost
    }
    return plan
  }

  /** Notes, ascending, the live documents met whose sum is `needed` or more; returns how many. */
  #keep(documentCount: number, metCount: number, needed: number, live: Uint8Array): number {
    const sums = this.#sums
    const kept = this.#kept
    const lowest = Math.max(1, needed)
    let count = 0
    for (let at = 0; at < metCount; at++) {
      const doc = this.#met[at]!
      if (sums[doc]! >= lowest && live[doc] === 1) kept[count++] = doc
    }
    if (count * sortedShare < documentCount) {
      kept.subarray(0, count).sort()
      return count
    }
    count = 0
    for (let doc = 0; doc < documentCount; doc++) {
      if (sums[doc]! >= lowest && live[doc] === 1) kept[count++] = doc
    }
    return count
  }

  /** Reads the lists from `from` on for the kept documents, letting go of those that fall behind; returns how many stay. */
  #follow(plan: Plan, from: number, leastAtStart: number, keptCount: number, live: Uint8Array): number {
    const sums = this.#sums
    const kept = this.#kept
    let least = leastAtStart
    let count = keptCount
    for (let at = from; at < plan.count && count > 0; at++) {
      const needed = least - plan.rests[at + 1]!
      addKept(plan.readers[at]!, plan.weights[at]!, sums, kept, count, needed)
      least = Math.max(least, this.#leaders.least(sums, kept, count, live))
      let to = 0
      for (let of = 0; of < count; of++) {
        const doc = kept[of]!
        if (sums[doc]! + plan.rests[at + 1]! >= least) kept[to++] = doc
      }
      count = to
    }
    return count
  }
}

/** Completes the sums of the forced documents by the lists from `from` on. */
function addForced(plan: Plan, from: number, forced: readonly number[], forcedSums: number[]): void {
  for (let at = from; at < plan.count; at++) {
    const reader = plan.readers[at]!
    const weight = plan.weights[at]!
    for (let of = 0, block = 0; of < forced.length && block < reader.blocks; ) {
      if (reader.lastDoc(block) < forced[of]!) {
        block++
        continue
      }
      reader.readBlock(block)
      const { docs, impacts, filled } = reader
      const last = block + 1 === reader.blocks ? 0x7fffffff : docs[filled - 1]!
      for (let posting = 0; of < forced.length && forced[of]! <= last; of++) {
        while (posting < filled && docs[posting]! < forced[of]!) posting++
        if (docs[posting] === forced[of]! && posting < filled) forcedSums[of]! += weight * impacts[posting]!
      }
      block++
    }
    reader.rewind()
  }
}

/**
 * Adds a list to the sums of the kept documents (ascending), reading only the blocks that hold one of them and can lift
 * one to `needed`; what stays below it is dropped afterwards, so its sum need not be right.
 */
function addKept(
  reader: ListReader,
  weight: number,
  sums: Int32Array,
  kept: Int32Array,
  count: number,
  needed: number,
): void {
  for (let at = 0, block = 0; at < count && block < reader.blocks; block++) {
    const last = reader.lastDoc(block)
    if (last < kept[at]!) continue
    const lift = weight * reader.blockImpact(block)
    const from = at
    let lifted = false
    for (; at < count && kept[at]! <= last; at++) if (sums[kept[at]!]! + lift >= needed) lifted = true
    if (lifted) addBlock(reader, block, weight, sums, kept, from, at)
  }
}

function addBlock(
  reader: ListReader,
  block: number,
  weight: number,
  sums: Int32Array,
  kept: Int32Array,
  from: number,
  to: number,
): void {
  reader.readBlock(block)
  const { docs, impacts, filled } = reader
  let of = 0
  for (let at = from; at < to; at++) {
    const wanted = kept[at]!
    while (of < filled && docs[of]! < wanted) of++
    if (of === filled) return
    if (docs[of] === wanted) sums[wanted] = sums[wanted]! + weight * impacts[of]!
  }
}

const levelCount = 1_024

/**
 * A bound that at least k documents reach: the least sum of k leaders. Sums only grow, so leaders once chosen bound the
 * k-th best from below for ever; they are chosen anew when twice as many documents have been met.
 */
class Leaders {
  readonly #levels = new Int32Array(levelCount)
  #docs = new Int32Array(64)
  #room = 0
  #chosenOf = 0

  begin(room: number): void {
    this.#room = room
    this.#chosenOf = 0
    if (this.#docs.length < room) this.#docs = new Int32Array(room)
  }

  /** Never above the k-th best sum; 0 while fewer than k live documents were met. */
  least(sums: Int32Array, docs: Int32Array, count: number, live: Uint8Array): number {
    if (count < this.#room) return 0
    if (this.#chosenOf === 0 || count > this.#chosenOf * 2) {
      const chosen = this.#choose(sums, docs, count, live)
      this.#chosenOf = chosen ? count : 0
      if (!chosen) return 0
    }
    let least = 0x7fffffff
    for (let at = 0; at < this.#room; at++) {
      const sum = sums[this.#docs[at]!]!
      if (sum < least) least = sum
    }
    return least
  }

  /** k live documents of the highest levels, without sorting: levels are counted, then filled from the top. */
  #choose(sums: Int32Array, docs: Int32Array, count: number, live: Uint8Array): boolean {
    let most = 0
    for (let at = 0; at < count; at++) if (sums[docs[at]!]! > most) most = sums[docs[at]!]!
    let shift = 0
    while (most >>> shift >= levelCount) shift++
    const levels = this.#levels.fill(0)
    for (let at = 0; at < count; at++) levels[sums[docs[at]!]! >>> shift]!++
    let above = 0
    let level = most >>> shift
    for (; level > 0 && above < this.#room; level--) above += levels[level]!
    let chosen = 0
    for (let at = 0; at < count && chosen < this.#room; at++) {
      const doc = docs[at]!
      if (sums[doc]! >>> shift > level && live[doc] === 1) this.#docs[chosen++] = doc
    }
    return chosen === this.#room
  }
}

/**
 * Which documents have a term, and how strongly: sealed lists in one array of bytes.
 *
 * A list: varint count · byte greatest impact · for more than one block, seven bytes a block (its last document, 4;
 * its length in bytes, 2; its greatest impact, 1) · the blocks. A block holds up to 128 postings, each one varint of
 * (distance to the document before, less one) × 16 + impact. Distances start anew at no block: the first of a block
 * is measured from the last of the block before.
 */
import { ByteColumn, IntColumn } from './columns.ts'

export const blockPostings = 128
const blockHeadBytes = 7
/** Impacts are 1 to 15: how much of a term's weight a document earns, in steps of a fifteenth. */
export const impactMax = 15

export interface Postings {
  /** Ascending. */
  readonly terms: Int32Array
  /** Where each term's list starts in `bytes`, and the end of the last. */
  readonly offsets: Int32Array
  readonly bytes: Uint8Array
  /** Where in `terms` the terms from `at << shift` on start: made, not kept. */
  readonly starts: Int32Array
  readonly shift: number
}

/** Terms looked through for one, on average. */
const termsPerStart = 4

/** A sealed channel of its three columns. */
export function postingsOf(terms: Int32Array, offsets: Int32Array, bytes: Uint8Array): Postings {
  const most = terms.length === 0 ? 0 : terms[terms.length - 1]!
  let shift = 0
  while (most >>> shift > terms.length / termsPerStart) shift++
  const starts = new Int32Array((most >>> shift) + 2).fill(terms.length)
  for (let at = terms.length - 1; at >= 0; at--) starts[terms[at]! >>> shift] = at
  for (let at = starts.length - 2; at >= 0; at--)
    if (starts[at]! > starts[at + 1]!) starts[at] = starts[at + 1]!
  return { terms, offsets, bytes, starts, shift }
}

/** Writes lists in ascending order of term. */
export class PostingsWriter {
  readonly #terms: IntColumn
  readonly #offsets: IntColumn
  readonly #bytes: ByteColumn

  /** Room for as much as all of these hold, so that little grows while they are merged. */
  constructor(all: readonly Postings[] = []) {
    const lists = all.reduce((most, { terms }) => Math.max(most, terms.length), 0)
    this.#terms = new IntColumn(256 + lists)
    this.#offsets = new IntColumn(256 + lists)
    this.#bytes = new ByteColumn(all.reduce((sum, { bytes }) => sum + bytes.length, 4_096))
  }

  /** `docs` ascending; the first `count` of both arrays are read. */
  add(term: number, docs: Int32Array, impacts: Uint8Array, count: number): void {
    if (count === 0) return
    this.#terms.push(term)
    this.#offsets.push(this.#bytes.length)
    this.#bytes.pushVarint(count)
    let most = 0
    for (let at = 0; at < count; at++) if (impacts[at]! > most) most = impacts[at]!
    this.#bytes.push(most)
    if (count <= blockPostings) this.#block(docs, impacts, 0, count, -1)
    else this.#blocks(docs, impacts, count)
  }

  #blocks(docs: Int32Array, impacts: Uint8Array, count: number): void {
    const blocks = Math.ceil(count / blockPostings)
    let head = this.#bytes.reserve(blocks * blockHeadBytes)
    let before = -1
    for (let from = 0; from < count; from += blockPostings) {
      const to = Math.min(from + blockPostings, count)
      const start = this.#bytes.length
      const most = this.#block(docs, impacts, from, to, before)
      const last = docs[to - 1]!
      const size = this.#bytes.length - start
      const { data } = this.#bytes
      data[head] = last & 0xff
      data[head + 1] = (last >>> 8) & 0xff
      data[head + 2] = (last >>> 16) & 0xff
      data[head + 3] = last >>> 24
      data[head + 4] = size & 0xff
      data[head + 5] = size >>> 8
      data[head + 6] = most
      head += blockHeadBytes
      before = last
    }
  }

  #block(docs: Int32Array, impacts: Uint8Array, from: number, to: number, before: number): number {
    let previous = before
    let most = 0
    for (let at = from; at < to; at++) {
      const doc = docs[at]!
      const impact = impacts[at]!
      if (impact > most) most = impact
      this.#bytes.pushVarint(((doc - previous - 1) << 4) | impact)
      previous = doc
    }
    return most
  }

  sealed(): Postings {
    this.#offsets.push(this.#bytes.length)
    return postingsOf(this.#terms.sealed(), this.#offsets.sealed(), this.#bytes.sealed())
  }
}

/** Place of a term in `postings.terms`, or -1. */
export function findList({ terms, starts, shift }: Postings, term: number): number {
  const group = term >>> shift
  if (group + 1 >= starts.length) return -1
  const end = starts[group + 1]!
  for (let at = starts[group]!; at < end; at++) {
    const here = terms[at]!
    if (here >= term) return here === term ? at : -1
  }
  return -1
}

/** One list being read. Reused: `open` forgets the list before. */
export class ListReader {
  count = 0
  impactMost = 0
  blocks = 0
  /** What `readBlock` filled: the first `filled` of each. */
  readonly docs = new Int32Array(blockPostings)
  readonly impacts = new Uint8Array(blockPostings)
  filled = 0
  #bytes: Uint8Array = new Uint8Array(0)
  #heads = 0
  #data = 0
  /** The block whose start is known, its first byte. */
  #block = 0
  #blockStart = 0

  open(postings: Postings, list: number): void {
    const bytes = postings.bytes
    let at = postings.offsets[list]!
    let count = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!
      count |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    this.#bytes = bytes
    this.count = count
    this.impactMost = bytes[at++]!
    this.blocks = Math.ceil(count / blockPostings)
    this.#heads = at
    this.#data = this.blocks > 1 ? at + this.blocks * blockHeadBytes : at
    this.#block = 0
    this.#blockStart = this.#data
  }

  /** From the first block again. */
  rewind(): void {
    this.#block = 0
    this.#blockStart = this.#data
  }

  /** The last document of a block; a list of one block has none written, and answers with the greatest there is. */
  lastDoc(block: number): number {
    if (this.blocks === 1) return 0x7fffffff
    const bytes = this.#bytes
    const at = this.#heads + block * blockHeadBytes
    return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
  }

  blockImpact(block: number): number {
    return this.blocks === 1 ? this.impactMost : this.#bytes[this.#heads + block * blockHeadBytes + 6]!
  }

  /** Reads a block into `docs` and `impacts`. Blocks are asked for in ascending order. */
  readBlock(block: number): void {
    const bytes = this.#bytes
    while (this.#block < block) {
      const head = this.#heads + this.#block * blockHeadBytes + 4
      this.#blockStart += bytes[head]! | (bytes[head + 1]! << 8)
      this.#block++
    }
    const count = Math.min(blockPostings, this.count - block * blockPostings)
    const { docs, impacts } = this
    let doc = block === 0 ? -1 : this.lastDoc(block - 1)
    let at = this.#blockStart
    for (let to = 0; to < count; to++) {
      let byte = bytes[at++]!
      let value = byte & 0x7f
      for (let shift = 7; byte > 0x7f; shift += 7) {
        byte = bytes[at++]!
        value |= (byte & 0x7f) << shift
      }
      doc += (value >>> 4) + 1
      docs[to] = doc
      impacts[to] = value & 15
    }
    this.filled = count
  }

  /** Adds `weight` times each posting's impact to its document's sum; documents met first are noted. Returns the notes' new count. */
  addAll(weight: number, sums: Int32Array, met: Int32Array, metCount: number): number {
    const bytes = this.#bytes
    let noted = metCount
    let doc = -1
    let at = this.#data
    for (let left = this.count; left > 0; left--) {
      let byte = bytes[at++]!
      let value = byte & 0x7f
      for (let shift = 7; byte > 0x7f; shift += 7) {
        byte = bytes[at++]!
        value |= (byte & 0x7f) << shift
      }
      doc += (value >>> 4) + 1
      const sum = sums[doc]!
      if (sum === 0) met[noted++] = doc
      sums[doc] = sum + weight * (value & 15)
    }
    return noted
  }
}

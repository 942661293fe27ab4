/**
 * The vectors of reviews in memory, and those nearest to a message's: every vector's signs are compared bit by bit, and
 * of those that differ least the angle is measured. No graph to build and none to mend when a review goes; see
 * docs/decisions/0013.
 */

/** `angleMax`: vectors whose angle is measured, at the least; `sampleMax`: vectors that tell what is usual in a table. */
export const tableLimits = { measuredMin: 1_000, sampleMax: 1_024, roomMin: 1_024 } as const

/** A review near a message: the cosine of the angle between their vectors, -1 to 1. */
export interface Near {
  id: string
  similarity: number
}

/** How similar the reviews of a table usually are to one message: the middle, and how far half of them stray from it. */
export interface Usual {
  middle: number
  /** As a standard deviation: 1.4826 × the median distance from the middle. Source: Rousseeuw and Croux 1993. */
  spread: number
}

const bitsPerWord = 32
const madToDeviation = 1.4826

/** Vectors of one length, by id; of any other length none is taken and none is found. */
export class VectorTable {
  #dimension = 0
  #words = 0
  #count = 0
  #ids: string[] = []
  #places = new Map<string, number>()
  #numbers = new Int8Array(0)
  #signs = new Int32Array(0)
  #lengths = new Float32Array(0)
  #distances = new Uint16Array(0)

  get size(): number {
    return this.#count
  }

  /** Numbers in each vector; 0 until the table was told. */
  get dimension(): number {
    return this.#dimension
  }

  /** Bytes held, without ids. */
  get bytes(): number {
    return (
      this.#numbers.byteLength +
      this.#signs.byteLength +
      this.#lengths.byteLength +
      this.#distances.byteLength
    )
  }

  /** Forgets every vector; from now on they are of this length. */
  reset(dimension: number): void {
    this.#dimension = dimension
    this.#words = Math.ceil(dimension / bitsPerWord)
    this.#count = 0
    this.#ids = []
    this.#places = new Map()
    this.#numbers = new Int8Array(0)
    this.#signs = new Int32Array(0)
    this.#lengths = new Float32Array(0)
    this.#distances = new Uint16Array(0)
  }

  /** Adds the vector, or replaces the one of the same id. @returns false for one of another length or without direction */
  set(id: string, numbers: Int8Array): boolean {
    let square = 0
    for (const value of numbers) square += value * value
    if (numbers.length !== this.#dimension || square === 0) return false
    const known = this.#places.get(id)
    const place = known ?? this.#count++
    if (known === undefined) {
      this.#grow(place + 1)
      this.#places.set(id, place)
      this.#ids[place] = id
    }
    this.#numbers.set(numbers, place * this.#dimension)
    this.#signs.fill(0, place * this.#words, (place + 1) * this.#words)
    signsInto(numbers, this.#signs, place * this.#words)
    this.#lengths[place] = Math.sqrt(square)
    return true
  }

  /** False when there was none. */
  remove(id: string): boolean {
    const place = this.#places.get(id)
    if (place === undefined) return false
    const last = --this.#count
    this.#places.delete(id)
    if (place !== last) {
      const moved = this.#ids[last]!
      this.#ids[place] = moved
      this.#places.set(moved, place)
      this.#numbers.copyWithin(place * this.#dimension, last * this.#dimension, (last + 1) * this.#dimension)
      this.#signs.copyWithin(place * this.#words, last * this.#words, (last + 1) * this.#words)
      this.#lengths[place] = this.#lengths[last]!
    }
    this.#ids.length = last
    return true
  }

  /** The most similar first, of equal ones the lesser id; none for a vector of another length or without direction. */
  nearest(vector: Float32Array, limit: number): Near[] {
    const length = lengthOf(vector)
    if (vector.length !== this.#dimension || !isDirection(length) || this.#count === 0) return []
    const near = this.#placesAround(vector, Math.max(limit, tableLimits.measuredMin)).map((place) => ({
      id: this.#ids[place]!,
      similarity: this.#similarity(place, vector, length),
    }))
    near.sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1))
    return near.slice(0, limit)
  }

  /** Null where `nearest` finds nothing. Told from vectors at even steps through the table. */
  usual(vector: Float32Array): Usual | null {
    const length = lengthOf(vector)
    if (vector.length !== this.#dimension || !isDirection(length) || this.#count === 0) return null
    const sampled = Math.min(this.#count, tableLimits.sampleMax)
    const step = this.#count / sampled
    const similarities = Float64Array.from({ length: sampled }, (_, at) =>
      this.#similarity(Math.floor(at * step), vector, length),
    )
    const middle = medianOf(similarities)
    return { middle, spread: madToDeviation * medianOf(similarities.map((one) => Math.abs(one - middle))) }
  }

  #similarity(place: number, vector: Float32Array, length: number): number {
    const numbers = this.#numbers
    let from = place * this.#dimension
    let sum = 0
    for (let at = 0; at < vector.length; at++) sum += vector[at]! * numbers[from++]!
    return sum / (length * this.#lengths[place]!)
  }

  /** Places of those whose signs differ least: `count` or as many as there are, more where the last ones are alike. */
  #placesAround(vector: Float32Array, count: number): number[] {
    const words = this.#words
    const signs = this.#signs
    const distances = this.#distances
    const asked = new Int32Array(words)
    signsInto(vector, asked, 0)
    const atDistance = new Int32Array(this.#dimension + 1)
    let from = 0
    for (let place = 0; place < this.#count; place++) {
      let distance = 0
      for (let word = 0; word < words; word++) distance += bitsIn(signs[from++]! ^ asked[word]!)
      distances[place] = distance
      atDistance[distance]!++
    }
    let furthest = 0
    for (let met = atDistance[0]!; met < count && furthest < this.#dimension; ) met += atDistance[++furthest]!
    const places: number[] = []
    for (let place = 0; place < this.#count; place++) if (distances[place]! <= furthest) places.push(place)
    return places
  }

  #grow(count: number): void {
    if (count <= this.#lengths.length) return
    const room = Math.max(tableLimits.roomMin, Math.ceil(this.#lengths.length * 1.5))
    this.#numbers = grown(this.#numbers, new Int8Array(room * this.#dimension))
    this.#signs = grown(this.#signs, new Int32Array(room * this.#words))
    this.#lengths = grown(this.#lengths, new Float32Array(room))
    this.#distances = new Uint16Array(room)
  }
}

function grown<T extends Int8Array | Int32Array | Float32Array>(old: T, room: T): T {
  room.set(old)
  return room
}

/** A bit for each number above zero; the words must be zero before. */
function signsInto(numbers: Int8Array | Float32Array, words: Int32Array, from: number): void {
  for (let at = 0; at < numbers.length; at++) {
    if (numbers[at]! > 0) words[from + (at >>> 5)]! |= 1 << (at & 31)
  }
}

/** Source: Warren, Hacker's Delight, 5-1. */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** NaN when one of the numbers is. */
function lengthOf(vector: Float32Array): number {
  let square = 0
  for (const value of vector) square += value * value
  return Math.sqrt(square)
}

function isDirection(length: number): boolean {
  return length > 0 && length < Number.POSITIVE_INFINITY
}

function medianOf(values: Float64Array): number {
  const sorted = values.toSorted()
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}

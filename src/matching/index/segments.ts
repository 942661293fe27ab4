/**
 * The index as parts: a head that takes new documents, sealed segments, and merges that run a few steps per change.
 *
 * A change never waits for a merge and a reader never waits for a change: reading seals the head (bounded by
 * `headDocumentsMax`), and the segments being merged go on answering until the merged one takes their place.
 */
import { mergeSteps } from './merge.ts'
import { type Entry, findInSegment, Head, type Segment } from './segment.ts'

/** A full head is sealed; some 25 ms of work, paid by the change that fills it or by the next reader. */
const headDocumentsMax = 2_048
/** Segments of one size class before they are merged, and how much larger the next class is. */
const fanOut = 8
/** Larger segments are not merged further, so that a merge never holds more than this twice. */
const mergedDocumentsMax = 131_072
/** Merge steps per change: enough that a merge ends before the next one is due. */
const stepsPerChange = 2
/** Behind by this many segments, a change finishes the running merge itself. */
const segmentsMax = 64
/** A segment with more dead documents than this share is written anew. */
const deadShareMax = 0.3

/** A live document's place. */
export interface Place {
  segment: Segment
  doc: number
}

export class Segments {
  #head = new Head()
  #sealed: Segment[]
  #merging: { parts: Segment[]; steps: Generator<void, Segment, void> } | null = null

  constructor(sealed: Segment[] = []) {
    this.#sealed = sealed
  }

  /** Every document, sealed. */
  all(): readonly Segment[] {
    if (this.#head.count > 0) this.#seal()
    return this.#sealed
  }

  get segmentCount(): number {
    return this.#sealed.length
  }

  add(entry: Entry): void {
    this.#head.add(entry)
    if (this.#head.count >= headDocumentsMax) this.#seal()
    this.#maintain()
  }

  /** Where the id's live document is. */
  find(id: string): Place | null {
    if (this.#head.has(id)) this.#seal()
    for (const segment of this.#sealed) {
      const doc = findInSegment(segment, id)
      if (doc >= 0) return { segment, doc }
    }
    return null
  }

  kill({ segment, doc }: Place): void {
    segment.live[doc] = 0
    segment.liveCount--
    this.#maintain()
  }

  #seal(): void {
    this.#sealed.push(this.#head.sealed())
    this.#head = new Head()
  }

  #maintain(): void {
    if (this.#merging === null) {
      const parts = mergeable(this.#sealed)
      if (parts === null) return
      this.#merging = { parts, steps: mergeSteps(parts) }
    }
    const steps = this.#sealed.length > segmentsMax ? Number.POSITIVE_INFINITY : stepsPerChange
    for (let step = 0; step < steps; step++) {
      const next = this.#merging.steps.next()
      if (next.done !== true) continue
      this.#replace(this.#merging.parts, next.value)
      this.#merging = null
      return
    }
  }

  #replace(parts: readonly Segment[], merged: Segment): void {
    const at = this.#sealed.indexOf(parts[0]!)
    const rest = this.#sealed.filter((segment) => !parts.includes(segment))
    if (merged.documents.count > 0) rest.splice(at, 0, merged)
    this.#sealed = rest
  }
}

function sizeClass(segment: Segment): number {
  let size = segment.documents.count
  let sizes = 0
  for (; size >= fanOut; size /= fanOut) sizes++
  return sizes
}

/** Neighbours of one size class, or one segment that is mostly dead; null when nothing is due. */
function mergeable(segments: readonly Segment[]): Segment[] | null {
  for (const segment of segments) {
    if (segment.liveCount < segment.documents.count * (1 - deadShareMax)) return [segment]
  }
  const classes = new Map<number, Segment[]>()
  for (const segment of segments) {
    const size = sizeClass(segment)
    const group = classes.get(size) ?? []
    group.push(segment)
    classes.set(size, group)
    const total = group.reduce((sum, { liveCount }) => sum + liveCount, 0)
    if (group.length > 1 && total > mergedDocumentsMax) {
      group.pop()
      if (group.length > fanOut / 2) return group
      classes.set(size, [segment])
    } else if (group.length === fanOut) return group
  }
  return null
}

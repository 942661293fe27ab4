/** Several segments → one, without their dead documents, in small steps so that nobody waits. */
import { DocumentWriter, idSlotsOf } from './documents.ts'
import { ListReader, type Postings, PostingsWriter } from './postings.ts'
import type { Segment } from './segment.ts'

/** Documents or postings handled between two yields; about a fifth of a millisecond. */
const documentsPerStep = 64
const postingsPerStep = 20_000

/** Merges when driven to its end; the segments go on being read, and documents that die meanwhile are dead in the result. */
export function* mergeSteps(segments: readonly Segment[]): Generator<void, Segment, void> {
  const places = segments.map(({ documents }) => new Int32Array(documents.count).fill(-1))
  const writer = new DocumentWriter(segments.map(({ documents }) => documents))
  for (const [at, { documents, live }] of segments.entries()) {
    for (let doc = 0; doc < documents.count; doc++) {
      if (doc % documentsPerStep === 0) yield
      if (live[doc] === 0) continue
      places[at]![doc] = writer.count
      writer.copy(documents, doc)
    }
  }
  const documents = writer.sealed()
  yield
  const words = yield* mergeLists(
    segments.map((segment) => segment.words),
    places,
    documents.count,
  )
  const grams = yield* mergeLists(
    segments.map((segment) => segment.grams),
    places,
    documents.count,
  )
  const live = new Uint8Array(documents.count).fill(1)
  const merged: Segment = {
    documents,
    words,
    grams,
    idSlots: idSlotsOf(documents),
    live,
    liveCount: documents.count,
  }
  for (const [at, segment] of segments.entries()) {
    for (let doc = 0; doc < segment.live.length; doc++) {
      const place = places[at]![doc]!
      if (place >= 0 && segment.live[doc] === 0) {
        live[place] = 0
        merged.liveCount--
      }
    }
  }
  return merged
}

function* mergeLists(
  all: readonly Postings[],
  places: readonly Int32Array[],
  documentCount: number,
): Generator<void, Postings, void> {
  const writer = new PostingsWriter(all)
  const reader = new ListReader()
  const next = new Int32Array(all.length)
  const docs = new Int32Array(documentCount)
  const impacts = new Uint8Array(documentCount)
  let handled = 0
  for (;;) {
    let term = 0x7fffffff
    let open = false
    for (let at = 0; at < all.length; at++) {
      const list = next[at]!
      if (list < all[at]!.terms.length) {
        open = true
        if (all[at]!.terms[list]! < term) term = all[at]!.terms[list]!
      }
    }
    if (!open) return writer.sealed()
    let count = 0
    for (let at = 0; at < all.length; at++) {
      const postings = all[at]!
      if (postings.terms[next[at]!] !== term) continue
      reader.open(postings, next[at]!)
      next[at] = next[at]! + 1
      const place = places[at]!
      for (let block = 0; block < reader.blocks; block++) {
        reader.readBlock(block)
        for (let of = 0; of < reader.filled; of++) {
          const doc = place[reader.docs[of]!]!
          if (doc < 0) continue
          docs[count] = doc
          impacts[count++] = reader.impacts[of]!
        }
      }
      handled += reader.count + 8
    }
    writer.add(term, docs, impacts, count)
    if (handled > postingsPerStep) {
      handled = 0
      yield
    }
  }
}

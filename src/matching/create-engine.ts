/** The engine: an index of reviews and a judge of candidates behind the one door of matching. */
import type { Parsed } from '#domain/errors.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import type { Found, Message, Why } from '#domain/message.ts'
import type { Documents, Judge, Query } from './candidates.ts'
import type { Engine, SnapshotStamp } from './engine.ts'
import { createIndex, type ReviewIndex, readIndex } from './index/review-index.ts'
import { mergeParts } from './merge-parts.ts'

export interface EngineOptions {
  judge?: Judge
  /** Taken over; absent: an empty one. */
  index?: ReviewIndex
}

/** The engine of a snapshot's bytes, which are taken over; refused when they are damaged or of another version. */
export function readEngine(bytes: Uint8Array): Parsed<{ engine: Engine; stamp: SnapshotStamp }> {
  const read = readIndex(bytes)
  if (!read.ok) return read
  const { index, stamp } = read.value
  return { ok: true, value: { engine: createEngine({ index }), stamp } }
}

/** An engine, empty unless it is given an index. */
export function createEngine(options: EngineOptions = {}): Engine {
  const index = options.index ?? createIndex()
  const judge = options.judge ?? plainJudge
  return {
    upsert: (id, review) => index.upsert(id, review),
    remove: (id) => index.remove(id),
    get size() {
      return index.size
    },
    memory: () => index.memory(),
    snapshot: (stamp) => index.snapshot(stamp),
    find(message: Message, limit: number): Found {
      const founds = index
        .queries(message)
        .map((query) =>
          judge.judge(query, index.candidates(query, judge.candidatesMax), index.documents, limit),
        )
      return mergeParts(founds, limit)
    },
    search(text, limit) {
      const query = index.queries({ text, links: [], lang: null })[0]
      if (query === undefined) return []
      const found = index.candidates(query, Math.max(limit, judge.candidatesMax))
      return judge.rank(query, found, index.documents, limit).map(({ doc }) => index.documents.id(doc))
    },
  }
}

/** Stands in until weights are there: the share of the message's rarity that the review's words hold. */
const plainJudge: Judge = {
  candidatesMax: 50,
  judge(query, candidates, documents, limit) {
    const best = this.rank(query, candidates, documents, limit)
    const matches = best.map(({ doc, score }) => ({
      id: documents.id(doc) as ClaimReviewId,
      confidence: score,
      why: wordsShared(query, documents, doc),
    }))
    const top = best[0]?.score ?? 0
    if (top < 0.4) return { decision: 'none', matches: [] }
    return { decision: top > 0.7 ? 'answered' : 'related', matches }
  },
  rank(query, candidates, documents, limit) {
    const all = new Set(query.terms)
    let whole = 0
    for (const term of all) whole += documents.idf(term)
    const terms = documents.newTerms()
    const ranked = Array.from(candidates.docs, (doc) => {
      documents.readTerms(doc, terms)
      const held = new Set(terms.terms.subarray(0, terms.count))
      let shared = 0
      for (const term of all) if (held.has(term)) shared += documents.idf(term)
      return { doc, score: whole === 0 ? 0 : Math.min(0.99, shared / whole) }
    })
    return ranked.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, limit)
  },
}

/** The words of the message that the review has too, as written in the message. */
function wordsShared(query: Query, documents: Documents, doc: number): Why[] {
  const terms = documents.newTerms()
  documents.readTerms(doc, terms)
  const held = new Set(terms.terms.subarray(0, terms.count))
  const words = new Set<string>()
  for (let at = 0; at < query.count; at++) {
    if (held.has(query.terms[at]!)) words.add(query.text.slice(query.starts[at], query.ends[at]))
  }
  return words.size === 0 ? [] : [{ kind: 'words', terms: [...words] }]
}

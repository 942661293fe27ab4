/** The engine: an index of reviews and a judge of candidates behind the one door of matching. */
import type { Parsed } from '#domain/errors.ts'
import type { Found, Message } from '#domain/message.ts'
import type { Judge } from './candidates.ts'
import { createJudge } from './decide.ts'
import type { Engine, SnapshotStamp } from './engine.ts'
import { createIndex, type ReviewIndex, readIndex } from './index/review-index.ts'
import { addMeaning } from './meaning/add-meaning.ts'
import type { VectorTable } from './meaning/vector-table.ts'
import { mergeParts } from './merge-parts.ts'
import { askAll } from './passages.ts'

export interface EngineOptions {
  /** The judge of the shipped weights unless another is given. */
  judge?: Judge
  /** Taken over; absent: an empty one. */
  index?: ReviewIndex
  /** Filled by whoever makes it; a review that changes or goes leaves it at once. Absent: words alone are compared. */
  vectors?: VectorTable | undefined
}

/** The engine of a snapshot's bytes, which are taken over; refused when they are damaged or of another version. */
export function readEngine(
  bytes: Uint8Array,
  options: Pick<EngineOptions, 'vectors'> = {},
): Parsed<{ engine: Engine; stamp: SnapshotStamp }> {
  const read = readIndex(bytes)
  if (!read.ok) return read
  const { index, stamp } = read.value
  return { ok: true, value: { engine: createEngine({ ...options, index }), stamp } }
}

/** An engine, empty unless it is given an index. */
export function createEngine(options: EngineOptions = {}): Engine {
  const index = options.index ?? createIndex()
  const judge = options.judge ?? createJudge()
  const { vectors } = options
  return {
    upsert(id, review) {
      vectors?.remove(id)
      index.upsert(id, review)
    },
    remove(id) {
      vectors?.remove(id)
      return index.remove(id)
    },
    get size() {
      return index.size
    },
    memory: () => (vectors ? { ...index.memory(), vectors: vectors.bytes } : index.memory()),
    snapshot: (stamp) => index.snapshot(stamp),
    find(message: Message, limit: number, vector?: Float32Array): Found {
      const founds = askAll(index, index.queries(message), judge.candidatesMax).map(({ query, candidates }) =>
        judge.judge(query, candidates, index.documents, limit),
      )
      const found = mergeParts(founds, limit)
      if (vector === undefined || vectors === undefined) return found
      return addMeaning({ index, vectors, thresholds: judge.thresholds }, { message, vector, found, limit })
    },
    search(text, limit) {
      const queries = index.queries({ text, links: [], lang: null })
      const [whole] = askAll(index, queries, Math.max(limit, judge.candidatesMax))
      if (whole === undefined) return []
      const ranked = judge.rank(whole.query, whole.candidates, index.documents, limit)
      return ranked.map(({ doc }) => index.documents.id(doc))
    },
  }
}

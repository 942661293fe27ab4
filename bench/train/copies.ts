/** A claim that several publishers checked: the sets name one review of it each, where readers of all publishers meet several. */
import type { Matchable } from '#matching/engine.ts'
import type { Random } from '../edits.ts'

const copiesMax = 3

/** The review as one to three other publishers have it: in the same words, or in those of the headline. */
export function copiesOf(id: string, review: Matchable, random: Random): [id: string, copy: Matchable][] {
  return Array.from({ length: 1 + Math.floor(random() * copiesMax) }, (_, at) => {
    const claim = random() < 0.5 ? review.claim : (review.title ?? review.claim)
    return [`${id} again ${at}`, { ...review, claim, title: null }]
  })
}

/** What can be asked: an index, or the whole engine. */
interface Filled {
  upsert(id: string, review: Matchable): void
  remove(id: string): boolean
}

/**
 * What `work` finds while other publishers have some of the reviews too; it is given the ids of their copies.
 * @param reviews of the pool by id: the copies are among them meanwhile
 */
export function withCopies<T>(
  pool: Filled,
  reviews: Map<string, Matchable>,
  ids: Iterable<string>,
  randomFor: (id: string) => Random,
  work: (copies: string[]) => T,
): T {
  const copies = [...ids].flatMap((id) => {
    const review = reviews.get(id)
    return review === undefined ? [] : copiesOf(id, review, randomFor(id))
  })
  for (const [id, copy] of copies) {
    reviews.set(id, copy)
    pool.upsert(id, copy)
  }
  const found = work(copies.map(([id]) => id))
  for (const [id] of copies) {
    pool.remove(id)
    reviews.delete(id)
  }
  return found
}

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

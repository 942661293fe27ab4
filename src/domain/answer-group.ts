/** Matches about the same claim, put together so that several publishers' ratings stand side by side. */
import type { Answer } from './message.ts'
import { ratingsDisagree } from './rating.ts'

export interface AnswerGroup {
  /** Places in the answer's `matches`, counted from 0, best first. */
  matches: number[]
  /** Their ratings contradict each other. */
  disagree: boolean
}

export interface GroupedAnswer extends Answer {
  /** Best first; every match is in exactly one. */
  groups: AnswerGroup[]
}

/** Puts each match into the first group whose best match makes the same claim, as `sameClaim` judges. */
export function groupAnswer(
  answer: Answer,
  sameClaim: (one: string, other: string) => boolean,
): GroupedAnswer {
  const claimOf = (place: number) => answer.matches[place]!.claimReview.claim
  const together: number[][] = []
  for (let place = 0; place < answer.matches.length; place++) {
    const group = together.find(([best]) => sameClaim(claimOf(best!), claimOf(place)))
    if (group) group.push(place)
    else together.push([place])
  }
  const groups = together.map((matches) => {
    const values = matches.map((place) => answer.matches[place]!.claimReview.rating.value)
    return { matches, disagree: ratingsDisagree(values.filter((value) => value !== null)) }
  })
  return { ...answer, groups }
}

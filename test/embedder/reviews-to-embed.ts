/** Reviews for tests of vectors: one that is asked about, and many about something else each. */
import { record } from '../api/records.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'
const nonsense = (at: number) => `${letters[at % 26]}${letters[(at * 7 + 3) % 26]}xol${letters[at % 5]}wim`

export const bread = record({
  url: 'https://facts.example/bread',
  claim: 'Bread in the freezer turns to stone.',
})

export const others = Array.from({ length: 70 }, (_, at) =>
  record({
    url: `https://facts.example/other-${at}`,
    claim: `The ${nonsense(at)} of ${nonsense(at + 31)} was sold ${at + 2} times to ${nonsense(at + 57)}.`,
  }),
)

/** The same in words that the claim does not have. */
export const foreignWords = 'Brot, Gefriertruhe: Stein!'

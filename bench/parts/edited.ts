/** What is not the claim any more must not be answered, and what several publishers checked must be answered as if one had. */
import { createEngine } from '#matching/create-engine.ts'
import type { Matchable } from '#matching/engine.ts'
import { denied, namesOf, type Random, randomOf, tersely, withOtherName, withOtherNumber } from '../edits.ts'
import { formatTable, share } from '../format-table.ts'
import { claimsOf, queriesOf, sets } from '../sets.ts'
import { withCopies } from '../train/copies.ts'

const seed = 1
/** Claims that are told over again, spread over the pool, and the most words that one has. */
const told = { count: 400, wordsMax: 30 } as const

const set = sets.checkthat2022
const engine = createEngine()
const reviews = new Map<string, Matchable>()
for await (const { id, review } of claimsOf(set)) {
  engine.upsert(id, review)
  reviews.set(id, review)
}
const ask = (text: string) => engine.find({ text, links: [], lang: null }, 1)

type Edit = (claim: string, names: readonly string[], random: Random) => string | null

const edits: Record<string, Edit> = {
  'as it is': (claim) => claim,
  'a few of its words': (claim, _names, random) => tersely(claim, random),
  'with another number': (claim, _names, random) => withOtherNumber(claim, claim, random),
  'with another name': (claim, names, random) => withOtherName(claim, claim, names, random),
  'with another name, in small letters': (claim, names, random) =>
    withOtherName(claim, claim, names, random)?.toLowerCase() ?? null,
  'with a "not"': (claim) => denied(claim, 'en'),
}

/** Of the claims that could be edited so: share found first, and share answered by their own review. */
function editedRows(): (string | number)[][] {
  const names = namesOf([...reviews.values()].map(({ claim }) => claim))
  const every = Math.ceil(reviews.size / told.count)
  const claims = [...reviews].filter(
    ([, { claim }], at) => at % every === 0 && claim.split(' ').length <= told.wordsMax,
  )
  return Object.entries(edits).map(([name, edit]) => {
    const asked = claims.flatMap(([id, { claim }]) => {
      const text = edit(claim, names, randomOf(id, seed))
      return text === null ? [] : [{ id, found: ask(text) }]
    })
    const found = asked.filter(({ id, found }) => found.matches[0]?.id === id)
    const answered = found.filter(({ found }) => found.decision === 'answered')
    return [name, asked.length, share(found.length / asked.length), share(answered.length / asked.length)]
  })
}

/** Precision and coverage on dev, each query with its relevant claims in the pool and without; of the best that is there, copies too or not. */
async function publisherRows(): Promise<(string | number)[][]> {
  const queries = await queriesOf(set, 'dev')
  return [false, true].map((isCopied) => {
    let right = 0
    let answered = 0
    for (const { relevant, text } of queries) {
      const count = (ids: Iterable<string>, isPresent: boolean) =>
        withCopies(
          engine,
          reviews,
          isCopied ? ids : [],
          (id) => randomOf(id, seed),
          (copies) => {
            const { decision, matches } = ask(text)
            if (decision !== 'answered') return
            answered++
            const best = matches[0]!.id
            if (isPresent && (relevant.has(best) || copies.includes(best))) right++
          },
        )
      count(relevant, true)
      for (const id of relevant) engine.remove(id)
      count(
        ask(text).matches.map(({ id }) => id),
        false,
      )
      for (const id of relevant) engine.upsert(id, reviews.get(id)!)
    }
    const precision = answered === 0 ? 1 : right / answered
    return [isCopied ? 'two to four' : 'one', share(precision), share(right / queries.length)]
  })
}

process.stdout.write(`### A claim told otherwise

Claims of ${set.name} asked over again, edited (seed ${seed}), with all its reviews in the pool. What says something
else than the claim should be found and not answered.

${formatTable(['the claim', 'asked', 'found first', 'answered'], editedRows())}

### A claim of several publishers

The dev queries of ${set.name}, once with their relevant claims in the pool and once without; the relevant review, or the best
of those that stay, as one publisher has it or as several do, in the same words or in those of its headline.

${formatTable(['publishers', 'precision of answered', 'coverage'], await publisherRows())}
`)

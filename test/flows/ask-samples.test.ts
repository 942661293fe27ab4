/** What tired people paste, asked against the sample reviews: silence where nothing fits is kept, answers are counted. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { GroupedAnswer } from '#domain/answer-group.ts'
import { answerMessage } from '#flows/answer-message/answer-message.ts'
import { applyChanges } from '#flows/keep-index-current/apply-changes.ts'
import { addSamples } from '#flows/load-samples/add-samples.ts'
import { createMetrics } from '#io/metrics.ts'
import { createEngine } from '#matching/create-engine.ts'
import { freshDatabase } from '../fresh-database.ts'

interface Case {
  text: string
  lang: string | null
  /** The myth that answers it: the last part of the address of its reviews. Null: nothing here does. */
  review: string | null
  note: string
}

function casesOf(name: string): Case[] {
  return JSON.parse(
    readFileSync(new URL(`../cases/messages/${name}.json`, import.meta.url), 'utf8'),
  ) as Case[]
}
const answered = casesOf('answered')
const silent = casesOf('silent')

/** Of the thirty; what the engine reaches as it is. Raise it with the engine, never lower it. */
const answeredMin = 23

const { db } = await freshDatabase()
const now = () => new Date('2025-12-01T12:00:00Z')
await addSamples({ db, clock: { now }, ids: { now, randomBytes } })
const engine = createEngine()
await applyChanges(db, engine, 0, new AbortController().signal)
const metrics = createMetrics()

const ask = ({ text, lang }: Case): Promise<GroupedAnswer> =>
  answerMessage(
    { engine, index: { ready: true, levelAt: now() }, db, metrics, embedder: null },
    { text, links: [], lang },
  )

const mythOf = (url: string | null) => new URL(url!).pathname.split('/').at(-1)

describe('against the sample reviews', () => {
  test.each(silent)('is not answered: $text', async (message) => {
    const { decision, matches } = await ask(message)
    expect(decision, matches[0]?.claimReview.claim).not.toBe('answered')
  })

  test('what is answered is answered with a review of that myth first, and no fewer messages than before', async () => {
    const asked = await Promise.all(
      answered.map(async (message) => ({ message, answer: await ask(message) })),
    )
    const given = asked.filter(({ answer }) => answer.decision === 'answered')
    const wrong = given.filter(
      ({ message, answer }) => mythOf(answer.matches[0]!.claimReview.url) !== message.review,
    )
    expect(wrong.map(({ message }) => message.text)).toEqual([])
    const missed = asked.filter(({ answer }) => answer.decision !== 'answered')
    const silence = missed.map(({ message }) => message.text).join('\n')
    expect(given.length, silence).toBeGreaterThanOrEqual(answeredMin)
  })

  test('what several publishers say of one claim stands together, and their disagreement is told', async () => {
    const answer = await ask({ ...answered[0]!, text: 'Mount Everest is the tallest mountain in the world' })
    const { matches, disagree } = answer.groups[0]!
    const names = new Set(matches.map((place) => answer.matches[place]!.claimReview.publisher.name))
    expect(answer.decision).toBe('answered')
    expect(names.size).toBeGreaterThanOrEqual(2)
    expect(disagree).toBe(true)
  })
})

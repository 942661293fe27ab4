/** /api/v1/answers: what the ask page says, for programs. POST keeps the message out of addresses; both only read. */
import { createRoute, z } from '@hono/zod-openapi'
import { decisions, messageLimits, whyKinds } from '#domain/message.ts'
import { answerLimits, answerMessage } from '#flows/answer-message/answer-message.ts'
import type { Needs } from '#flows/needs.ts'
import type { Api } from './app.ts'
import { ClaimReviewSchema } from './claim-review-schema.ts'
import { langParameter, limitParameter } from './parameters.ts'
import { problemResponses } from './problem.ts'

export const AnswerSchema = z
  .object({
    decision: z.enum(decisions).openapi({
      description:
        '`answered`: a review answers the message. `related`: reviews are about something near. `none`: nothing fits, and nothing is claimed.',
    }),
    matches: z
      .array(
        z.object({
          confidence: z.number().min(0).max(1).openapi({
            description:
              'Calibrated probability that this review answers the message. Where only meaning led to it (`meaning` among the reasons), the least that is shown.',
          }),
          why: z
            .array(
              z.object({
                kind: z.enum(whyKinds),
                terms: z
                  .array(z.string())
                  .openapi({ description: 'Pieces of the message or review, as written.' }),
              }),
            )
            .openapi({
              description:
                'Reasons for the match; those that end in `differs` speak against it. `meaning` cites nothing: a language model finds it near, whatever the words.',
            }),
          claimReview: ClaimReviewSchema,
        }),
      )
      .openapi({ description: 'Best first.' }),
    groups: z
      .array(
        z.object({
          matches: z.array(z.int()).openapi({ description: 'Places in `matches`, counted from 0.' }),
          disagree: z.boolean().openapi({ description: 'Their ratings contradict each other.' }),
        }),
      )
      .openapi({ description: 'Matches that review the same claim, together; every match is in one group.' }),
  })
  .openapi('Answer')

const answer = {
  200: {
    description: 'The answer, or honest silence.',
    content: { 'application/json': { schema: AnswerSchema } },
  },
}

const getAnswer = createRoute({
  method: 'get',
  path: '/api/v1/answers',
  summary: 'Answer a message',
  description: 'For short, public messages. Addresses end up in other people’s journals: prefer POST.',
  tags: ['Answers'],
  request: {
    query: z.object({
      q: z.string({ error: 'is missing; put the message into it' }).openapi({ description: 'The message.' }),
      lang: langParameter,
      limit: limitParameter(answerLimits.default, answerLimits.max),
    }),
  },
  responses: { ...answer, ...problemResponses(400, 413, 503) },
})

const MessageSchema = z
  .object(
    {
      text: z.string({ error: 'must be a text; put the message into it' }).openapi({
        description: `The message as pasted, at most ${messageLimits.textMax} characters.`,
      }),
      links: z
        .array(z.string({ error: 'must be a text' }), { error: 'must be a list of addresses' })
        .default([])
        .openapi({ description: 'Addresses that came with the text.' }),
      imageHash: z.string({ error: 'must be a text' }).optional().openapi({
        description: 'Reserved for pictures: accepted, not yet compared.',
      }),
      lang: langParameter,
      limit: limitParameter(answerLimits.default, answerLimits.max),
    },
    { error: 'must be a JSON object such as {"text": "…"}' },
  )
  .openapi('Message')

const postAnswer = createRoute({
  method: 'post',
  path: '/api/v1/answers',
  summary: 'Answer a message',
  tags: ['Answers'],
  request: { body: { required: true, content: { 'application/json': { schema: MessageSchema } } } },
  responses: { ...answer, ...problemResponses(400, 413, 415, 503) },
})

export function addAnswers(app: Api, needs: Needs): void {
  app.openapi(getAnswer, async (c) => {
    const { q, lang, limit } = c.req.valid('query')
    const found = await answerMessage(
      needs,
      { text: q, links: [], lang: lang ?? null },
      { limit, byMeaning: true },
    )
    return c.json(found, 200, { 'Cache-Control': 'no-store' })
  })
  app.openapi(postAnswer, async (c) => {
    const { text, links, lang, limit } = c.req.valid('json')
    const found = await answerMessage(needs, { text, links, lang: lang ?? null }, { limit, byMeaning: true })
    return c.json(found, 200, { 'Cache-Control': 'no-store' })
  })
}

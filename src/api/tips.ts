/** /api/v1/tips: a message sent in to be checked, and what became of it. No key, no account, nothing of who sends it. */
import { createRoute, z } from '@hono/zod-openapi'
import { AssayError } from '#domain/errors.ts'
import { tipLimits } from '#domain/tip.ts'
import { answerMessage } from '#flows/answer-message/answer-message.ts'
import type { Needs } from '#flows/needs.ts'
import { deleteByReceipt, readReceipt } from '#flows/read-receipt/read-receipt.ts'
import { receiveTip } from '#flows/receive-tip/receive-tip.ts'
import { formatReceipt } from '#formats/receipts/format-receipt.ts'
import { AnswerSchema } from './answers.ts'
import type { Api } from './app.ts'
import { ClaimReviewSchema } from './claim-review-schema.ts'
import { problemResponses } from './problem.ts'

const text = (about: string) => z.string({ error: 'must be a text' }).openapi({ description: about })

const TipSchema = z
  .object(
    {
      text: z.string({ error: 'must be a text; put the message into it' }).openapi({
        description: `The message as it was received, at most ${tipLimits.textMax} characters.`,
      }),
      links: z
        .array(z.string({ error: 'must be a text' }), { error: 'must be a list of addresses' })
        .default([])
        .openapi({ description: 'Addresses that came with the text, or where it was seen.' }),
      lang: text('Language of the message (BCP 47), if you want to say it.').optional(),
      country: text('Where the message goes round (ISO 3166-1 alpha-2), if you want to say it.').optional(),
      seen: z
        .object(
          {
            platform: text('Kind of place, such as "messenger group". Never who posted it.').optional(),
            day: text('ISO 8601 date.').optional(),
          },
          { error: 'must be an object such as {"platform": "…", "day": "2026-05-31"}' },
        )
        .optional(),
      doubt: text('Why you doubt it.').optional(),
      clientId: z.string({ error: 'must be a text; a new random UUID does' }).openapi({
        description:
          'New random letters and digits for each message. Sent again with the same message, it is the same tip and gives the same receipt. Keep it as secret as the receipt.',
      }),
      proof: text('A solved challenge, where 429 asked for one.').optional(),
      unanswered: z.boolean({ error: 'must be true or false' }).default(false).openapi({
        description: 'True: you have seen what fits, and it does not answer the message.',
      }),
    },
    { error: 'must be a JSON object such as {"text": "…", "clientId": "…"}' },
  )
  .openapi('Tip')

export const ReceiptSchema = z
  .object(
    {
      receipt: z.string({ error: 'must be a text' }).openapi({ description: 'The words of the receipt.' }),
    },
    { error: 'must be a JSON object such as {"receipt": "…"}' },
  )
  .openapi('Receipt')

const StatusSchema = z
  .object({
    state: z.enum(['received', 'grouped', 'in-work', 'answered', 'corrected']),
    day: z.string().openapi({ description: 'When it came in; the day is all that is kept.' }),
    expiresOn: z.string().openapi({ description: 'When everything of it is deleted.' }),
    others: z.int().openapi({
      description: 'How many others sent the same, in steps: 0 is fewer than 10, then tens.',
    }),
    answers: z.array(
      z.object({
        kind: z.enum(['answered', 'corrected', 'withdrawn']),
        day: z.string().openapi({ description: 'When it was told: ISO 8601 date.' }),
        claimReviewId: z.string(),
        claimReview: ClaimReviewSchema.nullable().openapi({ description: 'Null when it was withdrawn.' }),
      }),
    ),
    push: z.boolean().openapi({ description: 'Whether a browser is told by push.' }),
    feeds: z.object({ atom: z.string(), json: z.string() }).openapi({
      description:
        'Private addresses that show the same to a feed reader. `?lang=` chooses the language. Keep them as secret as the receipt.',
    }),
  })
  .openapi('TipStatus')

export const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } })

const postTip = createRoute({
  method: 'post',
  path: '/api/v1/tips',
  summary: 'Send a message in to be checked',
  description:
    'What is plainly answered already is answered on the spot (200) and not kept. Personal data in the message is masked before anybody reads it.',
  tags: ['Tips'],
  request: { body: { required: true, ...json(TipSchema) } },
  responses: {
    201: { description: 'Kept. The receipt is shown here and nowhere else.', ...json(ReceiptSchema) },
    200: { description: 'Answered already; nothing was kept.', ...json(z.object({ answer: AnswerSchema })) },
    ...problemResponses(400, 409, 413, 415, 429, 503),
  },
})

const ChallengeSchema = z
  .object({
    parameters: z.object({
      algorithm: z.string(),
      nonce: z.string(),
      salt: z.string(),
      cost: z.int(),
      keyLength: z.int(),
      keyPrefix: z.string(),
      expiresAt: z.int(),
    }),
    signature: z.string(),
  })
  .openapi('TipChallenge')

const getChallenge = createRoute({
  method: 'get',
  path: '/api/v1/tips/challenge',
  summary: 'Work to show while very many tips come in',
  description:
    'An ALTCHA challenge (version 2, SHA-256). Only needed after a 429: solve it and send base64 of `{"challenge": …, "solution": …}` as `proof`. Good for one tip within ten minutes.',
  tags: ['Tips'],
  responses: {
    200: {
      description: 'The challenge.',
      ...json(ChallengeSchema),
    },
    ...problemResponses(503),
  },
})

const postStatus = createRoute({
  method: 'post',
  path: '/api/v1/tips/status',
  summary: 'What became of a tip',
  description: 'Unknown, expired, deleted and mistyped receipts all give the same 404.',
  tags: ['Tips'],
  request: { body: { required: true, ...json(ReceiptSchema) } },
  responses: {
    200: { description: 'What became of it.', ...json(StatusSchema) },
    ...problemResponses(400, 404, 413, 415, 503),
  },
})

const postDelete = createRoute({
  method: 'post',
  path: '/api/v1/tips/delete',
  summary: 'Delete a tip',
  tags: ['Tips'],
  request: { body: { required: true, ...json(ReceiptSchema) } },
  responses: {
    204: { description: 'It is gone, its key too.' },
    ...problemResponses(400, 404, 413, 415, 503),
  },
})

export const noStore = { 'Cache-Control': 'no-store' }

export function addTips(app: Api, needs: Needs): void {
  app.openapi(postTip, async (c) => {
    const { seen, proof, ...sent } = c.req.valid('json')
    const { text, links, lang = null, country = null, doubt = null } = sent
    const received = await receiveTip(needs, {
      ...sent,
      lang,
      country,
      doubt,
      pass: { proof: proof ?? null, ticket: null },
      seen: seen ? { platform: seen.platform ?? null, day: seen.day ?? null } : null,
    })
    if (received.kind === 'answered') {
      return c.json({ answer: await answerMessage(needs, { text, links, lang }) }, 200, noStore)
    }
    return c.json({ receipt: formatReceipt(received.receipt, lang ?? 'en').join(' ') }, 201, noStore)
  })
  app.openapi(getChallenge, async (c) => {
    return c.json(ChallengeSchema.parse(await needs.tipGate.challenge()), 200, noStore)
  })
  app.openapi(postStatus, async (c) => {
    const opened = await readReceipt(needs, c.req.valid('json').receipt)
    if (opened === null) throw nothingFound()
    const address = `${needs.config.publicUrl}/told/${opened.feedToken}`
    const feeds = { atom: `${address}.atom`, json: `${address}.json` }
    const answers = opened.status.answers.map(({ id: _id, ...told }) => told)
    return c.json({ ...opened.status, answers, push: opened.push, feeds }, 200, noStore)
  })
  app.openapi(postDelete, async (c) => {
    if (!(await deleteByReceipt(needs, c.req.valid('json').receipt))) throw nothingFound()
    return c.body(null, 204, noStore)
  })
}

export function nothingFound(): AssayError {
  return new AssayError(
    'not_found',
    'Nothing is found with these words: check each of them; a tip is also gone when it was deleted or is older than 90 days.',
  )
}

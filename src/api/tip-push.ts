/** /api/v1/tips/push: a browser asks to be told of a tip by Web Push. An extra of the status page; nothing needs it. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Needs } from '#flows/needs.ts'
import { pushKeys } from '#flows/push-keys.ts'
import { setPush } from '#flows/read-receipt/push-news.ts'
import { endpointMax } from '#formats/push/parse-subscription.ts'
import type { Api } from './app.ts'
import { problemResponses } from './problem.ts'
import { json, noStore, nothingFound, ReceiptSchema } from './tips.ts'

const text = z.string({ error: 'must be a text' })

const SubscriptionSchema = z
  .object(
    {
      endpoint: text.openapi({
        description: `An https address of a public push service, at most ${endpointMax} characters.`,
      }),
      keys: z.object({ p256dh: text, auth: text }, { error: 'must be the two keys of the browser' }),
    },
    { error: 'must be what PushSubscription.toJSON() gives, or null' },
  )
  .openapi('PushSubscription')

const getKey = createRoute({
  method: 'get',
  path: '/api/v1/tips/push',
  summary: 'The key that pushes are signed with',
  tags: ['Tips'],
  responses: {
    200: {
      description: 'What browsers take as `applicationServerKey`.',
      ...json(z.object({ publicKey: z.string() })),
    },
    ...problemResponses(503),
  },
})

const postPush = createRoute({
  method: 'post',
  path: '/api/v1/tips/push',
  summary: 'Be told of a tip by Web Push, or no longer',
  description:
    'The push says that there is news and nothing else. The subscription is sealed with the tip and deleted with it; another one takes its place, null takes it away.',
  tags: ['Tips'],
  request: {
    body: { required: true, ...json(ReceiptSchema.extend({ subscription: SubscriptionSchema.nullable() })) },
  },
  responses: {
    204: { description: 'Done.' },
    ...problemResponses(400, 404, 413, 415, 503),
  },
})

export function addTipPush(app: Api, needs: Needs): void {
  app.openapi(getKey, (c) => c.json({ publicKey: pushKeys(needs).publicKey }, 200, noStore))
  app.openapi(postPush, async (c) => {
    const { receipt, subscription } = c.req.valid('json')
    if (!(await setPush(needs, receipt, subscription))) throw nothingFound()
    return c.body(null, 204, noStore)
  })
}

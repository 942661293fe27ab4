/**
 * One push to one browser: encrypted for it alone, signed with our key, sent through the guarded way out. It says that
 * there is news and nothing else. Sources: RFC 8030 (the request and its answers), RFC 8291 (aes128gcm), RFC 8292 (VAPID).
 */
import webPush from 'web-push'
import { isAssayError } from '#domain/errors.ts'
import type { PushSubscription } from '#formats/push/parse-subscription.ts'
import type { VapidKeys } from '#formats/push/vapid-keys.ts'
import type { Fetcher } from '../net/fetcher.ts'

/** The whole payload, the same for everybody and every telling. */
export const newsPayload = 'there is news'

export interface Push {
  subscription: PushSubscription
  vapid: VapidKeys
  /** An https address at which a push service may ask who we are. */
  subject: string
  /** At most 32 letters of base64url: a push of the same topic takes the place of one that was not shown yet. */
  topic: string
}

/** `gone`: the browser has left. */
export type PushOutcome = { kind: 'delivered' } | { kind: 'gone' } | FailedPush

/** `refused`: trying again would not help. `later`: it might. The reason names nobody. */
export interface FailedPush {
  kind: 'refused' | 'later'
  reason: 'address not allowed' | 'not reachable' | `status ${number}`
}

/** How long the push service keeps it for a browser that is away. */
const keptSeconds = 14 * 24 * 60 * 60
const deadlineMs = 10_000
const answerBytesMax = 64 * 1024

/** Never throws for what a push service does. */
export async function pushNews(
  fetcher: Pick<Fetcher, 'post'>,
  push: Push,
  signal?: AbortSignal,
): Promise<PushOutcome> {
  const { endpoint, headers, body, contentType } = requestOf(push)
  const limits = { bytesMax: answerBytesMax, deadlineMs, ...(signal ? { signal } : {}) }
  try {
    const { status } = await fetcher.post(endpoint, { body, contentType, headers, ...limits })
    return outcomeOf(status)
  } catch (error) {
    signal?.throwIfAborted()
    if (!isAssayError(error)) throw error
    return error.code === 'forbidden'
      ? { kind: 'refused', reason: 'address not allowed' }
      : { kind: 'later', reason: 'not reachable' }
  }
}

function requestOf({ subscription, vapid, subject, topic }: Push) {
  const { endpoint, p256dh, auth } = subscription
  const made = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, newsPayload, {
    vapidDetails: { subject, ...vapid },
    TTL: keptSeconds,
    contentEncoding: 'aes128gcm',
    urgency: 'normal',
    topic,
  })
  const { 'Content-Length': _length, 'Content-Type': contentType, ...headers } = made.headers
  return {
    endpoint,
    body: made.body,
    contentType: String(contentType),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
  }
}

function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered' }
  if (status === 404 || status === 410) return { kind: 'gone' }
  const passing = status >= 500 || status === 429 || status === 408
  return { kind: passing ? 'later' : 'refused', reason: `status ${status}` }
}

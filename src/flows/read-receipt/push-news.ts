/** A receipt and a browser's subscription → the tip is told of by push from now on, or no longer. */
import { AssayError } from '#domain/errors.ts'
import { parseSubscription } from '#formats/push/parse-subscription.ts'
import { startTelling, stopTelling } from '#io/database/tips/push-tellings.ts'
import { hostOf, privateHostsOf, targetOf } from '#io/net/target.ts'
import type { Needs } from '../needs.ts'
import { steadily } from '../steady.ts'
import { sealPush } from '../tip-texts.ts'
import { findTipByReceipt, type ReceiptNeeds } from './read-receipt.ts'

/** As browsers give it out. */
export interface GivenSubscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/**
 * One subscription a tip: another takes its place, null takes it away. False when nothing is found, whatever the reason.
 * @throws invalid when it is no subscription, or its address is none that may be asked
 */
export async function setPush(
  needs: ReceiptNeeds & Pick<Needs, 'config'>,
  receipt: string,
  given: GivenSubscription | null,
): Promise<boolean> {
  const subscription = given && checked(needs, given)
  return steadily(async () => {
    const tip = await findTipByReceipt(needs, receipt)
    if (tip === null) return false
    const push = subscription && (await sealPush(needs, tip, subscription))
    if (subscription && !push) return false
    await needs.db
      .transaction()
      .execute((tx) => (push ? startTelling(tx, tip.id, push) : stopTelling(tx, tip.id)))
    return true
  })
}

/** A look-up of the name is left to the sending: an answer here that depended on it would tell of inner networks. */
function checked({ config }: Pick<Needs, 'config'>, given: GivenSubscription) {
  const subscription = parseSubscription(given)
  if (subscription === null) throw noSubscription()
  const inside = privateHostsOf(config.allowedPrivateHosts)
  const url = addressOf(subscription.endpoint, inside)
  if (url.protocol !== 'https:' && !inside.has(hostOf(url.hostname))) throw noSubscription()
  return subscription
}

function addressOf(endpoint: string, inside: ReadonlySet<string>): URL {
  try {
    return targetOf(endpoint, inside)
  } catch (cause) {
    throw noSubscription(cause)
  }
}

function noSubscription(cause?: unknown): AssayError {
  return new AssayError(
    'invalid',
    'This is no push subscription: send what the browser gave out, with an https address of a public push service.',
    { cause },
  )
}

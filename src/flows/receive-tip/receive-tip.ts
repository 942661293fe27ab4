/**
 * tip → redact → seal → receipt → its rumour → a hint to group it. What is plainly answered is answered instead. Nothing
 * of who sent it comes in here, what they wrote reaches no table unsealed, and no viewpoint is a reason to refuse it.
 */
import { AssayError } from '#domain/errors.ts'
import { newId, type RumourId, type TipId } from '#domain/ids.ts'
import { checkClientId, checkTip, dayOf, expiryOf, type TipContent } from '#domain/tip.ts'
import { receiptSecret } from '#formats/receipts/format-receipt.ts'
import { notify } from '#io/database/connection/hints.ts'
import {
  countAsk,
  findRumourOfWording,
  holdWording,
  insertRumour,
  lockRumour,
} from '#io/database/tips/rumours.ts'
import { findReceiptOfClient, insertTip } from '#io/database/tips/tips.ts'
import { wordingOf } from '#matching/rumours/wording.ts'
import { languageOf } from '#matching/text/language.ts'
import { feedMacOf, feedTokenOf } from '../feed-token.ts'
import type { Needs } from '../needs.ts'
import { redactTip } from '../redact-tip.ts'
import type { TipPass } from '../tip-gate.ts'
import { sealTip } from '../tip-texts.ts'

export type ReceiveNeeds = Pick<
  Needs,
  'db' | 'engine' | 'clock' | 'ids' | 'keys' | 'fadingKeys' | 'metrics' | 'tipGate'
>

export interface SentIn extends TipContent {
  /** Random, made by the sender's side: sent again, it is the same tip. */
  clientId: string
  /** The sender has seen what fits and says that none of it answers. */
  unanswered: boolean
  /** Asked for only while very many come in. */
  pass: TipPass
}

/** `answered`: nothing was kept, ask the flow answer-message for the answer. */
export type Received = { kind: 'received'; receipt: Uint8Array } | { kind: 'answered' }

/**
 * @throws invalid or too_large when it cannot be a tip, conflict for a clientId of another message,
 * and what the gate throws
 */
export async function receiveTip(needs: ReceiveNeeds, sent: SentIn): Promise<Received> {
  const { clientId, unanswered, pass, ...given } = sent
  const content = { ...given, text: given.text.trim() }
  checkTip(content)
  checkClientId(clientId)
  return needs.tipGate.enter(clientId, pass, () => take(needs, content, { clientId, unanswered }))
}

async function take(
  needs: ReceiveNeeds,
  content: TipContent,
  { clientId, unanswered }: Pick<SentIn, 'clientId' | 'unanswered'>,
): Promise<Received> {
  const macs = macsOf(needs, clientId, content)
  const known = await findReceiptOfClient(needs.db, macs.client)
  if (known !== null) return repeated(needs, known, macs)
  if (!unanswered && isAnswered(needs, content)) {
    needs.metrics.tips.inc({ outcome: 'answered' })
    return { kind: 'answered' }
  }
  return keep(needs, content, macs)
}

interface Macs {
  receipt: Uint8Array
  receiptMac: Uint8Array
  client: Uint8Array
  feed: Uint8Array
}

/**
 * The receipt comes from the clientId and the message under the master secret: the same tip shows the same receipt
 * though none is kept, and a forged clientId with another message leads nowhere.
 */
function macsOf({ keys }: Pick<Needs, 'keys'>, clientId: string, content: TipContent): Macs {
  const sameMessage = JSON.stringify([clientId, content.text, content.links])
  const receipt = receiptSecret(keys.mac('tip client', `receipt ${sameMessage}`))
  return {
    receipt,
    receiptMac: keys.mac('receipt', receipt),
    client: keys.mac('tip client', `known ${clientId}`),
    feed: feedMacOf({ keys }, feedTokenOf({ keys }, receipt)),
  }
}

function repeated({ metrics }: ReceiveNeeds, known: Uint8Array, macs: Macs): Received {
  if (Buffer.compare(known, macs.receiptMac) !== 0) {
    throw new AssayError(
      'conflict',
      'This clientId belongs to another message; make a new one for this message.',
    )
  }
  metrics.tips.inc({ outcome: 'repeated' })
  return { kind: 'received', receipt: macs.receipt }
}

function isAnswered({ engine }: ReceiveNeeds, { text, links, lang }: TipContent): boolean {
  return engine.find({ text, links, lang }, 1).decision === 'answered'
}

async function keep(needs: ReceiveNeeds, original: TipContent, macs: Macs): Promise<Received> {
  const { db, clock, ids, keys, fadingKeys } = needs
  const day = dayOf(clock.now())
  // Ids carry the day only: the very time would be as good as a name beside somebody's own records.
  const daily = { now: () => new Date(day), randomBytes: (count: number) => ids.randomBytes(count) }
  const id = newId<TipId>(daily)
  const expiresOn = expiryOf(day)
  const language = original.lang ?? languageOf(original.text)
  const redacted = redactTip(original, language)
  const wording = keys.mac('tip wording', wordingOf(redacted.text, redacted.links))
  const texts = sealTip(needs, await fadingKeys.make(expiresOn, id), { original, redacted })
  const kept = await db
    .transaction()
    .execute(async (tx) => {
      await holdWording(tx, wording)
      const { rumourId, grouping } = await rumourFor()
      const { receiptMac, client, feed } = macs
      const tip = { id, rumourId, grouping, lang: language, day, expiresOn, wording, ...texts }
      if (!(await insertTip(tx, { ...tip, receiptMac, clientMac: client, feedMac: feed }))) return false
      await countAsk(tx, rumourId, { day, wording })
      await notify(tx, 'tips')
      return true

      async function rumourFor(): Promise<{ rumourId: RumourId; grouping: 'pending' | 'same' }> {
        const found = await findRumourOfWording(tx, wording)
        if (found !== null && (await lockRumour(tx, found))) return { rumourId: found, grouping: 'same' }
        const made = newId<RumourId>(daily)
        await insertRumour(tx, { id: made, lang: language, day })
        return { rumourId: made, grouping: 'pending' }
      }
    })
    .catch(async (error: unknown) => {
      await fadingKeys.destroy(expiresOn, id)
      throw error
    })
  if (kept) {
    needs.metrics.tips.inc({ outcome: 'received' })
    return { kind: 'received', receipt: macs.receipt }
  }
  // The same clientId came twice at once, and the other was first.
  await fadingKeys.destroy(expiresOn, id)
  const first = await findReceiptOfClient(db, macs.client)
  if (first === null) throw new AssayError('unavailable', 'The message could not be kept; send it again.')
  return repeated(needs, first, macs)
}

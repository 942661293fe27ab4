/**
 * receipt → what became of the tip, or its deletion. Unknown, expired, deleted and malformed receipts are told apart by
 * nothing: each is looked for by a keyed hash, and every answer comes at the same step of time.
 */
import { type ReceiptStatus, receiptBytes, type ToldReview } from '#domain/receipt.ts'
import { coarse } from '#domain/rumour.ts'
import { dayOf } from '#domain/tip.ts'
import { parseReceipt } from '#formats/receipts/parse-receipt.ts'
import { notify } from '#io/database/connection/hints.ts'
import type { Database } from '#io/database/open.ts'
import { countAsk, countAsks, deleteEmptyRumour, lockRumour } from '#io/database/tips/rumours.ts'
import { countOpenCases, listToldReviews } from '#io/database/tips/tellings.ts'
import { deleteTips, findTip as findById, type SealedTip } from '#io/database/tips/tips.ts'
import { feedMacOf, feedTokenOf } from '../feed-token.ts'
import type { Needs } from '../needs.ts'
import { steadily } from '../steady.ts'
import { findTip } from './find-tip.ts'

export type ReceiptNeeds = Pick<Needs, 'db' | 'clock' | 'keys' | 'fadingKeys' | 'ids'>

/** Tellings shown of one rumour; a review that is corrected more often is read at its own page. */
const tellingsMax = 20

/** What became of the tip, and the end of its private feed address. */
export interface OpenedReceipt {
  status: ReceiptStatus
  feedToken: string
  /** Whether a browser is told by push. */
  push: boolean
}

/** Null when nothing is found, whatever the reason. */
export async function readReceipt(needs: ReceiptNeeds, text: string): Promise<OpenedReceipt | null> {
  return steadily(async () => {
    const receipt = secretOf(needs, text)
    const tip = await tipOf(needs, receipt)
    if (tip === null) return null
    return {
      status: await statusOf(needs.db, tip),
      feedToken: feedTokenOf(needs, receipt),
      push: tip.hasPush,
    }
  })
}

/** As `readReceipt`, by the end of a private feed address. Nothing else can be done with one. */
export async function readToldFeed(needs: ReceiptNeeds, token: string): Promise<ReceiptStatus | null> {
  return steadily(async () => {
    const mac = feedMacOf(needs, token.slice(0, feedTokenMax))
    const tip = await findTip(needs.db, 'feed_mac', mac, dayOf(needs.clock.now()))
    return tip && statusOf(needs.db, tip)
  })
}

/** Longer than any token: what is cut off a longer text makes it none. */
const feedTokenMax = 100

/** The tip, its key and its ask are gone at once. False when nothing was found. */
export async function deleteByReceipt(needs: ReceiptNeeds, text: string): Promise<boolean> {
  return steadily(async () => {
    const tip = await findTipByReceipt(needs, text)
    if (tip === null) return false
    // The key first: should the rest fail, nobody can read it any more.
    await needs.fadingKeys.destroy(tip.expiresOn, tip.id)
    // Where it was moved meanwhile it is looked for again.
    for (
      let at: Pick<SealedTip, 'id' | 'rumourId'> | null = tip;
      at !== null;
      at = await findById(needs.db, tip.id)
    ) {
      await remove(needs, at)
    }
    return true
  })
}

function remove({ db }: ReceiptNeeds, { id, rumourId }: Pick<SealedTip, 'id' | 'rumourId'>): Promise<void> {
  return db.transaction().execute(async (tx) => {
    await lockRumour(tx, rumourId)
    const [gone] = await deleteTips(tx, [id], [rumourId])
    if (!gone) return
    await countAsk(tx, rumourId, { ...gone, by: -1 })
    await deleteEmptyRumour(tx, rumourId)
    // Grouping forgets it too.
    await notify(tx, 'tips')
  })
}

/** For work that `steadily` holds. Null when nothing is found, whatever the reason. */
export function findTipByReceipt(needs: ReceiptNeeds, text: string): Promise<SealedTip | null> {
  return tipOf(needs, secretOf(needs, text))
}

/** What is no receipt is looked for as well, as one that nobody has. */
function secretOf({ ids }: ReceiptNeeds, text: string): Uint8Array {
  return parseReceipt(text) ?? ids.randomBytes(receiptBytes)
}

async function tipOf({ db, keys, clock }: ReceiptNeeds, secret: Uint8Array): Promise<SealedTip | null> {
  return findTip(db, 'receipt_mac', keys.mac('receipt', secret), dayOf(clock.now()))
}

/** `grouped` is said of every tip that was compared: said only where there are others, it would tell of a single one. */
async function statusOf(
  db: Database,
  { rumourId, homes, grouping, day, expiresOn }: SealedTip,
): Promise<ReceiptStatus> {
  const [asks, answers, openCases] = await Promise.all([
    countAsks(db, rumourId),
    listToldReviews(db, [rumourId, ...homes], tellingsMax),
    countOpenCases(db, rumourId),
  ])
  const others = Math.max(0, asks - 1)
  const inWork = answers.length === 0 && openCases > 0
  const unanswered = inWork ? 'in-work' : grouping === 'pending' ? 'received' : 'grouped'
  return { state: toldState(answers) ?? unanswered, day, expiresOn, others: coarse(others), answers }
}

/** By the newest telling of each review; null where nothing was told. One that was withdrawn is not what answers it now. */
function toldState(answers: readonly ToldReview[]): 'answered' | 'corrected' | null {
  if (answers.length === 0) return null
  const newest = new Map(answers.toReversed().map(({ claimReviewId, kind }) => [claimReviewId, kind]))
  const kinds = new Set(newest.values())
  return kinds.has('corrected') || !kinds.has('answered') ? 'corrected' : 'answered'
}

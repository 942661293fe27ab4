/** Notices: one row for each telling of everybody who asked about a rumour; sent by the flow send-notices. */
import { type ClaimReviewId, type IdSource, type NoticeId, newId, type RumourId } from '#domain/ids.ts'
import { notify } from '../connection/hints.ts'
import type { Tx } from '../schema.ts'
import type { NoticeKind } from './schema.ts'

export interface NewNotice {
  rumourId: RumourId
  claimReviewId: ClaimReviewId
  kind: NoticeKind
  /** The log entry that must be out before anybody is told; null for another publisher's review. */
  leafHash: Uint8Array | null
}

/** Queues a telling; the same one twice is one. */
export async function insertNotice(
  tx: Tx,
  { rumourId, claimReviewId, kind, leafHash }: NewNotice,
  { now, ids }: { now: Date; ids: IdSource },
): Promise<void> {
  await tx
    .insertInto('notices')
    .values({
      id: newId<NoticeId>(ids),
      rumour_id: rumourId,
      claim_review_id: claimReviewId,
      kind,
      leaf_hash: leafHash === null ? null : Buffer.from(leafHash),
      state: 'pending',
      created_at: now,
      sent_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await notify(tx, 'notices')
}

/** What the desk did to a rumour, by whom and why: never changed afterwards. */
import type { PersonId, RumourEventId, RumourId } from '#domain/ids.ts'
import type { Tx } from '../schema.ts'

/** `split` and `merged` name the other rumour, `answered` the review, `worded` the words, `opened` the tip and the reason. */
export type RumourEventKind = 'merged' | 'split' | 'answered' | 'opened' | 'worded'

export interface RumourEvent {
  id: RumourEventId
  rumourId: RumourId
  kind: RumourEventKind
  personId: PersonId
  detail: Record<string, unknown>
  now: Date
}

export async function insertRumourEvent(
  tx: Tx,
  { id, rumourId, kind, personId, detail, now }: RumourEvent,
): Promise<void> {
  await tx
    .insertInto('rumour_events')
    .values({
      id,
      rumour_id: rumourId,
      kind,
      person_id: personId,
      detail: JSON.stringify(detail),
      at: now,
    })
    .execute()
}

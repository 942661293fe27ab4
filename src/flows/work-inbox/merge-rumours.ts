/**
 * Two rumours that are one: everything asked in the first goes into the second, receipts follow, and what a merge did is
 * kept, so that it can be taken back. People alone do this; grouping never joins what they held apart.
 */
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import { isId, newId, type RumourEventId, type RumourId } from '#domain/ids.ts'
import { demand } from '#domain/permissions.ts'
import { notify } from '#io/database/connection/hints.ts'
import type { Tx } from '#io/database/open.ts'
import {
  deleteApart,
  gatherRumours,
  insertApart,
  type LockedRumour,
  lockRumours,
  moveTips,
} from '#io/database/tips/gathering.ts'
import {
  deleteSuggestions,
  findMergeRecord,
  forgetHome,
  inheritApart,
  listBroughtTips,
  listWorkingOnBoth,
  type MergeRecord,
  moveCases,
  moveGoneAsks,
  moveSuggestions,
  rememberHome,
  updateMergedInto,
} from '#io/database/tips/merges.ts'
import { insertRumourEvent, type RumourEventKind } from '#io/database/tips/rumour-events.ts'
import { updateWording } from '#io/database/tips/rumours.ts'
import type { Needs } from '../needs.ts'

export type SortNeeds = Pick<Needs, 'db' | 'clock' | 'ids'>

/**
 * Leads and checkers of any organisation may: rumours are nobody's. Cases go along; an organisation with a case on both
 * drops one first. A wording goes along where the other has none.
 * @throws not_found, invalid (into itself), conflict (not both open, or an organisation works on both), forbidden
 */
export function mergeRumours(
  { db, clock, ids }: SortNeeds,
  actor: Actor,
  { rumourId, into }: { rumourId: string; into: string },
): Promise<void> {
  demand(actor, 'sort rumours')
  if (rumourId === into)
    throw new AssayError('invalid', 'A rumour cannot be merged into itself; choose another.')
  return db.transaction().execute(async (tx) => {
    const { one: from, other: to } = await lockTwo(tx, rumourId, into)
    for (const rumour of [from, to]) demandOpen(rumour)
    const onBoth = await listWorkingOnBoth(tx, from.id, to.id)
    if (onBoth.length > 0) {
      const who = onBoth.includes(actor.organisationId!) ? 'Your organisation' : 'Another organisation'
      throw new AssayError(
        'conflict',
        `${who} has a case on each of the two; merge them once one of those is dropped.`,
      )
    }
    const worded = to.wording === null && from.wording !== null
    if (worded) await updateWording(tx, to.id, from.wording)
    const cases = await moveCases(tx, from.id, to.id)
    await rememberHome(tx, from.id)
    await deleteSuggestions(tx, from.id, to.id)
    await gatherRumours(tx, [from.id], to.id)
    await moveSuggestions(tx, from.id, to.id)
    await deleteApart(tx, from.id, to.id)
    const apart = await inheritApart(tx, from.id, to.id)
    await updateMergedInto(tx, from.id, to.id)
    const record: MergeRecord = { into: to.id, asksGone: from.asksGone, cases, worded, apart }
    await tell({ tx, now: clock.now(), ids, actor }, 'merged', from.id, to.id, { ...record })
  })
}

/**
 * What was merged is two again: tips, asks, cases and wording go back where they were, and nothing joins them again by
 * itself. Tips that came since stay, but those in a wording of what goes back.
 * @throws not_found, conflict (not merged, or what it is in was merged on), forbidden
 */
export function unmergeRumour(
  { db, clock, ids }: SortNeeds,
  actor: Actor,
  { rumourId }: { rumourId: string },
): Promise<void> {
  demand(actor, 'sort rumours')
  return db.transaction().execute(async (tx) => {
    const record = isId<RumourId>(rumourId) ? await findMergeRecord(tx, rumourId) : null
    const { one: back, other: from } = await lockTwo(tx, rumourId, record?.into ?? rumourId)
    if (back.mergedInto !== from.id || record === null) {
      throw new AssayError(
        'conflict',
        'This rumour is not merged into another; there is nothing to take back.',
      )
    }
    if (from.mergedInto !== null) {
      throw new AssayError('conflict', 'What this rumour went into was merged on; take that back first.')
    }
    await updateMergedInto(tx, back.id, null)
    const tipIds = await listBroughtTips(tx, { from: back.id, into: from.id })
    await moveTips(tx, tipIds, { from: from.id, to: back.id })
    await forgetHome(tx, tipIds)
    await moveGoneAsks(tx, { from: from.id, to: back.id, asks: record.asksGone })
    await moveCases(tx, from.id, back.id, record.cases)
    if (record.worded && from.wording === back.wording) await updateWording(tx, from.id, null)
    for (const other of record.apart) await deleteApart(tx, from.id, other)
    await insertApart(tx, back.id, from.id)
    await tell({ tx, now: clock.now(), ids, actor }, 'split', back.id, from.id)
  })
}

/** Two rumours that only look alike: neither is suggested for the other any more. @throws not_found, invalid, forbidden */
export function holdApart(
  { db, clock, ids }: SortNeeds,
  actor: Actor,
  { rumourId, other }: { rumourId: string; other: string },
): Promise<void> {
  demand(actor, 'sort rumours')
  if (rumourId === other) throw new AssayError('invalid', 'A rumour is the same as itself; choose another.')
  return db.transaction().execute(async (tx) => {
    const locked = await lockTwo(tx, rumourId, other)
    await insertApart(tx, locked.one.id, locked.other.id)
    await deleteSuggestions(tx, locked.one.id, locked.other.id)
    await tell({ tx, now: clock.now(), ids, actor }, 'apart', locked.one.id, locked.other.id)
  })
}

/** @throws not_found when one of them is not there */
export async function lockTwo(
  tx: Tx,
  one: string,
  other: string,
): Promise<{ one: LockedRumour; other: LockedRumour }> {
  const locked = await lockRumours(tx, [one, other].filter(isId<RumourId>))
  const found = { one: locked.get(one as RumourId), other: locked.get(other as RumourId) }
  if (!found.one || !found.other) throw new AssayError('not_found', 'There is no rumour of this id here.')
  return { one: found.one, other: found.other }
}

function demandOpen({ state, mergedInto }: LockedRumour): void {
  if (mergedInto !== null) {
    throw new AssayError('conflict', 'One of the two was merged into another; open that one.')
  }
  if (state !== 'open') {
    throw new AssayError(
      'conflict',
      `Only open rumours are merged, and one of the two is "${state}": answer the other with the same review instead.`,
    )
  }
}

/** A line on both, and a hint to grouping that what it holds in memory has changed. */
export async function tell(
  { tx, now, ids, actor }: { tx: Tx; now: Date; ids: Needs['ids']; actor: Actor },
  kind: RumourEventKind,
  rumourId: RumourId,
  other: RumourId,
  record: Record<string, unknown> = {},
): Promise<void> {
  const event = { kind, personId: actor.personId, now }
  await insertRumourEvent(tx, {
    ...event,
    id: newId<RumourEventId>(ids),
    rumourId,
    detail: { ...record, other },
  })
  await insertRumourEvent(tx, {
    ...event,
    id: newId<RumourEventId>(ids),
    rumourId: other,
    detail: { other: rumourId },
  })
  await notify(tx, 'tips')
}

/**
 * tip → GROUP: each new tip is compared with the open rumours. The same claim joins, with why; a likely one is only
 * suggested to the desk; everything else stays a rumour of its own. What a person held apart or has in hand is left to
 * people.
 */
import { setImmediate as othersFirst } from 'node:timers/promises'
import type { RumourId } from '#domain/ids.ts'
import type { OpenedTip } from '#domain/tip.ts'
import { gatherRumours, listApart, lockRumours } from '#io/database/tips/gathering.ts'
import { deleteEmptyRumours } from '#io/database/tips/rumours.ts'
import {
  listPendingTips,
  type NewGrouping,
  type SealedTip,
  settleGroupings,
  updateGroupings,
} from '#io/database/tips/tips.ts'
import { decideGrouping, type NearRumour } from '#matching/rumours/rumour-index.ts'
import type { WorkerNeeds } from '../needs.ts'
import { openTips, sealWhys } from '../tip-texts.ts'
import { createComparedRumours } from './compared-rumours.ts'

/** With an index, what one published review answers is known to be of one claim. */
export type GroupNeeds = Pick<WorkerNeeds, 'db' | 'keys' | 'fadingKeys' | 'engine' | 'index'>

export interface Grouping {
  /** Compares every tip that waits for it, one run at a time. How many that were. */
  run(): Promise<number>
}

/** Tips that are opened at a time. */
const tipsMax = 200
/** The memory is given up when nobody has asked for so long: another process may do the grouping now. */
const forgetAfterMs = 3 * 60_000

/** One round by itself, with nothing in memory before and after. */
export function groupTips(needs: GroupNeeds): Promise<number> {
  return openGrouping(needs).run()
}

/** Grouping that keeps the open rumours in memory between its runs. */
export function openGrouping(needs: GroupNeeds): Grouping {
  let compared = createComparedRumours(needs)
  let running: Promise<number> = Promise.resolve(0)
  let forgetting: NodeJS.Timeout | undefined

  async function round(): Promise<number> {
    clearTimeout(forgetting)
    try {
      return await groupAll()
    } catch (error) {
      // What is in memory may be ahead of what was written.
      compared = createComparedRumours(needs)
      throw error
    } finally {
      forgetting = setTimeout(() => {
        compared = createComparedRumours(needs)
      }, forgetAfterMs).unref()
    }
  }

  async function groupAll(): Promise<number> {
    await compared.refresh()
    let total = 0
    for (;;) {
      const pending = await listPendingTips(needs.db, tipsMax)
      const left = pending.length === 0 ? 0 : await groupSome(pending)
      total += pending.length - left
      // What is left met somebody who was changing the same rumour: the next run takes it.
      if (pending.length < tipsMax || left === pending.length) return total
    }
  }

  /** How many could not be grouped now. */
  async function groupSome(pending: SealedTip[]): Promise<number> {
    const tips = await openTips(needs, pending)
    const apart = await listApart(
      needs.db,
      pending.map(({ rumourId }) => rumourId),
    )
    const found: Found[] = []
    /** Where a rumour of these tips went in memory, before it is written. */
    const went = new Map<RumourId, RumourId>()
    for (const [at, tip] of tips.entries()) {
      const own = tip.rumourId
      const held = apart.get(own)
      const near = tip.content
        ? compared.index.find({ ...tip.content, lang: null }, (id) => {
            return id === own || (held?.has(id as RumourId) ?? false)
          })
        : []
      const decided = decideGrouping(near)
      found.push({ tip, sealed: pending[at]!, decided })
      const into = decided?.grouping === 'same' ? (decided.near.rumour as RumourId) : own
      went.set(own, into)
      for (const other of (decided?.also ?? []) as RumourId[]) {
        for (const [from, to] of went) if (to === other) went.set(from, into)
        went.set(other, into)
        compared.join(other, into)
      }
      compared.hold(into, tip)
      // Somebody who reads or sends waits for one comparison at most.
      await othersFirst()
    }
    return record(found, went)
  }

  async function record(found: Found[], went: ReadonlyMap<RumourId, RumourId>): Promise<number> {
    const whys = await sealWhys(
      needs,
      found.map(({ sealed, decided }) => ({ tip: sealed, why: decided?.near.why ?? null })),
    )
    const groups = Map.groupBy(
      found.map((one, at) => ({ ...one, why: whys[at]! })),
      ({ tip }) => went.get(tip.rumourId)!,
    )
    let left = 0
    for (const [into, members] of groups) {
      const sources = [...went].flatMap(([from, to]) => (to === into && from !== into ? [from] : []))
      if (await recordGroup(into, sources, members)) continue
      left += members.length
      for (const source of sources) compared.drop(source)
      compared.drop(into)
    }
    return left
  }

  /**
   * `sources`: of the members, and rumours that turned out to be one with it. False when the rumour that they were to join
   * is no longer there, or no longer open.
   */
  function recordGroup(
    into: RumourId,
    sources: RumourId[],
    members: (Found & { why: Uint8Array | null })[],
  ): Promise<boolean> {
    return needs.db.transaction().execute(async (tx) => {
      const locked = await lockRumours(tx, [into, ...sources])
      const target = locked.get(into)
      if (!target) return members.every(({ tip }) => tip.rumourId === into)
      if (sources.length > 0 && (target.state !== 'open' || target.mergedInto !== null)) return false
      // A rumour that somebody has in hand meanwhile is not moved from under them, only shown where it may belong.
      const apart = await listApart(tx, [into, ...sources])
      const joins: RumourId[] = []
      for (const id of sources) {
        const isFree = locked.get(id)?.mergedInto === null && !locked.get(id)!.isHandled
        if (isFree && [into, ...joins].every((other) => !apart.get(id)?.has(other))) joins.push(id)
      }
      await updateGroupings(
        tx,
        members.map(({ tip, decided, why }): NewGrouping => {
          const joined = tip.rumourId === into || joins.includes(tip.rumourId)
          const isSame = decided?.grouping === 'same' && joined
          return {
            tipId: tip.id,
            grouping: decided === null ? 'new' : isSame ? 'same' : 'maybe',
            maybeOf: decided === null || isSame ? null : (decided.near.rumour as RumourId),
            why,
          }
        }),
      )
      if (joins.length > 0) {
        await settleGroupings(tx, joins, into)
        await gatherRumours(tx, joins, into)
        await deleteEmptyRumours(tx, joins)
      }
      compared.knowMoves(into, (await lockRumours(tx, [into])).get(into)!.moves)
      if (joins.length < sources.length) compared.drop(into)
      return true
    })
  }

  return {
    run() {
      const next = running.catch(() => 0).then(round)
      running = next
      return next
    },
  }
}

interface Found {
  tip: OpenedTip
  sealed: SealedTip
  decided: { grouping: 'same' | 'maybe'; near: NearRumour } | null
}

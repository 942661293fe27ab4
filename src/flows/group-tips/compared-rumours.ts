/**
 * The open rumours in memory, by some messages of each and the approved wording, kept between rounds. Texts are opened
 * for it and are nowhere but here; each round drops what was deleted, expired, answered or moved by anybody meanwhile.
 */
import { setImmediate as othersFirst } from 'node:timers/promises'
import type { RumourId } from '#domain/ids.ts'
import type { OpenedTip } from '#domain/tip.ts'
import { type ComparedRumour, listComparedRumours } from '#io/database/tips/gathering.ts'
import { listDifferentTips } from '#io/database/tips/tips.ts'
import { createRumourIndex, type RumourIndex, rumourIndexLimits } from '#matching/rumours/rumour-index.ts'
import type { WorkerNeeds } from '../needs.ts'
import { openTips } from '../tip-texts.ts'

export const comparedLimits = {
  /** Open rumours that a tip is compared with, the most asked first: some 100 MB at most. */
  rumoursMax: 20_000,
  /** Rumours whose messages are opened at a time. */
  openedMax: 100,
  /** Wordings that the messages held of a rumour are chosen among. */
  wordingsMax: 2 * rumourIndexLimits.messagesMax,
} as const

export interface ComparedRumours {
  index: RumourIndex
  /** Brings the memory level with the database. */
  refresh(): Promise<void>
  hold(rumourId: RumourId, tip: OpenedTip): void
  drop(rumourId: RumourId): void
  /** What is held of one rumour is held of the other. */
  join(rumourId: RumourId, into: RumourId): void
  /** What the database counts of its moves now, told by who moved something themselves. */
  knowMoves(rumourId: RumourId, moves: number): void
}

/** Reviews that are looked at of a message. */
const answersMax = 10

export function createComparedRumours(
  needs: Pick<WorkerNeeds, 'db' | 'keys' | 'fadingKeys' | 'engine' | 'index'>,
): ComparedRumours {
  const index = createRumourIndex((message) =>
    needs.engine && needs.index?.ready ? needs.engine.find(message, answersMax).matches : null,
  )
  const known = new Map<RumourId, { moves: number; wording: string | null }>()

  function drop(rumourId: RumourId): void {
    index.drop(rumourId)
    known.delete(rumourId)
  }

  function hold(rumourId: RumourId, { id, content }: OpenedTip): void {
    if (content) index.hold(rumourId, id, { ...content, lang: null })
  }

  async function read(rumours: ComparedRumour[]): Promise<void> {
    const { wordingsMax } = comparedLimits
    const sealed = await listDifferentTips(
      needs.db,
      rumours.map(({ id }) => id),
      wordingsMax,
    )
    const tips = Map.groupBy(await openTips(needs, sealed), ({ rumourId }) => rumourId)
    for (const { id, moves, wording } of rumours) {
      drop(id)
      known.set(id, { moves, wording })
      if (wording !== null) index.hold(id, 'wording', { text: wording, links: [], lang: null })
      for (const tip of tips.get(id) ?? []) hold(id, tip)
    }
  }

  return {
    index,
    hold,
    drop,
    join(rumourId, into) {
      index.join(rumourId, into)
      known.delete(rumourId)
    },
    knowMoves(rumourId, moves) {
      known.set(rumourId, { moves, wording: known.get(rumourId)?.wording ?? null })
    },
    async refresh() {
      const rumours = await listComparedRumours(needs.db, comparedLimits.rumoursMax)
      const ids = new Set(rumours.map(({ id }) => id))
      for (const id of [...known.keys()]) if (!ids.has(id)) drop(id)
      const changed = rumours.filter(({ id, moves, wording }) => {
        const held = known.get(id)
        return held?.moves !== moves || held.wording !== wording
      })
      for (let from = 0; from < changed.length; from += comparedLimits.openedMax) {
        await read(changed.slice(from, from + comparedLimits.openedMax))
        await othersFirst()
      }
    },
  }
}

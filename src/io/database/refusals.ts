/**
 * Refusals and notes: what could not be read, and what was read but should be mended, where and why; kept so that a
 * publisher can see what is wrong with its markup.
 */
import { createHash } from 'node:crypto'
import { excerptMax, type Refusal } from '#domain/claim-review.ts'
import type { FeedId, PublisherId } from '#domain/ids.ts'
import type { Database, Tx } from './schema.ts'

export interface KeptRefusal extends Refusal {
  source: string
  seenAt: string
}

/** `note`: the review was read all the same. */
export type RefusalKind = 'refused' | 'note'

export const refusalLimits = {
  /** Kept per source and kind: one page of broken markup must not fill the disk; the count of a reading is told anyway. */
  perSourceMax: 1_000,
} as const

/**
 * What is wrong with a source now: adds what is new, drops what was mended since, keeps the rest with its first date.
 * Empty lists say that the source is in order.
 */
export async function replaceRefusals(
  tx: Tx,
  source: string,
  { refusals, notes }: { refusals: readonly Refusal[]; notes: readonly Refusal[] },
  {
    now,
    publisherId = null,
    feedId = null,
  }: { now: Date; publisherId?: PublisherId | null; feedId?: FeedId | null },
): Promise<void> {
  const most = refusalLimits.perSourceMax
  const found = [
    ...notes.slice(0, most).map((note) => ({ kind: 'note' as const, refusal: note })),
    ...refusals.slice(0, most).map((refusal) => ({ kind: 'refused' as const, refusal })),
  ]
  const rows = new Map(
    found.map(({ kind, refusal }) => {
      const path = storable(refusal.path)
      const message = storable(refusal.message)
      const hash = createHash('sha256')
        .update(JSON.stringify([source, path, message]))
        .digest()
      const excerpt = storable(refusal.excerpt.slice(0, excerptMax))
      return [
        hash.toString('hex'),
        {
          id: hash,
          kind,
          publisher_id: publisherId,
          feed_id: feedId,
          source: storable(source),
          path,
          message,
          excerpt,
          seen_at: now,
        },
      ] as const
    }),
  )
  const kept = [...rows.values()]
  await tx
    .deleteFrom('refusals')
    .where('source', '=', storable(source))
    .$if(kept.length > 0, (q) =>
      q.where(
        'id',
        'not in',
        kept.map((row) => row.id),
      ),
    )
    .execute()
  if (kept.length === 0) return
  await tx
    .insertInto('refusals')
    .values(kept)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ kind: (eb) => eb.ref('excluded.kind') }))
    .execute()
}

/** Newest first. */
export async function listRefusals(
  db: Database,
  publisherId: PublisherId,
  kind: RefusalKind,
  limit: number,
): Promise<KeptRefusal[]> {
  const rows = await db
    .selectFrom('refusals')
    .select(['source', 'path', 'message', 'excerpt', 'seen_at'])
    .where('publisher_id', '=', publisherId)
    .where('kind', '=', kind)
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ seen_at, ...row }) => ({ ...row, seenAt: seen_at.toISOString() }))
}

export async function countRefusals(
  db: Database,
  publisherId: PublisherId,
  kind: RefusalKind,
): Promise<number> {
  const { count } = await db
    .selectFrom('refusals')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('publisher_id', '=', publisherId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return count
}

function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

/** Publishers: one row per site, made when the first of their reviews is read. */
import { sql } from 'kysely'
import { AssayError } from '#domain/errors.ts'
import { type IdSource, newId, type PublisherId } from '#domain/ids.ts'
import type { Publisher } from '#domain/publisher.ts'
import { siteOf } from './review-identity.ts'
import type { Database, Tx } from './schema.ts'

export interface PublisherKey {
  key: string
  site: string | null
  name: string
}

export interface CountedPublisher extends Publisher {
  claimReviews: number
  lastReviewedAt: string | null
}

const columns = ['id', 'site', 'name', 'sample'] as const

/** Ids by key, of publishers that were there and that were made. A name given later replaces a site used as name. */
export async function upsertPublishers(
  tx: Tx,
  publishers: PublisherKey[],
  { now, ids, sample = false }: { now: Date; ids: IdSource; sample?: boolean },
): Promise<Map<string, PublisherId>> {
  const wanted = new Map(publishers.map((publisher) => [publisher.key, publisher]))
  for (const publisher of publishers) {
    if (publisher.name !== publisher.site) wanted.set(publisher.key, publisher)
  }
  const found = await tx
    .selectFrom('publishers')
    .select(['id', 'key', 'site', 'name'])
    .where('key', 'in', [...wanted.keys(), ''])
    .execute()
  const known = new Map(found.map((row) => [row.key, row]))
  const written = [...wanted.values()].filter(({ key, site, name }) => {
    const row = known.get(key)
    return !row || (row.name === row.site && name !== site)
  })
  if (written.length > 0) {
    const rows = await tx
      .insertInto('publishers')
      .values(written.map((one) => ({ ...one, id: newId<PublisherId>(ids), sample, created_at: now })))
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ name: (eb) => eb.ref('excluded.name') }))
      .returning(['id', 'key', 'site', 'name'])
      .execute()
    for (const row of rows) known.set(row.key, row)
  }
  return new Map([...known].map(([key, row]) => [key, row.id]))
}

/** By id or by site, with or without `www.`. */
export async function findPublisher(db: Database, siteOrId: string): Promise<Publisher | null> {
  const row = await db
    .selectFrom('publishers')
    .select(columns)
    .where((eb) => eb.or([eb('id', '=', siteOrId as PublisherId), eb('key', '=', siteOf(siteOrId))]))
    .executeTakeFirst()
  return row ?? null
}

/** @throws not_found */
export async function getPublisher(db: Database, siteOrId: string): Promise<Publisher> {
  const publisher = await findPublisher(db, siteOrId)
  if (!publisher) throw new AssayError('not_found', 'There is no publisher of this name here.')
  return publisher
}

/** Those with reviews first, most reviews first. */
export async function listPublishers(db: Database): Promise<CountedPublisher[]> {
  const rows = await db
    .selectFrom('publishers')
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('claim_reviews')
          .select((of) => [
            'publisher_id',
            of.fn.countAll<number>().as('count'),
            of.fn.max('listed_at').as('last'),
          ])
          .groupBy('publisher_id')
          .as('reviews'),
      (join) => join.onRef('reviews.publisher_id', '=', 'publishers.id'),
    )
    .select([
      'publishers.id',
      'publishers.site',
      'publishers.name',
      'publishers.sample',
      'reviews.count',
      'reviews.last',
    ])
    .orderBy(sql`coalesce(reviews.count, 0)`, 'desc')
    .orderBy('publishers.name')
    .execute()
  return rows.map(({ count, last, ...publisher }) => ({
    ...publisher,
    claimReviews: count ?? 0,
    lastReviewedAt: last?.toISOString() ?? null,
  }))
}

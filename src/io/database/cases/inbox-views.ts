/** Views of the inbox that people keep under names of their own. */
import type { PersonId } from '#domain/ids.ts'
import { type InboxFilter, parseInboxFilter } from '#domain/inbox.ts'
import type { Database, Tx } from '../schema.ts'

export interface InboxViewKept {
  name: string
  filter: InboxFilter
}

/** By name. */
export async function listInboxViews(db: Database, personId: PersonId): Promise<InboxViewKept[]> {
  const rows = await db
    .selectFrom('inbox_views')
    .select(['name', 'query'])
    .where('person_id', '=', personId)
    .orderBy('name')
    .execute()
  return rows.map(({ name, query }) => ({ name, filter: parseInboxFilter(new URLSearchParams(query)) }))
}

/** One of the same name is replaced. */
export async function upsertInboxView(
  tx: Tx,
  view: { personId: PersonId; name: string; query: string },
): Promise<void> {
  const { personId, name, query } = view
  await tx
    .insertInto('inbox_views')
    .values({ person_id: personId, name, query })
    .onConflict((conflict) => conflict.columns(['person_id', 'name']).doUpdateSet({ query }))
    .execute()
}

export async function deleteInboxView(tx: Tx, personId: PersonId, name: string): Promise<void> {
  await tx.deleteFrom('inbox_views').where('person_id', '=', personId).where('name', '=', name).execute()
}

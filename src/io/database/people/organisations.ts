/** Organisations: one row each. */
import type { Selectable } from 'kysely'
import { AssayError } from '#domain/errors.ts'
import type { OrganisationId } from '#domain/ids.ts'
import type { Organisation } from '#domain/organisation.ts'
import type { Database, Tx } from '../schema.ts'
import type { PeopleTables } from './schema.ts'

/** @throws not_found */
export async function getOrganisation(db: Database, id: OrganisationId): Promise<Organisation> {
  const row = await db.selectFrom('organisations').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new AssayError('not_found', 'There is no such organisation here.')
  return organisationOf(row)
}

/** Nobody else changes who its people are until the transaction ends: of two leads who leave at once, one stays. */
export async function lockOrganisation(tx: Tx, id: OrganisationId): Promise<void> {
  await tx.selectFrom('organisations').select('id').where('id', '=', id).forUpdate().execute()
}

export async function findOrganisationByShortName(
  db: Database,
  shortName: string,
): Promise<Organisation | null> {
  const query = db.selectFrom('organisations').selectAll().where('short_name', '=', shortName)
  const row = await query.executeTakeFirst()
  return row ? organisationOf(row) : null
}

export async function findOrganisationByName(db: Database, name: string): Promise<Organisation | null> {
  const query = db.selectFrom('organisations').selectAll().where('name', '=', name).orderBy('id')
  const row = await query.executeTakeFirst()
  return row ? organisationOf(row) : null
}

export async function listOrganisations(db: Database): Promise<Organisation[]> {
  const rows = await db.selectFrom('organisations').selectAll().orderBy('name').orderBy('id').execute()
  return rows.map(organisationOf)
}

/** @throws conflict when the short name is taken */
export async function insertOrganisation(
  tx: Tx,
  { id, shortName, name, profile, ratingScale, showNames, shareCopies }: Omit<Organisation, 'version'>,
  now: Date,
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('organisations')
    .values({
      id,
      short_name: shortName,
      name,
      profile: JSON.stringify(profile),
      rating_scale: JSON.stringify(ratingScale),
      show_names: showNames,
      share_copies: shareCopies,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('short_name').doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n)
    throw new AssayError('conflict', `The short name ${shortName} is taken; choose another name.`)
}

/** False when somebody has saved another version meanwhile. */
export async function updateOrganisation(
  tx: Tx,
  { id, name, profile, ratingScale, showNames, shareCopies, version }: Omit<Organisation, 'shortName'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('organisations')
    .set({
      name,
      profile: JSON.stringify(profile),
      rating_scale: JSON.stringify(ratingScale),
      show_names: showNames,
      share_copies: shareCopies,
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

function organisationOf(row: Selectable<PeopleTables['organisations']>): Organisation {
  const { id, name, profile, version } = row
  return {
    id,
    shortName: row.short_name,
    name,
    profile,
    ratingScale: row.rating_scale,
    showNames: row.show_names,
    shareCopies: row.share_copies,
    version,
  }
}

/** People of the desk: who they are; how they prove it is in credentials.ts. */

import type { Role } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import type { OrganisationId, PersonId } from '#domain/ids.ts'
import type { Person } from '#domain/person.ts'
import type { Database, Tx } from '../schema.ts'

const columns = ['id', 'organisation_id', 'role', 'email', 'name', 'state'] as const

export async function findPerson(db: Database, id: PersonId): Promise<Person | null> {
  const row = await db.selectFrom('people').select(columns).where('id', '=', id).executeTakeFirst()
  return row ? personOf(row) : null
}

/** @throws not_found also when the person is of another organisation */
export async function getPerson(db: Database, id: PersonId, organisationId: OrganisationId): Promise<Person> {
  const person = await findPerson(db, id)
  if (person?.organisationId !== organisationId)
    throw new AssayError('not_found', 'There is no such person in this organisation.')
  return person
}

/** By an address as parseEmail gives it. */
export async function findPersonByEmail(db: Database, email: string): Promise<Person | null> {
  const row = await db.selectFrom('people').select(columns).where('email', '=', email).executeTakeFirst()
  return row ? personOf(row) : null
}

/** Everybody who ever was of the organisation, by name; a removed person's name still stands under what they did. */
export async function listPeople(db: Database, organisationId: OrganisationId): Promise<Person[]> {
  const rows = await db
    .selectFrom('people')
    .select(columns)
    .where('organisation_id', '=', organisationId)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(personOf)
}

/** Of the whole instance. */
export async function countPeople(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('people')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** How many active people of a role the organisation has. */
export async function countActive(db: Database, organisationId: OrganisationId, role: Role): Promise<number> {
  const { count } = await db
    .selectFrom('people')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('organisation_id', '=', organisationId)
    .where('role', '=', role)
    .where('state', '=', 'active')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** False when the mail address is somebody's already. */
export async function insertPerson(tx: Tx, person: Person, now: Date): Promise<boolean> {
  const { id, organisationId, role, email, name, state } = person
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('people')
    .values({ id, organisation_id: organisationId, role, email, name, state, created_at: now })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function updatePerson(
  tx: Tx,
  id: PersonId,
  { role, name, state }: Pick<Person, 'role' | 'name' | 'state'>,
): Promise<void> {
  await tx.updateTable('people').set({ role, name, state }).where('id', '=', id).execute()
}

function personOf({
  organisation_id: organisationId,
  ...row
}: Pick<Person, 'id' | 'role' | 'email' | 'name' | 'state'> & {
  organisation_id: OrganisationId | null
}): Person {
  return { ...row, organisationId }
}

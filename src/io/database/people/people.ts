/** People of the desk: who they are; how they prove it is in credentials.ts. */

import { AssayError } from '#domain/errors.ts'
import type { OrganisationId, PersonId } from '#domain/ids.ts'
import type { Person } from '#domain/person.ts'
import type { Database } from '../schema.ts'

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

function personOf({
  organisation_id: organisationId,
  ...row
}: Pick<Person, 'id' | 'role' | 'email' | 'name' | 'state'> & {
  organisation_id: OrganisationId | null
}): Person {
  return { ...row, organisationId }
}

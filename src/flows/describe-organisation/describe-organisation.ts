/** What an organisation says of itself, and the words that it rates with. Public from the moment it is saved. */
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import { type Organisation, type ProfileProblem, problemsOfOrganisation } from '#domain/organisation.ts'
import { demand } from '#domain/permissions.ts'
import { getOrganisation, updateOrganisation } from '#io/database/people/organisations.ts'
import type { Needs } from '../needs.ts'

export type Description = Omit<Organisation, 'id' | 'shortName'>

export type Described =
  | { ok: true }
  | { ok: false; problems: ProfileProblem[] }
  /** Somebody saved meanwhile: what they left there. */
  | { ok: false; newer: Organisation }

/** What is not enough for publishing yet is saved all the same; only what cannot be kept is refused. @throws forbidden */
export async function describeOrganisation(
  { db }: Pick<Needs, 'db'>,
  actor: Actor,
  given: Description,
): Promise<Described> {
  demand(actor, 'edit the organisation')
  const { organisationId: id } = actor
  if (id === null) throw new AssayError('not_found', 'An operator has no organisation.')
  const problems = problemsOfOrganisation(given)
  if (problems.length > 0) return { ok: false, problems }
  return db.transaction().execute(async (tx): Promise<Described> => {
    if (await updateOrganisation(tx, { ...given, id })) return { ok: true }
    return { ok: false, newer: await getOrganisation(tx, id) }
  })
}

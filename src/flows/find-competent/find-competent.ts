/** Not a claim → who is competent. Reads the operator's table only; what a person chose is kept nowhere. */
import type { CompetentBody, Concern } from '#domain/competence.ts'
import { emergencyNumberOf } from '#domain/competence.ts'
import { isAssayError } from '#domain/errors.ts'
import { findCompetentBodies } from '#io/competence-table.ts'
import type { Needs } from '../needs.ts'

/** A table that cannot be used is told in the journal, and never takes the emergency number away. */
export async function findCompetent(
  { config, journal }: Pick<Needs, 'config' | 'journal'>,
  country: string,
): Promise<Partial<Record<Concern, CompetentBody[]>>> {
  try {
    return await findCompetentBodies(config, country)
  } catch (error) {
    if (!isAssayError(error)) throw error
    journal.warn('competence table not used', { cause: error })
    const phone = emergencyNumberOf(country)
    return phone === null ? {} : { danger: [{ name: null, phone, url: null }] }
  }
}

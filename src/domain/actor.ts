/** Who acts at the desk: a person of an organisation, or an operator of the instance, who has no say in verdicts. */
import type { OrganisationId, PersonId } from './ids.ts'

export const roles = ['lead', 'checker', 'reader', 'operator'] as const
export type Role = (typeof roles)[number]

export type Actor =
  | { personId: PersonId; organisationId: OrganisationId; role: 'lead' | 'checker' | 'reader' }
  | { personId: PersonId; organisationId: null; role: 'operator' }

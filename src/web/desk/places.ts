/** The places of the desk, in the order of its navigation; who may not go there does not see them. */
import type { Action } from '#domain/permissions.ts'
import type { WordKey } from '../words/words.ts'

export interface Place {
  path: string
  key: WordKey
  action: Action
  /** Pages that are part of this place at an address of their own. */
  within?: string
}

export const places: Place[] = [
  { path: '/desk/inbox', key: 'desk.nav.inbox', action: 'see rumours', within: '/desk/rumours' },
  { path: '/desk/cases', key: 'desk.nav.cases', action: 'see cases' },
  { path: '/desk/publications', key: 'desk.nav.publications', action: 'see cases' },
  { path: '/desk/challenges', key: 'desk.nav.challenges', action: 'see cases' },
  { path: '/desk/numbers', key: 'desk.nav.numbers', action: 'see numbers' },
  { path: '/desk/people', key: 'desk.nav.people', action: 'see the organisation' },
  { path: '/desk/organisation', key: 'desk.nav.organisation', action: 'see the organisation' },
  { path: '/desk/organisations', key: 'desk.nav.organisations', action: 'found organisations' },
]

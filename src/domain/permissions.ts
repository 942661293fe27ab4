/** Who may do what at the desk, as one table. A thing of another organisation is not found, whatever stands here. */
import type { Actor, Role } from './actor.ts'
import { AssayError } from './errors.ts'

/** The operator keeps the instance running and has no say in verdicts: no row below names both. */
const table = {
  // organisations and people
  'see the organisation': ['lead', 'checker', 'reader'],
  'edit the organisation': ['lead'],
  'invite people': ['lead'],
  'remove people': ['lead'],
  'change roles': ['lead'],
  'found organisations': ['operator'],
  // rumours and tips
  'see rumours': ['lead', 'checker', 'reader'],
  'sort rumours': ['lead', 'checker'],
  'open an original': ['lead'],
  'answer with a review': ['lead', 'checker'],
  // cases and verdicts
  'see cases': ['lead', 'checker', 'reader'],
  'work on cases': ['lead', 'checker'],
  'discuss a case': ['lead', 'checker', 'reader'],
  'draft a verdict': ['lead', 'checker'],
  'approve a verdict': ['lead', 'checker'],
  // publishing
  'publish a review': ['lead', 'checker'],
  'withdraw a review': ['lead'],
  'decide a challenge': ['lead', 'checker'],
  'see numbers': ['lead'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof table

export const actions = Object.keys(table) as Action[]

export function can(actor: Actor, action: Action): boolean {
  return (table[action] as readonly Role[]).includes(actor.role)
}

/** @throws forbidden, with who may do it */
export function demand(actor: Actor, action: Action): void {
  if (can(actor, action)) return
  throw new AssayError('forbidden', `To ${action} one must be ${table[action].join(' or ')} here.`)
}

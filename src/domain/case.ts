/** A case: one organisation's work on one rumour. Every legal move is in the table below. */
import type { Actor } from './actor.ts'
import type { CaseEventId, CaseId, OrganisationId, PersonId, RumourId } from './ids.ts'
import { allowedMoves, type MoveTable, stateAfter } from './moves.ts'

export const caseStates = ['open', 'published', 'dropped'] as const
export type CaseState = (typeof caseStates)[number]

/** Lists of cases, by what is to be done about them. */
export const caseViews = ['open', 'mine', 'review', 'mentions', 'published', 'dropped'] as const
/** `review`: the verdict waits for its second person. `mentions`: somebody was asked by name, or has a task. */
export type CaseView = (typeof caseViews)[number]

/** What somebody is to a case. A partner is a lead or checker of an organisation that was invited to it. */
export const caseParts = ['lead', 'checker', 'reader', 'partner'] as const
export type CasePart = (typeof caseParts)[number]

const desk = ['lead', 'checker'] as const
const both = ['lead', 'checker', 'partner'] as const
const everybody = ['lead', 'checker', 'reader', 'partner'] as const

export const caseMoves = {
  assign: { by: desk, from: { open: 'open', published: 'published' }, says: 'assign it' },
  plan: { by: desk, from: { open: 'open', published: 'published' }, says: 'set when it is due' },
  word: { by: desk, from: { open: 'open' }, says: 'word the claim' },
  comment: {
    by: everybody,
    from: { open: 'open', published: 'published', dropped: 'dropped' },
    says: 'comment',
  },
  task: { by: desk, from: { open: 'open', published: 'published' }, says: 'add or finish a task' },
  collect: { by: desk, from: { open: 'open', published: 'published' }, says: 'add or remove evidence' },
  draft: { by: desk, from: { open: 'open', published: 'published' }, says: 'write the verdict' },
  review: { by: both, from: { open: 'open', published: 'published' }, says: 'review the verdict' },
  invite: {
    by: ['lead'],
    from: { open: 'open', published: 'published' },
    says: 'invite a partner organisation',
  },
  publish: { by: desk, from: { open: 'published', published: 'published' }, says: 'publish the verdict' },
  drop: { by: desk, from: { open: 'dropped' }, says: 'drop it' },
  reopen: { by: desk, from: { dropped: 'open' }, says: 'take it up again' },
} satisfies MoveTable<string, CaseState, CasePart>

export type CaseMove = keyof typeof caseMoves

/** Null: to this person the case does not exist. `partners`: organisations that were invited to it. */
export function casePartOf(
  actor: Actor,
  organisationId: OrganisationId,
  partners: readonly OrganisationId[],
): CasePart | null {
  if (actor.role === 'operator') return null
  if (actor.organisationId === organisationId) return actor.role
  return actor.role !== 'reader' && partners.includes(actor.organisationId) ? 'partner' : null
}

/** @throws conflict, with what is allowed now */
export function decideCaseMove(state: CaseState, move: CaseMove, part: CasePart): CaseState {
  return stateAfter<CaseMove, CaseState, CasePart>(caseMoves, { noun: 'the case', state, part, move })
}

export function allowedCaseMoves(state: CaseState, part: CasePart): CaseMove[] {
  return allowedMoves<CaseMove, CaseState, CasePart>(caseMoves, state, part)
}

export interface Case {
  id: CaseId
  organisationId: OrganisationId
  rumourId: RumourId | null
  claim: string
  state: CaseState
  assigneeId: PersonId | null
  /** A day, ISO 8601. */
  dueOn: string | null
  version: number
  createdAt: string
  changedAt: string
}

/** What happened to a case: its trail. Each kind has its own detail. */
export type CaseEventDetail =
  | { kind: 'taken' }
  | { kind: 'assigned'; to: PersonId | null }
  | { kind: 'planned'; dueOn: string | null }
  | { kind: 'worded'; claim: string }
  | { kind: 'comment'; text: string; mentions: PersonId[] }
  | { kind: 'dissent'; text: string; verdictVersion: number }
  | { kind: 'task'; text: string; for: PersonId | null }
  | { kind: 'task-done'; task: CaseEventId }
  | { kind: 'evidence-added'; evidence: string }
  | { kind: 'evidence-removed'; evidence: string }
  | { kind: 'review-requested'; verdictVersion: number }
  | { kind: 'returned'; verdictVersion: number; remarks: string }
  | { kind: 'approved'; verdictVersion: number; remarks: string | null }
  | { kind: 'published'; verdictVersion: number }
  | { kind: 'partner-invited'; organisation: OrganisationId }
  | { kind: 'dropped'; reason: string }
  | { kind: 'reopened' }

export type CaseEventKind = CaseEventDetail['kind']

export interface CaseEvent {
  id: CaseEventId
  personId: PersonId
  at: string
  detail: CaseEventDetail
}

/** In UTF-16 code units. */
export const caseLimits = { claimMax: 500, commentMax: 10_000, taskMax: 500, mentionsMax: 50 } as const

export interface Task {
  id: CaseEventId
  text: string
  for: PersonId | null
  addedBy: PersonId
  /** Null while it is to be done. */
  doneBy: PersonId | null
}

/** The tasks of a trail, in the order in which they were set. */
export function tasksOf(events: readonly CaseEvent[]): Task[] {
  const done = new Map<CaseEventId, PersonId>()
  for (const { detail, personId } of events) if (detail.kind === 'task-done') done.set(detail.task, personId)
  return events.flatMap(({ id, personId, detail }) =>
    detail.kind === 'task'
      ? [{ id, text: detail.text, for: detail.for, addedBy: personId, doneBy: done.get(id) ?? null }]
      : [],
  )
}

/** The people whose name stands after an @, each once; the longest name that fits wins. */
export function mentionsIn(text: string, people: readonly { id: PersonId; name: string }[]): PersonId[] {
  const byLength = [...people].sort((one, other) => other.name.length - one.name.length)
  const found = new Set<PersonId>()
  for (const { index } of text.matchAll(/@/g)) {
    const after = text.slice(index + 1).toLocaleLowerCase()
    const named = byLength.find(({ name }) => {
      const folded = name.toLocaleLowerCase()
      return folded !== '' && after.startsWith(folded) && !/^[\p{L}\p{N}]/u.test(after.slice(folded.length))
    })
    if (named && found.size < caseLimits.mentionsMax) found.add(named.id)
  }
  return [...found]
}

/** Whose a case is, who is meant by an @, and what is left to do. */
import { expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import { type CaseEvent, casePartOf, mentionsIn, tasksOf } from './case.ts'
import type { CaseEventId, OrganisationId, PersonId } from './ids.ts'

const own = 'own' as OrganisationId
const other = 'other' as OrganisationId
const actor = (role: 'lead' | 'checker' | 'reader', organisationId: OrganisationId): Actor => ({
  personId: 'p' as PersonId,
  organisationId,
  role,
})

test('a case exists for the people of its organisation and for leads and checkers of invited ones, for nobody else', () => {
  expect(casePartOf(actor('reader', own), own, [])).toBe('reader')
  expect(casePartOf(actor('lead', own), own, [])).toBe('lead')
  expect(casePartOf(actor('lead', other), own, [])).toBeNull()
  expect(casePartOf(actor('checker', other), own, [other])).toBe('partner')
  expect(casePartOf(actor('reader', other), own, [other])).toBeNull()
  const operator: Actor = { personId: 'p' as PersonId, organisationId: null, role: 'operator' }
  expect(casePartOf(operator, own, [other])).toBeNull()
})

const ana = { id: 'a' as PersonId, name: 'Ana' }
const anaLuz = { id: 'b' as PersonId, name: 'Ana Luz' }

test.each([
  ['@Ana please look', [ana.id]],
  ['@ana luz and @Ana', [anaLuz.id, ana.id]],
  ['@Anabel is somebody else', []],
  ['mail ana@example.org', []],
  ['@Ana, @Ana!', [ana.id]],
])('%s', (text, people) => {
  expect(mentionsIn(text, [ana, anaLuz])).toEqual(people)
})

test('a task is to be done until its trail says that somebody did it', () => {
  const at = '2026-01-01T00:00:00.000Z'
  const event = (id: string, detail: CaseEvent['detail']): CaseEvent => ({
    id: id as CaseEventId,
    personId: ana.id,
    at,
    detail,
  })
  const events = [
    event('1', { kind: 'task', text: 'ring the ministry', for: anaLuz.id }),
    event('2', { kind: 'task', text: 'find the picture', for: null }),
    event('3', { kind: 'task-done', task: '1' as CaseEventId }),
  ]
  expect(tasksOf(events).map(({ text, doneBy }) => [text, doneBy])).toEqual([
    ['ring the ministry', ana.id],
    ['find the picture', null],
  ])
})

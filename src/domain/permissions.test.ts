import { expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import type { OrganisationId, PersonId } from './ids.ts'
import { actions, can, demand } from './permissions.ts'

const personId = 'someone' as PersonId
const organisationId = 'somewhere' as OrganisationId
const lead: Actor = { personId, organisationId, role: 'lead' }
const checker: Actor = { personId, organisationId, role: 'checker' }
const reader: Actor = { personId, organisationId, role: 'reader' }
const operator: Actor = { personId, organisationId: null, role: 'operator' }

test('an operator has no say in rumours, cases, verdicts or reviews, and an organisation none in the instance', () => {
  for (const action of actions) {
    expect([
      action,
      can(operator, action) && [lead, checker, reader].some((actor) => can(actor, action)),
    ]).toEqual([action, false])
  }
})

test('a lead may do whatever a checker may, and a checker whatever a reader may', () => {
  for (const action of actions) {
    if (can(reader, action)) expect([action, can(checker, action)]).toEqual([action, true])
    if (can(checker, action)) expect([action, can(lead, action)]).toEqual([action, true])
  }
})

test('a reader changes nothing', () => {
  const changing = actions.filter((action) => can(reader, action) && !/^(see|discuss) /.test(action))
  expect(changing).toEqual([])
})

test('who may not is told who may', () => {
  expect(() => demand(reader, 'invite people')).toThrow('To invite people one must be lead here.')
  expect(() => demand(lead, 'invite people')).not.toThrow()
})

/** A session ends by itself: unused after half a day, in any case after a week, and at once when its person is removed. */
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { changeRole } from '#flows/admit-person/change-role.ts'
import { removePerson } from '#flows/admit-person/remove-person.ts'
import { beginSession, findSignedIn, sessionLimits } from '#flows/admit-person/sessions.ts'
import { deriveKeys } from '#io/keys.ts'
import { freshDatabase } from '../fresh-database.ts'
import { fillDesk } from './fill-desk.ts'

const { db } = await freshDatabase()
const start = Date.parse('2026-03-02T08:00:00Z')
let hours = 0
const now = () => new Date(start + hours * 60 * 60 * 1000)
const needs = { db, clock: { now }, ids: { now, randomBytes }, keys: deriveKeys('s'.repeat(32)) }
const { people, organisations } = await fillDesk(needs)

async function begin(who: 'northChecker' | 'southLead' | 'southChecker'): Promise<string> {
  return db.transaction().execute((tx) => beginSession(needs, tx, people[who].id, null))
}

test('unused it ends after half a day', async () => {
  hours = 0
  const secret = await begin('northChecker')
  hours = sessionLimits.idleHours - 0.1
  expect(await findSignedIn(needs, secret)).not.toBeNull()
  hours += sessionLimits.idleHours - 0.1
  expect(await findSignedIn(needs, secret)).not.toBeNull()
  hours += sessionLimits.idleHours + 0.1
  expect(await findSignedIn(needs, secret)).toBeNull()
})

test('however much it is used it ends after a week', async () => {
  hours = 0
  const secret = await begin('northChecker')
  for (hours = 0; hours < sessionLimits.wholeDays * 24; hours += 6)
    expect(await findSignedIn(needs, secret)).not.toBeNull()
  expect(await findSignedIn(needs, secret)).toBeNull()
})

test('it is known by its secret only, which no table holds', async () => {
  hours = 0
  const secret = await begin('southLead')
  const { rows } = await db
    .selectFrom('sessions')
    .selectAll()
    .execute()
    .then((all) => ({ rows: JSON.stringify(all) }))
  expect(rows).not.toContain(secret)
  expect(await findSignedIn(needs, `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`)).toBeNull()
  const stolen = { ...needs, keys: deriveKeys('t'.repeat(32)) }
  expect(await findSignedIn(stolen, secret)).toBeNull()
})

test('a role counts from the next step on; the last lead keeps theirs, and nobody gives roles elsewhere', async () => {
  hours = 0
  const secret = await begin('southChecker')
  const give = (
    who: 'northLead' | 'northChecker' | 'southLead',
    to: keyof typeof people,
    role: 'lead' | 'reader',
    was: 'lead' | 'checker' | 'reader',
  ) => changeRole(needs, people[who].actor, { personId: people[to].id, role, was })
  await give('southLead', 'southChecker', 'reader', 'checker')
  expect(await findSignedIn(needs, secret)).toMatchObject({ actor: { role: 'reader' } })
  await expect(give('southLead', 'southLead', 'reader', 'lead')).rejects.toMatchObject({ code: 'conflict' })
  await expect(give('northLead', 'southChecker', 'lead', 'reader')).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(give('northChecker', 'northReader', 'lead', 'reader')).rejects.toMatchObject({
    code: 'forbidden',
  })
  await give('southLead', 'southChecker', 'lead', 'reader')
  const leads = [people.southLead, people.southChecker]
  const both = leads.map(({ id: personId, ...lead }) =>
    changeRole(needs, { ...lead.actor, role: 'lead' } as typeof lead.actor, {
      personId,
      role: 'reader',
      was: 'lead',
    }),
  )
  expect((await Promise.allSettled(both)).map(({ status }) => status).sort()).toEqual([
    'fulfilled',
    'rejected',
  ])
  for (const { id } of leads)
    await db.updateTable('people').set({ role: 'lead' }).where('id', '=', id).execute()
  await give('southLead', 'southChecker', 'reader', 'lead')
})

test('a person who is removed is out at once, the last lead stays, and nobody reaches into another organisation', async () => {
  hours = 0
  const secret = await begin('southChecker')
  const { actor: northLead } = people.northLead
  await expect(removePerson(needs, northLead, people.southChecker.id)).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await findSignedIn(needs, secret)).toMatchObject({ actor: { organisationId: organisations.south } })
  await removePerson(needs, people.southLead.actor, people.southChecker.id)
  expect(await findSignedIn(needs, secret)).toBeNull()
  await expect(removePerson(needs, people.southLead.actor, people.southLead.id)).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(removePerson(needs, people.northChecker.actor, people.northReader.id)).rejects.toMatchObject({
    code: 'forbidden',
  })
})

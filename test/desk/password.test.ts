/** One's own password is changed by who knows it and has a code, and by nobody who found the desk open. */
import { expect, test } from 'vitest'
import { beginSession } from '#flows/admit-person/sessions.ts'
import { hotp, totpStepAt } from '#formats/totp/totp.ts'
import { type DeskName, deskPassword, openDeskSite } from '../desk-site.ts'

const desk = openDeskSite()
const path = '/desk/account?/changePassword'
const next = 'seven louder words at noon'

function codeOf(who: DeskName, ahead = 0): string {
  return hotp(desk.people[who].totpSecret, totpStepAt(new Date()) + ahead)
}

async function signIn(who: DeskName, password: string, code: string): Promise<number> {
  return (await desk.post(null, '/desk/sign-in', { email: desk.people[who].email, password, code })).status
}

test('the new one opens the desk, the old one does not, and every other session is over', async () => {
  const { needs, people } = desk
  const other = await needs.db
    .transaction()
    .execute((tx) => beginSession(needs, tx, people.northLead.id, null))
  const form = { password: deskPassword, newPassword: next, code: codeOf('northLead') }
  const answer = await desk.post('northLead', path, form)
  const html = await answer.text()
  expect([answer.status, html]).toEqual([200, expect.stringContaining('The password is changed.')])
  expect(html).not.toMatch(new RegExp(`${deskPassword}|${next}`))
  expect((await desk.get('northLead', '/desk')).status).toBe(200)
  const elsewhere = await fetch(`${desk.site.url}/desk`, {
    redirect: 'manual',
    headers: { cookie: `__Host-assay=${other}` },
  })
  expect(elsewhere.status).toBe(303)
  expect(await signIn('northLead', deskPassword, codeOf('northLead', 1))).toBe(401)
  expect(await signIn('northLead', next, codeOf('northLead', 1))).toBe(303)
})

test.each([
  ['another password', { password: 'some other words at dusk' }, 'do not belong together'],
  ['no code', { code: '' }, 'do not belong together'],
  ['a new one that is short', { newPassword: 'short' }, 'at least 12 characters'],
  ['a new one that is the name', { newPassword: 'Chen Checker' }, 'would be guessed first'],
])('%s changes nothing, and no password comes back', async (_what, wrong, sentence) => {
  const form = { password: deskPassword, newPassword: next, code: codeOf('northChecker', 1), ...wrong }
  const answer = await desk.post('northChecker', path, form)
  const html = await answer.text()
  expect([answer.status, html]).toEqual([400, expect.stringContaining(sentence)])
  expect(html).not.toMatch(new RegExp(`${deskPassword}|${next}|some other words`))
})

test('after those tries the old one still opens the desk', async () => {
  expect(await signIn('northChecker', deskPassword, codeOf('northChecker'))).toBe(303)
})

test('guessing it from an open desk gets slow, as at the sign-in', async () => {
  const guess = (password: string) =>
    desk.post('southChecker', path, { password, newPassword: next, code: codeOf('southChecker') })
  for (let tries = 0; tries < 5; tries++) await guess('some other words at dusk')
  expect((await guess(deskPassword)).status).toBe(400)
})

test('a code that was used does not change it', async () => {
  const code = codeOf('southLead')
  expect(await signIn('southLead', deskPassword, code)).toBe(303)
  const answer = await desk.post('southLead', path, { password: deskPassword, newPassword: next, code })
  expect(answer.status).toBe(400)
})

test('who comes with a passkey only has none to change', async () => {
  await desk.needs.db
    .updateTable('people')
    .set({ password_hash: null })
    .where('id', '=', desk.people.northReader.id)
    .execute()
  expect(await (await desk.get('northReader', '/desk/account')).text()).not.toContain('newPassword')
  const form = { password: '', newPassword: next, code: codeOf('northReader') }
  expect((await desk.post('northReader', path, form)).status).toBe(400)
})

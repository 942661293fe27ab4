/** One's ways in are changed by who shows once more that it is them, and by nobody who found the desk open. */
import { expect, test } from 'vitest'
import { hotp, totpStepAt } from '#formats/totp/totp.ts'
import { countRecoveryCodes } from '#io/database/people/credentials.ts'
import { insertPasskey, listPasskeys } from '#io/database/people/passkeys.ts'
import { type DeskName, deskPassword, openDeskSite } from '../desk-site.ts'

const desk = openDeskSite()
const path = '/desk/account'

function codeOf(who: DeskName, ahead = 0): string {
  return hotp(desk.people[who].totpSecret, totpStepAt(new Date()) + ahead)
}

/** What the page carries once somebody has shown who they are; null when it does not. */
async function confirm(who: DeskName, code: string, password = deskPassword): Promise<string | null> {
  const html = await (await desk.post(who, `${path}?/confirm`, { password, code })).text()
  const confirmed = /name="confirmed" value="([^"]+)"/.exec(html)?.[1] ?? null
  expect(html.includes('You have shown that it is you.')).toBe(confirmed !== null)
  return confirmed
}

async function givePasskey(who: DeskName, id: string): Promise<void> {
  const made = { id, publicKey: new Uint8Array([1]), counter: 0, transports: [] }
  const passkey = { ...made, personId: desk.people[who].id, name: 'A phone', createdAt: new Date() }
  await desk.needs.db.transaction().execute((tx) => insertPasskey(tx, passkey))
}

test.each([
  ['renewCodes', {}],
  ['addPasskey', { passkey: '{}', passkeyName: 'Mine now' }],
  ['dropPasskey', { passkeyId: 'key-of-north' }],
] as const)('%s asks for it first, and changes nothing without', async (action, fields) => {
  const { db } = desk.needs
  const { id } = desk.people.northLead
  if (action === 'dropPasskey') await givePasskey('northLead', 'key-of-north')
  const state = async () => [await countRecoveryCodes(db, id), await listPasskeys(db, id)]
  const before = await state()
  expect(await (await desk.get('northLead', path)).text()).not.toContain(`?/${action}`)
  for (const confirmed of ['', 'x', '.', '9999999999999.AAAA']) {
    const answer = await desk.post('northLead', `${path}?/${action}`, { ...fields, confirmed })
    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining('First show that it is'),
    ])
  }
  expect(await state()).toEqual(before)
})

test('password and code open it, in this session only', async () => {
  const { db } = desk.needs
  const { id } = desk.people.northChecker
  await givePasskey('northChecker', 'key-of-checker')
  const confirmed = (await confirm('northChecker', codeOf('northChecker')))!
  const renewed = await desk.post('northChecker', `${path}?/renewCodes`, { confirmed })
  expect([renewed.status, await countRecoveryCodes(db, id)]).toEqual([200, 10])
  const dropped = await desk.post('northChecker', `${path}?/dropPasskey`, {
    confirmed,
    passkeyId: 'key-of-checker',
  })
  expect([dropped.status, await listPasskeys(db, id)]).toEqual([200, []])
  expect((await desk.post('northLead', `${path}?/renewCodes`, { confirmed })).status).toBe(403)
  const [until, mac] = confirmed.split('.')
  const longer = { confirmed: `${Number(until) + 60_000}.${mac}` }
  expect((await desk.post('northChecker', `${path}?/renewCodes`, longer)).status).toBe(403)
})

test('another password or a used code does not, and guessing gets slow as at the sign-in', async () => {
  const code = codeOf('southChecker')
  expect(await confirm('southChecker', code, 'some other words at dusk')).toBeNull()
  expect(await confirm('southChecker', code)).not.toBeNull()
  expect(await confirm('southChecker', code)).toBeNull()
  for (let tries = 0; tries < 5; tries++) await confirm('southChecker', '', 'some other words at dusk')
  expect(await confirm('southChecker', codeOf('southChecker', 1))).toBeNull()
})

/** Passkeys with a browser's own virtual device: made by an invitation, used to sign in, refused when played again. */
import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { inviteByOperator } from '#flows/admit-person/invite.ts'
import { findPersonByEmail } from '#io/database/people/people.ts'
import { openDeskSite } from '../desk-site.ts'

// A passkey is bound to a name; that of this machine counts as secure.
const desk = openDeskSite({ ASSAY_URL: 'http://localhost:0' })

/** A device with a lock that its owner always opens. */
async function withDevice(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const
  await devtools.send('WebAuthn.addVirtualAuthenticator', { options })
  return page
}

test('a person comes in with a passkey, signs out, and in again; its answer works once', async () => {
  const { url } = desk.site
  const invited = { organisation: 'North Desk', role: 'checker' as const, email: 'key@north.example' }
  const { link } = await inviteByOperator(desk.needs, invited)
  const context = await desk.browse(null)
  const page = await withDevice(context)
  await page.goto(link)
  await page.fill('#name', 'Kim Key')
  await page.click('text=Make a passkey and come in')
  await page.waitForSelector('.codes')
  expect(await page.locator('.codes li').count()).toBe(10)

  await page.goto(`${url}/desk/account`)
  expect(await page.innerText('main')).toContain('Passkey')
  await page.click('.desk-me button')
  await page.waitForURL('**/desk/sign-in')

  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await page.click('text=Sign in with a passkey')
  const answer = (await sent).postData()!
  await page.waitForURL('**/desk')
  expect(await page.innerText('h1')).toBe('Hello, Kim Key')

  const again = await fetch(`${url}/desk/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url, 'content-type': 'application/x-www-form-urlencoded' },
    body: answer,
  })
  expect([again.status, again.headers.get('set-cookie')]).toEqual([401, null])

  await page.goto(`${url}/desk/account`)
  expect(await page.locator('button:text-is("Remove")').count()).toBe(0)
  await page.click('text=Show it with a passkey')
  await page.click('button:text-is("Remove")')
  await page.waitForSelector('[role=alert]')
  expect(await page.innerText('[role=alert]')).toContain('only way in')
  expect(await findPersonByEmail(desk.needs.db, invited.email)).toMatchObject({ name: 'Kim Key' })
})

test.each([
  '',
  '{}',
  '{"id":"x"}',
  'null',
  '[1]',
  `{"id":"${'a'.repeat(30_000)}"}`,
  '{"id":"x","response":{}}',
])('what is no passkey opens nothing: %j', async (passkey) => {
  const response = await desk.post(null, '/desk/sign-in', { passkey, email: 'x' })
  expect([response.status, response.headers.get('set-cookie')]).toEqual([401, null])
})

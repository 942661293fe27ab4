/** The cookie in a browser: it is taken and sent on this machine over http, and no public page ever sees one made. */
import { expect, test } from 'vitest'
import { hotp, totpStepAt } from '#formats/totp/totp.ts'
import { deskPassword, openDeskSite } from '../desk-site.ts'

const desk = openDeskSite()

test.each([true, false])('signing in and out works in a browser, scripts: %s', async (javaScript) => {
  const context = await desk.browse(null, { width: 'desk', javaScript })
  const page = await context.newPage()
  const who = desk.people[javaScript ? 'northLead' : 'southLead']
  await page.goto(`${desk.site.url}/desk/people`)
  await page.fill('#email', who.email)
  await page.fill('#password', deskPassword)
  await page.fill('#code', hotp(who.totpSecret, totpStepAt(new Date())))
  await page.click('button:not([type])')
  await page.waitForURL('**/desk/people')
  const cookies = await context.cookies()
  expect(cookies).toMatchObject([
    { name: '__Host-assay', httpOnly: true, secure: true, sameSite: 'Strict', path: '/', expires: -1 },
  ])
  await page.click('.desk-me button')
  await page.waitForURL('**/desk/sign-in')
  expect(await context.cookies()).toEqual([])
})

test('public pages set no cookie, also for somebody who is signed in', async () => {
  const context = await desk.browse('northLead')
  const page = await context.newPage()
  const before = await context.cookies()
  for (const path of ['/', '/latest', '/organisations/north']) {
    const response = await page.goto(desk.site.url + path)
    expect(await response!.headerValue('set-cookie')).toBeNull()
    expect(response!.headers()['content-security-policy']).not.toContain('script-src')
  }
  expect(await context.cookies()).toEqual(before)
})

test('the desk runs its own scripts and no others', async () => {
  const { headers } = await desk.get('northLead', '/desk/account')
  const policy = headers.get('content-security-policy')!
  expect(policy).toMatch(/^default-src 'none'.*; script-src 'self' 'sha256-[^']+';/)
  expect(policy).not.toMatch(/unsafe-(inline|eval)/)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('same-origin')
})

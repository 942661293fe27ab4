/** The way to the desk: from a link to a person, from a person to a session, and back out. */
import { describe, expect, test } from 'vitest'
import { inviteByLead, inviteByOperator, inviteFirstLead } from '#flows/admit-person/invite.ts'
import { hotp, totpStepAt } from '#formats/totp/totp.ts'
import { findPersonByEmail } from '#io/database/people/people.ts'
import { type DeskName, deskPassword, openDeskSite } from '../desk-site.ts'

const desk = openDeskSite()

/** The code of the person's app, `ahead` steps from now: each works once. */
function codeOf(who: DeskName, ahead = 0): string {
  return hotp(desk.people[who].totpSecret, totpStepAt(new Date()) + ahead)
}

function signIn(who: DeskName, fields: Record<string, string> = {}): Promise<Response> {
  const { email } = desk.people[who]
  return desk.post(null, '/desk/sign-in', { email, password: deskPassword, code: codeOf(who), ...fields })
}

function sessionIn(response: Response): string | null {
  return /__Host-assay=([\w-]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? null
}

describe('sign-in', () => {
  test('by password and code gives one strict cookie that scripts cannot read', async () => {
    const response = await signIn('southLead')
    expect([response.status, response.headers.get('location')]).toEqual([303, '/desk'])
    const cookie = response.headers.get('set-cookie')!
    for (const part of ['__Host-assay=', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'])
      expect(cookie).toContain(part)
    expect(cookie).not.toMatch(/domain|expires|max-age/i)
  })

  test.each([
    ['another password', { password: 'some other words at dusk' }],
    ['no password', { password: '' }],
    ['another code', { code: '000000' }],
    ['no code', { code: '' }],
    ['an unknown address', { email: 'nobody@desk.example' }],
    ['an address that is none', { email: 'x' }],
  ])('%s gets the same answer, without a cookie, and the address stays typed', async (_name, wrong) => {
    const response = await signIn('northReader', wrong)
    expect(response.status).toBe(401)
    expect(response.headers.get('set-cookie')).toBeNull()
    const html = await response.text()
    expect(html).toContain('do not belong together')
    expect(html).toContain(`value="${'email' in wrong ? wrong.email : desk.people.northReader.email}"`)
    expect(html).not.toContain(deskPassword)
  })

  test('a code works once', async () => {
    const code = codeOf('southChecker')
    expect((await signIn('southChecker', { code })).status).toBe(303)
    expect((await signIn('southChecker', { code })).status).toBe(401)
  })

  test('guessing gets slow: after five failures not even the right words are taken at once, of this person', async () => {
    for (let guess = 0; guess < 5; guess++) await signIn('northChecker', { code: '000000' })
    expect((await signIn('northChecker')).status).toBe(401)
    expect((await signIn('southChecker', { code: codeOf('southChecker', 1) })).status).toBe(303)
  })

  test('takes the place of the session that the browser had', async () => {
    const { session: earlier } = desk.people.northLead
    const response = await desk.post(
      null,
      '/desk/sign-in',
      { email: desk.people.northLead.email, password: deskPassword, code: codeOf('northLead') },
      { cookie: `__Host-assay=${earlier}` },
    )
    const session = sessionIn(response)!
    expect(session).not.toBe(earlier)
    const at = (secret: string) =>
      fetch(`${desk.site.url}/desk`, {
        redirect: 'manual',
        headers: { cookie: `__Host-assay=${secret}` },
      })
    expect((await at(session)).status).toBe(200)
    expect((await at(earlier)).status).toBe(303)
    desk.people.northLead.session = session
  })

  test('leads on to where one wanted to go, and never to another site', async () => {
    const wanted = await desk.get(null, '/desk/people?x=1')
    expect(wanted.headers.get('location')).toBe('/desk/sign-in?to=%2Fdesk%2Fpeople%3Fx%3D1')
    const onward = await signIn('operator', { to: 'https://elsewhere.example/desk' })
    expect(onward.headers.get('location')).toBe('/desk')
  })
})

describe('forms of the desk', () => {
  test.each([
    ['from another site', { origin: 'https://elsewhere.example' }],
    ['from nowhere', { origin: 'null' }],
  ])('%s are refused', async (_name, headers) => {
    for (const path of ['/desk/sign-out', '/desk/sign-in', '/desk/people?/invite']) {
      const response = await desk.post('southLead', path, { email: 'x@y.example' }, headers)
      expect([path, response.status]).toEqual([path, 403])
    }
  })

  test('without the token of the session are not carried out, and come back with what was typed', async () => {
    const response = await desk.post('southLead', '/desk/people?/invite', {
      email: 'typed@new.example',
      token: 'stale',
    })
    expect(response.status).toBe(409)
    const html = await response.text()
    expect(html).toContain('typed@new.example')
    expect(html).toContain('action="/desk/people?/invite"')
    expect(html).toContain(desk.people.southLead.formToken)
  })

  test('sent after the session was over are kept through the sign-in, and sent only by the person', async () => {
    const form = { name: 'Typed </textarea> & kept', about: 'line one\nline two' }
    const late = await desk.post(null, '/desk/organisation', form)
    expect(late.status).toBe(401)
    const kept = /name="kept" value="([^"]*)"/.exec(await late.text())![1]!
    const text = kept.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
    const code = codeOf('southLead', 1)
    const back = await signIn('southLead', { kept: text, code })
    expect(back.status).toBe(200)
    expect(sessionIn(back)).not.toBeNull()
    const html = await back.text()
    expect(html).toContain('action="/desk/organisation"')
    expect(html).toContain('Typed &lt;/textarea> &amp; kept')
    expect(html).toContain('line one\nline two')
  })

  test('a link of another site leads in once more, so that the strict cookie comes along', async () => {
    const response = await fetch(`${desk.site.url}/desk/people?a=b`, {
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect([response.status, response.headers.get('refresh')]).toEqual([200, '0; url=/desk/people?a=b'])
  })
})

describe('sessions', () => {
  test('are listed without address or agent, and end when revoked, when signed out, when removed', async () => {
    const session = sessionIn(await signIn('northReader'))!
    const own = { cookie: `__Host-assay=${session}` }
    const page = await (await fetch(`${desk.site.url}/desk/account`, { headers: own })).text()
    expect(page).not.toMatch(/127\.0\.0\.1(?!:)|undici|node-fetch/i)
    const other = /name="session" value="([^"]+)"/.exec(page)![1]!
    const token = /name="token" value="([^"]+)"/.exec(page)![1]!
    expect((await desk.get('northReader', '/desk')).status).toBe(200)
    const revoked = await desk.post(null, '/desk/account?/revoke', { session: other, token }, own)
    expect(revoked.status).toBe(200)
    expect((await desk.get('northReader', '/desk')).status).toBe(303)
    const out = await desk.post(null, '/desk/sign-out', { token }, own)
    expect(out.status).toBe(303)
    const gone = await fetch(`${desk.site.url}/desk`, { headers: own, redirect: 'manual' })
    expect(gone.status).toBe(303)
  })
})

describe('an invitation', () => {
  async function open(link: string) {
    const path = new URL(link).pathname
    const html = await (await desk.get(null, path)).text()
    const sealed = /name="totp" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const secret = Buffer.from(desk.needs.keys.open('totp secret', Buffer.from(sealed, 'base64url')) ?? [])
    const code = hotp(secret, totpStepAt(new Date()))
    return { path, html, sealed, code }
  }

  test('makes a person who is signed in, with recovery codes shown once, and works once', async () => {
    const { link } = await inviteByLead(desk.needs, desk.people.southLead.actor, {
      role: 'checker',
      email: 'New@South.example',
    })
    const { path, html, sealed, code } = await open(link)
    expect(html).toContain('South Desk')
    const fields = { name: 'Nina New', password: 'a long enough password', totp: sealed, code }
    const response = await desk.post(null, path, fields)
    expect(response.status).toBe(200)
    const said = await response.text()
    const recovery = [...said.matchAll(/<code>([a-z2-7-]{19})<\/code>/g)].map(([, one]) => one!)
    expect(recovery).toHaveLength(10)
    const cookie = { cookie: `__Host-assay=${sessionIn(response)}` }
    expect((await fetch(`${desk.site.url}/desk/people`, { headers: cookie })).status).toBe(200)
    expect((await desk.post(null, path, fields)).status).toBe(404)
    const person = await findPersonByEmail(desk.needs.db, 'new@south.example')
    expect(person).toMatchObject({ role: 'checker', organisationId: desk.organisations.south })

    const withCode = { email: 'new@south.example', password: 'a long enough password', code: recovery[0]! }
    expect((await desk.post(null, '/desk/sign-in', withCode)).status).toBe(303)
    expect((await desk.post(null, '/desk/sign-in', withCode)).status).toBe(401)
  })

  test('says beside each field what is wrong, loses nothing that was typed, and stays open', async () => {
    const { link } = await inviteByOperator(desk.needs, {
      organisation: 'East Desk',
      role: 'lead',
      email: 'e@east.example',
    })
    const { path, sealed, code } = await open(link)
    const response = await desk.post(null, path, {
      name: '  ',
      password: 'short',
      totp: sealed,
      code: '000000',
    })
    expect(response.status).toBe(400)
    const html = await response.text()
    for (const sentence of ['Say who you are.', 'at least 12 characters', 'not the code of this moment'])
      expect(html).toContain(sentence)
    const again = /name="totp" value="([^"]+)"/.exec(html)![1]!
    const fields = { name: 'Edda', password: 'long enough for this', totp: again, code }
    expect((await desk.post(null, path, fields)).status).toBe(200)
  })

  test('to a place of somebody who is here gives nobody their name, unless the operator made it', async () => {
    const { email } = desk.people.southChecker
    const invite = inviteByLead(desk.needs, desk.people.southLead.actor, { role: 'reader', email })
    await expect(invite).rejects.toMatchObject({ code: 'conflict' })
    const { link } = await inviteByOperator(desk.needs, {
      organisation: 'South Desk',
      role: 'checker',
      email,
    })
    const { path, sealed, code } = await open(link)
    const fields = { name: 'Sofia Checker', password: 'new and long enough', totp: sealed, code }
    expect((await desk.post(null, path, fields)).status).toBe(200)
    expect((await desk.get('southChecker', '/desk')).status).toBe(303)
    expect(await findPersonByEmail(desk.needs.db, email)).toMatchObject({ id: desk.people.southChecker.id })
  })

  test('that is over, made up or malformed opens nothing, all in the same words', async () => {
    for (const secret of ['x', 'a'.repeat(32), '%00', 'ä'.repeat(300)]) {
      const html = await (await desk.get(null, `/desk/invitations/${secret}`)).text()
      expect(html).toContain('This link is used or over')
    }
  })

  test('of a new organisation is made by an operator at the desk, and opens nobody’s place', async () => {
    const path = '/desk/organisations'
    const made = await desk.post('operator', path, { organisation: 'West Desk', email: 'w@west.example' })
    expect(made.status).toBe(200)
    const [link] = (await made.text()).match(/http[^<"]*\/desk\/invitations\/[\w-]{32}/)!
    expect((await open(link)).html).toContain('West Desk')
    const { email } = desk.people.northLead
    expect((await desk.post('operator', path, { organisation: 'North Desk', email })).status).toBe(409)
    expect((await desk.post('operator', path, { organisation: ' ', email: 'v@west.example' })).status).toBe(
      400,
    )
    expect((await desk.get('southLead', path)).status).toBe(404)
    const tried = await desk.post('southLead', path, { organisation: 'X', email: 'x@west.example' })
    expect(tried.status).toBe(403)
  })

  test('for the first lead is made only where nobody is', async () => {
    expect(await inviteFirstLead(desk.needs)).toBeNull()
  })
})

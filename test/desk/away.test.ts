/** While the database is away: every form of the desk says so, with all that was typed into it, ready to be sent again. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listCaseEvents } from '#io/database/cases/case-events.ts'
import { openDatabaseAt } from '#io/database/open.ts'
import { openDatabaseLine } from '../api/database-line.ts'
import { openDeskSite } from '../desk-site.ts'
import { freshPlace } from '../fresh-database.ts'
import { actionAddress, filledIn, guarded } from './desk-routes.ts'
import { filledCases } from './fill-cases.ts'

const { place, drop } = await freshPlace()
const line = await openDatabaseLine(place)
const opened = await openDatabaseAt(line.place)
const desk = openDeskSite({}, Promise.resolve(opened))

beforeAll(async () => void (await filledCases(desk)))
afterAll(async () => {
  await opened.close()
  await line.close()
  await drop()
})

async function mended() {
  await line.mend()
  await vi.waitFor(async () => expect((await desk.get('northLead', '/desk')).status).toBe(200), 20_000)
}

const forms = guarded.flatMap(({ path, actions }) =>
  actions.map((action) =>
    actionAddress(
      filledIn(path, () => '0'.repeat(26)),
      action,
    ),
  ),
)

describe(`each of ${forms.length} forms`, () => {
  beforeAll(line.cut)
  afterAll(mended)

  test.each(forms)('%s', async (address) => {
    const typed = `Words for ${address}, <b>all</b> of them`
    const answer = await desk.post('northLead', address, { typed })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/html'])
    const html = await answer.text()
    const form = html.slice(html.indexOf(`<form method="post" action="${address}"`))
    expect(form.slice(0, form.indexOf('</form>'))).toContain(typed.replaceAll('<', '&lt;'))
    expect(html).toContain('Your words are here')
  })
})

test('a person reads in their own language what is the matter, and sends the same words from there', async () => {
  const { drafted } = await filledCases(desk)
  const page = await (await desk.browse('northChecker', { javaScript: false, language: 'es' })).newPage()
  await page.goto(`${desk.site.url}/desk/cases/${drafted}`)
  const said = 'The office rang back at noon,\nand again at one.'
  await page.fill('form[action="?/comment"] textarea', said)
  await line.cut()
  await page.click('form[action="?/comment"] button')
  expect(await page.locator('h1').innerText()).toBe('Un momento, por favor')
  expect(await page.locator('.unsent li').allInnerTexts()).toEqual([said])
  await mended()
  await page.click('.unsent button')
  await page.locator('[role=status].notice').waitFor()
  const [last] = (await listCaseEvents(desk.needs.db, drafted)).slice(-1)
  expect(last?.detail).toMatchObject({ kind: 'comment', text: said.replace('\n', '\r\n') })
})

test('what was sent to a thing that is gone is shown, to be copied; another site’s words and passwords never are', async () => {
  const gone = await desk.post('northChecker', `/desk/cases/${'0'.repeat(26)}?/comment`, {
    text: 'Half a day’s work',
  })
  expect(gone.status).toBe(404)
  const html = await gone.text()
  expect(html).toContain('Half a day’s work')
  expect(html).not.toContain('Send it now')

  await line.cut()
  const foreign = await desk.post(
    'northChecker',
    '/desk/cases',
    { claim: 'Words of another site' },
    { origin: 'https://other.example' },
  )
  expect([foreign.status, await foreign.text()]).toEqual([403, expect.not.stringContaining('Words of')])
  const secret = '/desk/invitations/abcdefghijklmnopqrstuvwxyz012345'
  const joining = await desk.post(null, secret, {
    name: 'Ina Invited',
    password: 'five words that nobody sees',
    code: '123456',
  })
  const said = await joining.text()
  expect([joining.status, said.includes('Ina Invited')]).toEqual([503, true])
  expect(said).not.toMatch(/nobody sees|123456/)
  await mended()
})

/** The desk by hand: the inbox walked by single keys, and a verdict that two write at once without losing a word. */
import { expect, test } from 'vitest'
import { listVerdicts } from '#io/database/cases/verdicts.ts'
import { openDeskSite } from '../desk-site.ts'
import { filledCases } from './fill-cases.ts'
import { browserCookieOf } from './fill-desk.ts'
import { scenes } from './scenes.ts'

const desk = openDeskSite()
/** Said once the script runs. */
const byItself = '.save-line [role=status]:has-text("Saves itself")'

test('j, k and s walk the inbox and put a rumour off, and the walk goes on at the next one', async () => {
  const { rumours } = await filledCases(desk)
  const page = await (await desk.browse('northChecker')).newPage()
  await page.goto(`${desk.site.url}/desk/inbox?work=all`)
  await page.waitForSelector('button kbd')
  const order = await page.locator('[data-rumour]').evaluateAll((rows) => rows.map(({ id }) => id))
  expect(new Set(order)).toEqual(new Set(rumours))
  const focused = () => page.locator('li:focus-within').getAttribute('id')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  expect(await focused()).toBe(order[1])
  await page.keyboard.press('k')
  expect(await focused()).toBe(order[0])
  await page.keyboard.press('s')
  await page.waitForSelector('[role=status].notice')
  expect(await page.locator('[data-rumour]').count()).toBe(order.length - 1)
  await page.waitForSelector(`li[id="${order[1]}"]:focus-within`)
})

test('single keys are off for who switches them off, and never heard while somebody types', async () => {
  await filledCases(desk)
  const page = await (await desk.browse('northLead')).newPage()
  await page.goto(`${desk.site.url}/desk/inbox?work=all`)
  await page.waitForSelector('button kbd')
  await page.keyboard.press('?')
  await page.click('dialog input[type=checkbox]')
  await page.click('dialog form button')
  await page.keyboard.press('j')
  expect(await page.locator('li:focus-within').count()).toBe(0)
})

test('a verdict saves itself while it is written; a colleague’s later save shows both texts and loses neither', async () => {
  const { drafted } = await filledCases(desk)
  const address = `${desk.site.url}/desk/cases/${drafted}`
  const [ours, theirs] = [
    await (await desk.browse('northChecker')).newPage(),
    await (await desk.browse('northLead')).newPage(),
  ]
  await ours.goto(address)
  await theirs.goto(address)
  for (const page of [ours, theirs]) await page.waitForSelector(byItself)
  await ours.fill('[name=unknown]', 'Who began it.')
  await ours.waitForSelector('.save-line [role=status]:has-text("Saved by itself.")')
  await theirs.fill('[name=unknown]', 'Who pays for it.')
  await theirs.waitForSelector('.save-line [role=status]:has-text("Somebody else has saved meanwhile")')
  await theirs.click('.save-line button')
  await theirs.waitForSelector('#unknown-theirs')
  expect(await theirs.innerText('#unknown-theirs')).toContain('Who began it.')
  expect(await theirs.inputValue('[name=unknown]')).toBe('Who pays for it.')
  expect(await theirs.locator('#unknown-theirs ins').allInnerTexts()).toEqual(['began '])
  await theirs.click('#unknown-theirs button')
  expect(await theirs.inputValue('[name=unknown]')).toBe('Who began it.')
  await theirs.fill('[name=unknown]', 'Who began it, and who pays for it.')
  await theirs.click('.save-line button')
  await theirs.waitForSelector('[role=status].notice')
  const [current] = await listVerdicts(desk.needs.db, drafted)
  expect(current?.content.unknown).toBe('Who began it, and who pays for it.')
})

test('what was typed when the session ended is back in its field after the next sign-in', async () => {
  const { returned } = await filledCases(desk)
  const context = await desk.browse('northLead')
  const cookies = await context.cookies()
  const page = await context.newPage()
  const address = `${desk.site.url}/desk/cases/${returned}`
  await page.goto(address)
  await page.waitForSelector(byItself)
  await context.clearCookies()
  await page.fill('[name=unknown]', 'Typed without a session.')
  await page.waitForSelector('.save-line [role=status]:has-text("Your session is over")')
  await context.addCookies(cookies)
  await page.goto(address)
  await page.waitForSelector('.editor [role=status].notice')
  expect(await page.inputValue('[name=unknown]')).toBe('Typed without a session.')
})

test('what is sent while the server is away is back in its fields, and only for who typed it', async () => {
  const { drafted } = await filledCases(desk)
  const context = await desk.browse('northChecker')
  const page = await context.newPage()
  const address = `${desk.site.url}/desk/cases/${drafted}`
  await page.goto(address)
  await page.waitForSelector(byItself)
  await page.fill('form[action="?/comment"] textarea', 'The office rang back at noon.')
  await context.setOffline(true)
  await page.click('form[action="?/comment"] button').catch(() => {})
  await context.setOffline(false)
  await page.goto(address)
  await page.waitForSelector('[role=status]:has-text("back in its fields")')
  const box = page.locator('form[action="?/comment"] textarea')
  expect(await box.inputValue()).toBe('The office rang back at noon.')
  await page.click('form[action="?/comment"] button')
  await page.waitForSelector('.trail li:has-text("The office rang back at noon.")')
  await page.waitForSelector(byItself)
  await page.goto(address)
  await page.waitForSelector(byItself)
  expect(await box.inputValue()).toBe('')
  await box.fill('Half a thought, left behind')
  await context.addCookies([browserCookieOf(desk.site.url, desk.people.northLead)])
  await page.goto(address)
  await page.waitForSelector(byItself)
  expect(await box.inputValue()).toBe('')
})

test('of two who write at once each keeps what only the other changed, a translation too, without being asked', async () => {
  const { inReview } = await filledCases(desk)
  const address = `${desk.site.url}/desk/cases/${inReview}`
  const [ours, theirs] = [
    await (await desk.browse('northChecker')).newPage(),
    await (await desk.browse('northLead')).newPage(),
  ]
  for (const page of [ours, theirs]) {
    await page.goto(address)
    await page.waitForSelector(byItself)
  }
  const texts = { lang: 'es', claim: 'El puente cae', summary: 'Se pinta.', answer: 'Se pinta desde marzo.' }
  await ours.click('summary:has-text("Add a translation")')
  for (const [name, text] of Object.entries(texts)) await ours.fill(`[name=translation-${name}]`, text)
  await ours.waitForSelector('.save-line [role=status]:has-text("Saved by itself.")')
  await theirs.fill('[name=summary]', 'It is closed for painting.')
  await theirs.click('.save-line button')
  await theirs.waitForSelector('.editor [role=alert]')
  expect(await theirs.locator('.other').count()).toBe(0)
  await theirs.click('.save-line button')
  await theirs.waitForSelector('[role=status].notice')
  const [current] = await listVerdicts(desk.needs.db, inReview)
  expect(current?.content).toMatchObject({
    summary: 'It is closed for painting.',
    translations: [{ lang: 'es', summary: 'Se pinta.' }],
  })
})

test('versions chosen before the script is there stay chosen', async () => {
  const page = await (await desk.browse('northChecker')).newPage()
  await scenes['case, versions compared']!.go(page, desk)
  const { promise: chosen, resolve: letIn } = Promise.withResolvers<void>()
  await page.route('**/*.js', async (route) => {
    await chosen
    await route.continue()
  })
  await page.reload({ waitUntil: 'commit' })
  await page.check('[name=from][value="2"]')
  await page.check('[name=to][value="1"]')
  letIn()
  // Put there by the script once it runs.
  await page.waitForSelector('#svelte-announcer', { state: 'attached' })
  expect(await page.isChecked('[name=from][value="2"]')).toBe(true)
  expect(await page.isChecked('[name=to][value="1"]')).toBe(true)
})

test('an address that leads nowhere is said at the desk, to who is signed in', async () => {
  const page = await (await desk.browse('northChecker')).newPage()
  const answer = await page.goto(`${desk.site.url}/desk/nowhere/at/all`)
  expect(answer?.status()).toBe(404)
  expect(await page.innerText('h1')).toBe('Nothing is here')
  expect(await page.locator('.desk-top nav a').count()).toBeGreaterThan(3)
  const sent = await desk.post('northChecker', '/desk/nowhere?/save', {})
  expect(sent.status).toBe(404)
})

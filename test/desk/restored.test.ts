/** Words that were put back into a page are those of somebody who has not seen what others saved since: they replace nothing. */
import { expect, test } from 'vitest'
import { getCase } from '#io/database/cases/cases.ts'
import { listVerdicts } from '#io/database/cases/verdicts.ts'
import { openDeskSite } from '../desk-site.ts'
import { filledCases } from './fill-cases.ts'

const desk = openDeskSite()
const status = '.save-line [role=status]'

test('a verdict that a colleague saved while the network was away is shown, not overwritten by what is put back', async () => {
  const { drafted } = await filledCases(desk)
  const address = `${desk.site.url}/desk/cases/${drafted}`
  const context = await desk.browse('northChecker')
  const [ours, theirs] = [await context.newPage(), await (await desk.browse('northLead')).newPage()]
  for (const page of [ours, theirs]) {
    await page.goto(address)
    await page.waitForSelector(`${status}:has-text("Saves itself")`)
  }
  await context.setOffline(true)
  await ours.fill('[name=unknown]', 'Who began it.')
  await ours.waitForSelector(`${status}:has-text("cannot be reached")`)
  await theirs.fill('[name=unknown]', 'Who pays for it.')
  await theirs.fill('[name=summary]', 'It is being painted.')
  await theirs.waitForSelector(`${status}:has-text("Saved by itself.")`)
  await context.setOffline(false)
  await ours.goto(address)
  await ours.waitForSelector(`${status}:has-text("Somebody else has saved meanwhile")`)
  const [saved] = await listVerdicts(desk.needs.db, drafted)
  expect(saved?.content).toMatchObject({ unknown: 'Who pays for it.', summary: 'It is being painted.' })
  await ours.click('.save-line button')
  await ours.waitForSelector('#unknown-theirs')
  expect(await ours.innerText('#unknown-theirs')).toContain('Who pays for it.')
  expect(await ours.inputValue('[name=unknown]')).toBe('Who began it.')
  expect(await ours.inputValue('[name=summary]')).toBe('It is being painted.')
})

test('nor is a claim that was worded meanwhile', async () => {
  const { returned } = await filledCases(desk)
  const address = `${desk.site.url}/desk/cases/${returned}`
  const page = await (await desk.browse('northChecker')).newPage()
  const form = 'form[action="?/word"]'
  await page.goto(address)
  await page.waitForSelector(`${status}:has-text("Saves itself")`)
  await page.click(`details:has(${form}) summary`)
  const was = await page.inputValue(`${form} [name=was]`)
  await page.fill('[name=worded]', 'The bridge of the harbour falls')
  const other = await desk.post('northLead', `/desk/cases/${returned}?/word`, {
    worded: 'A bridge falls',
    was,
  })
  expect(other.status).toBe(200)
  await page.goto(address)
  await page.waitForSelector('[role=status]:has-text("back in its fields")')
  await page.click(`${form} button`)
  await page.waitForSelector('#worded-other')
  expect(await page.innerText('#worded-other')).toContain('A bridge falls')
  expect(await page.inputValue('[name=worded]')).toBe('The bridge of the harbour falls')
  expect((await getCase(desk.needs.db, desk.people.northLead.actor, returned)).claim).toBe('A bridge falls')
})

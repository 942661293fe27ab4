/** The inbox is live: what somebody does is there for everybody without a reload, and for other organisations without a name. */
import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { openDeskSite } from '../desk-site.ts'
import { filledCases } from './fill-cases.ts'

const desk = openDeskSite()

test('who takes a rumour is seen on it in a colleague’s open inbox, and that somebody is in another organisation’s', async () => {
  const { rumours } = await filledCases(desk)
  const rumour = rumours.at(-1)!
  const open = async (who: 'northLead' | 'southLead'): Promise<Page> => {
    const page = await (await desk.browse(who)).newPage()
    await page.goto(`${desk.site.url}/desk/inbox?work=all`)
    await page.waitForSelector('button kbd')
    // It is the page itself that changes: a reload would take this away.
    await page.locator('body').evaluate((body) => body.setAttribute('data-same', ''))
    return page
  }
  const [colleague, foreign] = [await open('northLead'), await open('southLead')]
  const row = `body[data-same] li[id="${rumour}"]`
  expect(await colleague.innerText(row)).not.toContain('Chen Checker')
  const before = await foreign.innerText(row)
  const taken = await desk.post('northChecker', `/desk/rumours/${rumour}?/take`, { claim: 'A second moon' })
  expect(taken.status).toBe(303)
  await colleague.waitForSelector(`${row}:has-text("Chen Checker")`)
  expect(await colleague.innerText('body > div [role=status].unseen, [role=status].unseen')).not.toBe('')
  await vi.waitFor(async () => expect(await foreign.innerText(row)).not.toBe(before), 20_000)
  expect(await foreign.innerText(row)).not.toMatch(/Chen|North Desk|A second moon/)
})

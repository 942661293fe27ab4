/** A whole case by the keyboard alone: taken, evidence added, written, read by the second person, published. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findClaimReview } from '#io/database/claim-reviews.ts'
import { openDeskSite } from '../desk-site.ts'
import { filledCases } from './fill-cases.ts'

const desk = openDeskSite()
/** More than any page has. */
const stopsMax = 200

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const isThere = `document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`
  for (let press = 0; press < stopsMax; press++) {
    if (await page.evaluate(isThere)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${selector}.`)
}

async function type(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, selector)
  await page.keyboard.type(text)
}

/** Enter on a button or link, and what the next page shows then. */
async function enter(page: Page, selector: string, shows: string): Promise<void> {
  await tabTo(page, selector)
  await page.keyboard.press('Enter')
  await page.waitForSelector(shows)
}

test('a rumour becomes a published answer without a mouse', async () => {
  await filledCases(desk)
  const author = await (await desk.browse('northChecker')).newPage()
  await author.goto(`${desk.site.url}/desk/inbox?work=nobody`)
  await author.waitForSelector('button kbd')
  await author.keyboard.press('j')
  await author.keyboard.press('o')
  await author.waitForSelector('button[data-key=t]')
  await author.waitForSelector('button kbd')
  await author.keyboard.press('t')
  await author.waitForSelector('.save-line [role=status]:has-text("Saves itself")')

  await tabTo(author, '#kind')
  await author.keyboard.type('Doc')
  await type(author, '#title', 'Paper of the aquarium')
  await type(author, '#shows', 'Fish were trained and remembered for months.')
  await enter(author, 'form[action="?/collect"] button', 'ol.evidence li')

  await tabTo(author, '#rating')
  await author.keyboard.type('Wrong')
  await type(author, '[name=summary]', 'It remembers for months.')
  await type(author, '[name=answer]', 'Trained fish remembered for months. [1]')
  await enter(author, '.save-line button', '[role=status].notice')
  await enter(author, 'form[action="?/request"] button', '.state.review-requested')

  const second = await (await desk.browse('northLead')).newPage()
  await second.goto(author.url().replace(/\?.*/, ''))
  await enter(second, 'form[action="?/approve"] .buttons button', '.review a.read')
  await enter(second, '.review a.read', 'form[action="?/publish"]')
  await enter(second, 'form[action="?/publish"] button', '[role=status].notice')
  const id = new URL(second.url()).pathname.split('/').at(-1)!
  expect(await findClaimReview(desk.needs.db, id)).toMatchObject({ summary: 'It remembers for months.' })
})

test('somebody is invited without a mouse', async () => {
  const page = await (await desk.browse('northLead')).newPage()
  await page.goto(`${desk.site.url}/desk/people`)
  await type(page, '#email', 'keys@north.example')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.secret')
  expect(await page.innerText('.secret')).toContain('/desk/invitations/')
})

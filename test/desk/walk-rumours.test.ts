/** Rumours by hand: two put together by single keys and taken apart again, some tips split off, an original opened. */
import { expect, test } from 'vitest'
import type { RumourId } from '#domain/ids.ts'
import { getRumour } from '#io/database/tips/rumours.ts'
import { openDeskSite } from '../desk-site.ts'
import { filledCases } from './fill-cases.ts'

const desk = openDeskSite()

test('m marks two rumours, g puts the lower into the upper, and its page takes them apart again', async () => {
  await filledCases(desk)
  const page = await (await desk.browse('northChecker')).newPage()
  await page.goto(`${desk.site.url}/desk/inbox?work=nobody`)
  await page.waitForSelector('button kbd')
  const [into, from] = await page.locator('[data-rumour]').evaluateAll((rows) => rows.map(({ id }) => id))
  for (const key of ['j', 'm', 'j', 'm', 'g']) await page.keyboard.press(key)
  await page.waitForSelector('[role=status].notice')
  expect((await getRumour(desk.needs.db, from as RumourId)).mergedInto).toBe(into)
  expect(await page.locator(`[id="${from}"]`).count()).toBe(0)
  await page.goto(`${desk.site.url}/desk/rumours/${from}`)
  await page.click('form[action="?/unmerge"] button')
  await page.waitForSelector('[role=status].notice')
  expect((await getRumour(desk.needs.db, from as RumourId)).mergedInto).toBeNull()
  expect(await page.locator('.rumour-events li').allInnerTexts()).toEqual([
    expect.stringMatching(/^Taken apart from another/),
    expect.stringMatching(/^Put together with another/),
  ])
})

test('tips that are chosen become a rumour of their own, on its page, with how they came there', async () => {
  const { rumours } = await filledCases(desk)
  const page = await (await desk.browse('northChecker')).newPage()
  await page.goto(`${desk.site.url}/desk/rumours/${rumours[0]}`)
  const before = await page.locator('.tips > li').count()
  await page.locator('.tips input[type=checkbox]').first().check()
  await page.keyboard.press('x')
  await page.waitForURL((url) => !url.pathname.endsWith(rumours[0]!))
  expect(await page.locator('.tips > li').count()).toBeLessThan(before)
  expect(await page.innerText('.tips')).toContain('put here by a person')
})

test('a lead opens an original once a reason is given; for a checker there is no way to', async () => {
  const { rumours } = await filledCases(desk)
  const address = `${desk.site.url}/desk/rumours/${rumours[1]}`
  const checker = await (await desk.browse('northChecker')).newPage()
  await checker.goto(address)
  expect(await checker.locator('form[action="?/original"]').count()).toBe(0)
  const lead = await (await desk.browse('northLead')).newPage()
  await lead.goto(address)
  await lead.locator('.tips summary').first().click()
  await lead.fill('.tips [name=reason]', 'short')
  await lead.click('.tips form button')
  await lead.waitForSelector('[role=alert]')
  expect(await lead.inputValue('.tips [name=reason]')).toBe('short')
  await lead.fill('.tips [name=reason]', 'The number is part of what is claimed.')
  await lead.click('.tips form button')
  await lead.waitForSelector('.original')
  expect(await lead.innerText('.rumour-events')).toContain('The number is part of what is claimed.')
})

test('what is opened and typed before the script is there stays', async () => {
  const { rumours } = await filledCases(desk)
  const page = await (await desk.browse('northLead')).newPage()
  const { promise: opened, resolve: letIn } = Promise.withResolvers<void>()
  await page.route('**/*.js', async (route) => {
    await opened
    await route.continue()
  })
  await page.goto(`${desk.site.url}/desk/rumours/${rumours[1]}`, { waitUntil: 'commit' })
  await page.locator('.tips summary').first().click()
  const reason = page.locator('.tips [name=reason]').first()
  await reason.fill('The number is part of what is claimed.')
  await page.fill('#other', rumours[2]!)
  letIn()
  await page.waitForSelector('button kbd')
  expect(await reason.isVisible()).toBe(true)
  expect(await reason.inputValue()).toBe('The number is part of what is claimed.')
  expect(await page.inputValue('#other')).toBe(rumours[2])
})

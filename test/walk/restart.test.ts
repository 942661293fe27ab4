/**
 * The server goes while people write, and another process comes on the same data: nobody signs in anew, and no word that
 * was typed is lost, with scripts and without. The real command, in a real browser.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endOf, freshSettings, type Serving, serve } from '../cli/assay.ts'
import { openBrowser, openReader } from '../pages/browser.ts'
import { follow, join } from './newsroom.ts'

const settings = await freshSettings()
let serving: Serving
let browser: Browser
let desk: BrowserContext
let caseAddress = ''
/** Two starts, and pages of a machine that is busy with other tests. */
const timeoutMs = 240_000
const status = '.save-line [role=status]'

beforeAll(async () => {
  serving = await serve([], settings)
  browser = await openBrowser()
  desk = await openReader(browser, { width: 'desk', javaScript: true })
  const page = await desk.newPage()
  const [, first] = /once: (\S+)/.exec(serving.remarks())!
  const founder = { organisation: 'North Desk', email: 'lea@desk.example', name: 'Lea Lead' }
  await join(page, serving.url, new URL(first!).pathname, founder)
  await page.goto(`${serving.url}/desk/cases`)
  await page.click('details:has([name=claim]) summary').catch(() => {})
  await page.fill('[name=claim]', 'The ferry bridge closes for good')
  await follow(page, 'form:has([name=claim]) button')
  caseAddress = page.url()
  await page.close()
}, timeoutMs)
afterAll(async () => {
  await browser?.close()
  await stop()
})

async function stop(): Promise<void> {
  serving.child.kill('SIGTERM')
  await endOf(serving.child)
}

/** Another process at the same address, on the same data. */
async function startAgain(): Promise<void> {
  serving = await serve([], { ...settings, PORT: new URL(serving.url).port })
}

async function openCase(): Promise<Page> {
  const page = await desk.newPage()
  await page.goto(caseAddress)
  await page.waitForSelector(`${status}:has-text("Saves itself")`)
  return page
}

describe('the server stops while somebody writes', () => {
  test('a verdict is saved by itself once another is there', { timeout: timeoutMs }, async () => {
    const page = await openCase()
    await stop()
    await page.fill('[name=summary]', 'It closes for one night.')
    await page.waitForSelector(`${status}:has-text("cannot be reached")`)
    await startAgain()
    await page.waitForSelector(`${status}:has-text("Saved by itself.")`, { timeout: 60_000 })
    await page.goto(caseAddress)
    expect(await page.inputValue('[name=summary]')).toBe('It closes for one night.')
    await page.close()
  })

  test('what was sent by its button is back in its field, in the editor too', {
    timeout: timeoutMs,
  }, async () => {
    const [page, other] = [await openCase(), await openCase()]
    await stop()
    await page.fill('[name=unknown]', 'Who pays for it.')
    await page.click('.save-line button').catch(() => {})
    await other.fill('form[action="?/comment"] textarea', 'The office rang back.')
    await other.click('form[action="?/comment"] button').catch(() => {})
    await startAgain()
    await page.goto(caseAddress)
    await page.waitForSelector('.editor [role=status].notice')
    expect(await page.inputValue('[name=unknown]')).toBe('Who pays for it.')
    await follow(page, '.save-line button')
    await page.goto(caseAddress)
    expect(await page.inputValue('[name=unknown]')).toBe('Who pays for it.')
    await other.goto(caseAddress)
    await other.waitForSelector('[role=status]:has-text("back in its fields")')
    expect(await other.inputValue('form[action="?/comment"] textarea')).toBe('The office rang back.')
    await page.close()
    await other.close()
  })

  test('without scripts, the browser’s way back has the words', { timeout: timeoutMs }, async () => {
    const page = await withoutScripts()
    const box = 'form[action="?/comment"] textarea'
    await page.goto(caseAddress)
    await page.fill(box, 'Words that took me an hour to find')
    await stop()
    await page.click('form[action="?/comment"] button').catch(() => {})
    await startAgain()
    await page.goBack()
    expect(await page.inputValue(box)).toBe('Words that took me an hour to find')
    await follow(page, 'form[action="?/comment"] button')
    expect(await page.innerText('.trail')).toContain('Words that took me an hour to find')
  })

  test('without scripts, a message is sent by loading the page again', { timeout: timeoutMs }, async () => {
    const page = await withoutScripts()
    await page.goto(`${serving.url}/tips/new`)
    await page.fill('[name=text]', 'They say that the ferry bridge closes for good on Monday')
    await stop()
    await page.click('.tip-form button').catch(() => {})
    await startAgain()
    await page.reload()
    expect(await page.locator('.words li').count()).toBeGreaterThan(8)
  })
})

async function withoutScripts(): Promise<Page> {
  const context = await openReader(browser, { width: 'desk', javaScript: false })
  await context.addCookies(await desk.cookies())
  return context.newPage()
}

/**
 * From an empty instance to an answer published, corrected, challenged and withdrawn: the real command with its worker, and
 * people in browsers. Nobody and nothing is there before; what a worker does is waited for as people wait, on the page.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, expect, test, vi } from 'vitest'
import { endOf, freshSettings, type Serving, serve } from '../cli/assay.ts'
import { type Look, openBrowser, openReader } from '../pages/browser.ts'
import { follow, invite, join, review, visit, write } from './newsroom.ts'

const settings = await freshSettings()
let serving: Serving | undefined
let browser: Browser | undefined
/** Some forty pages in four browsers, also on a machine that is busy with other tests. */
const timeoutMs = 300_000
/** Until a worker has grouped a tip, extended the log or told somebody. */
const patience = { timeout: 60_000, interval: 250 }
const message = 'Friends say the ferry bridge closes for good on Monday, is that so?'
const open = 'a.open:has-text("ferry bridge")'
const organisation = {
  method: 'We ask whoever decides, and read what they signed.',
  funding: 'Members pay a yearly fee; nobody gives more than a tenth.',
  ownership: 'A registered association, owned by its forty members.',
  staffContact: 'desk@north.example',
  correctionsPolicy: 'We correct within a day and say at the top what was wrong.',
}
const claim = 'The ferry bridge closes for good on Monday.'
const summary = 'The bridge closes for one night of repairs.'
const corrected = 'The bridge closes for two nights of repairs.'
const objection = 'The harbour office says that it is three nights.'

afterAll(async () => {
  await browser?.close()
  serving?.child.kill('SIGTERM')
  if (serving) await endOf(serving.child)
})

async function browse(look: Look = { width: 'desk', javaScript: true }): Promise<Page> {
  browser ??= await openBrowser()
  return (await openReader(browser, look)).newPage()
}

async function read(path: string): Promise<string> {
  return (await fetch(serving!.url + path)).text()
}

async function sendIn(page: Page): Promise<string[]> {
  await visit(page, serving!.url, '/')
  await page.fill('textarea', message)
  await follow(page, 'button[type=submit]')
  await follow(page, '.send-in button')
  await follow(page, '.tip-form button')
  return page.locator('.words li').allInnerTexts()
}

async function statusOf(page: Page, words: string[]): Promise<string> {
  await visit(page, serving!.url, '/tips/status')
  await page.fill('textarea', words.join(' '))
  await follow(page, 'button[value=read]')
  return page.innerText('.tip-status')
}

/** The second person's form, sent by the author although the page does not offer it. */
async function approveOneself(page: Page): Promise<[status: number | undefined, said: string]> {
  const form = page.locator('form[action="?/comment"]')
  await form.evaluate((element) => {
    element.setAttribute('action', '?/approve')
    element.setAttribute('novalidate', '')
    element.insertAdjacentHTML('beforeend', '<input name="version" value="1">')
  })
  const answered = page.waitForNavigation()
  await page.locator('form[action="?/approve"] button').first().click()
  return [(await answered)?.status(), await page.innerText('[role=alert]')]
}

test(
  'a rumour becomes an answer by two people, which its asker is told, and sees corrected and challenged',
  async () => {
    serving = await serve([], settings)
    const { url, remarks } = serving
    const [, first] = /once: (\S+)/.exec(remarks())!
    const asker = await browse({ width: 'phone' })
    const lead = await browse()
    const author = await browse()
    const second = await browse()

    const founder = { organisation: 'North Desk', email: 'lea@desk.example', name: 'Lea Lead' }
    await join(lead, url, new URL(first!).pathname, founder)
    await visit(asker, url, new URL(first!).pathname)
    expect(await asker.innerText('main')).toContain('This link is used or over')
    await join(author, url, await invite(lead, url, 'ada@desk.example'), { name: 'Ada Author' })
    await join(second, url, await invite(lead, url, 'sol@desk.example'), { name: 'Sol Second' })
    await visit(author, url, '/desk')
    expect(await author.innerText('main')).toContain('cannot publish yet')
    await visit(lead, url, '/desk/organisation')
    for (const [field, text] of Object.entries(organisation)) await lead.fill(`#${field}`, text)
    await follow(lead, 'form.wide .buttons button')
    expect(await lead.innerText('[role=status]')).toContain('Saved')
    await visit(asker, url, '/organisations/north-desk')
    expect(await asker.innerText('main')).toContain('read what they signed')

    const words = await sendIn(asker)
    const told = (what: RegExp) =>
      vi.waitFor(async () => expect(await statusOf(asker, words)).toMatch(what), patience)
    await vi.waitFor(async () => {
      await visit(author, url, '/desk/inbox')
      expect(await author.locator(open).count()).toBe(1)
    }, patience)
    await author.click(open)
    await author.waitForSelector('form[action="?/take"]')
    await author.fill('#claim', claim)
    await follow(author, 'form[action="?/take"] button')
    expect(await statusOf(asker, words)).toContain('Fact-checkers are working on it')

    const caseAddress = author.url()
    await author.selectOption('#kind', 'document')
    await author.fill('#title', 'Order of the harbour office')
    await author.fill(
      'form[action="?/collect"] #text',
      'The bridge is closed from Monday 22:00 to Tuesday 05:00.',
    )
    await author.fill('#shows', 'How long the bridge is closed.')
    await follow(author, 'form[action="?/collect"] button')
    expect(await author.innerText('ol.evidence')).toContain('Order of the harbour office')

    await write(author, {
      rating: 'False',
      'lang-of-text': 'en',
      summary,
      answer: 'The harbour office closes the bridge from Monday evening to Tuesday morning. [1]',
      unknown: 'Whether the repairs take longer.',
    })
    await follow(author, 'form[action="?/request"] button')
    expect(await author.locator('form[action="?/approve"]').count()).toBe(0)
    const [status, said] = await approveOneself(author)
    expect([status, said]).toEqual([
      409,
      expect.stringMatching(/another person’s step[\s\S]*What you can do now: Assign/),
    ])

    await second.goto(author.url().replace(/\?.*/, ''))
    await follow(second, 'form[action="?/approve"] .buttons button >> nth=0')
    await second.click('.review a.read')
    await follow(second, 'form[action="?/publish"] button')
    const id = /publications\/(\w{26})/.exec(second.url())![1]
    await told(/It is answered[\s\S]*The ferry bridge/)

    await visit(asker, url, `/reviews/${id}`)
    expect(await asker.innerText('article')).toMatch(new RegExp(`${claim}[\\s\\S]*False[\\s\\S]*${summary}`))
    const jsonLd = JSON.parse(await asker.locator('script[type="application/ld+json"]').innerText())
    expect(jsonLd).toMatchObject({
      '@type': 'ClaimReview',
      claimReviewed: claim,
      reviewRating: { alternateName: 'False' },
      author: { name: 'North Desk' },
    })
    expect(await read(`/reviews/${id}.json`)).toContain(claim)
    expect(await read('/feed.atom')).toContain(summary)

    await author.goto(caseAddress)
    await write(author, { summary: corrected })
    await review(author, second)
    await author.goto(caseAddress)
    await author.click('.review a.read')
    await author.waitForSelector('#wrong')
    await author.fill('#wrong', 'We wrote that it is one night.')
    await author.fill('#changed', 'It is two nights.')
    await author.fill('#why', 'The order was renewed.')
    await follow(author, 'form[action="?/correct"] button')
    expect(await author.locator('form[action="?/confirm"]').count()).toBe(0)
    await visit(second, url, `/desk/publications/${id}`)
    await follow(second, 'form[action="?/confirm"] button')
    await told(/the answer has changed[\s\S]*Correction/)
    expect(await asker.locator('.tip-status article').count()).toBe(1)
    await visit(asker, url, `/reviews/${id}`)
    expect(await asker.innerText('article')).toMatch(new RegExp(`It is two nights[\\s\\S]*${corrected}`))
    expect(await read('/feed.atom')).toContain(corrected)

    await follow(asker, '.challenge a.read')
    await asker.fill('#text', objection)
    await follow(asker, 'form:has(#text) button')
    const receipt = (await asker.locator('ol.words li').allInnerTexts()).join(' ')
    await visit(lead, url, '/desk/challenges')
    await lead.click('ul.rows a')
    await lead.check('input[name=outcome][value=upheld]')
    await lead.fill('#reasons', 'The office wrote to us: it is two nights.')
    await follow(lead, 'form:has(#reasons) button')
    await visit(asker, url, `/reviews/${id}/challenge`)
    await asker.fill('#receipt', receipt)
    await follow(asker, 'form:has(#receipt) button')
    expect(await asker.innerText('[role=status]')).toContain('it is two nights')
    await visit(asker, url, `/reviews/${id}`)
    expect(await asker.innerText('article')).toContain('The office wrote to us')

    await visit(lead, url, `/desk/publications/${id}`)
    await lead.click('details summary')
    await lead.fill('#reason', 'The bridge does not close at all.')
    await follow(lead, 'form[action="?/withdraw"] button')
    await visit(author, url, `/desk/publications/${id}`)
    await follow(author, 'form[action="?/confirm"] button')
    await told(/Withdrawn: this answer no longer holds/)
    await follow(asker, '.tip-status article a')
    expect(await asker.innerText('article')).toContain('The bridge does not close at all.')
    expect(await asker.context().cookies()).toEqual([])
  },
  timeoutMs,
)

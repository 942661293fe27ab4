/** From a message on a phone to an answer published, corrected, challenged and withdrawn, by people in browsers. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import { groupTips } from '#flows/group-tips/group-tips.ts'
import { openDeskSite } from '../desk-site.ts'
import { follow, invite, join, review, visit, write } from './newsroom.ts'

const desk = openDeskSite()
/** Some forty pages in four browsers, also on a machine that is busy with other tests. */
const timeoutMs = 180_000
const message = 'Friends say the ferry bridge closes for good on Monday, is that so?'
const claim = 'The ferry bridge closes for good on Monday.'
const summary = 'The bridge closes for one night of repairs.'
const corrected = 'The bridge closes for two nights of repairs.'
const objection = 'The harbour office says that it is three nights.'

/** What the worker does by itself, until nothing waits. */
async function letTheLogPublish(): Promise<void> {
  while ((await extendLog(desk.needs, desk.needs.log)) === 'published');
}

async function read(path: string): Promise<string> {
  return (await fetch(desk.site.url + path)).text()
}

async function sendIn(page: Page): Promise<string[]> {
  await visit(page, desk, '/')
  await page.fill('textarea', message)
  await follow(page, 'button[type=submit]')
  await follow(page, '.send-in button')
  await follow(page, '.tip-form button')
  return page.locator('.words li').allInnerTexts()
}

async function statusOf(page: Page, words: string[]): Promise<string> {
  await visit(page, desk, '/tips/status')
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
    await openLog(desk.needs, desk.needs.log)
    const asker = await (await desk.browse(null, { width: 'phone' })).newPage()
    const lead = await (await desk.browse('northLead')).newPage()
    const author = await (await desk.browse(null)).newPage()
    const second = await (await desk.browse(null)).newPage()

    await join(author, desk, await invite(lead, desk, 'ada@desk.example'), 'Ada Author')
    await join(second, desk, await invite(lead, desk, 'sol@desk.example'), 'Sol Second')
    await visit(lead, desk, '/desk/organisation')
    await lead.fill('#method', 'We ask whoever decides, and read what they signed.')
    await follow(lead, 'form.wide .buttons button')
    await visit(asker, desk, '/organisations/north')
    expect(await asker.innerText('main')).toContain('read what they signed')

    const words = await sendIn(asker)
    await groupTips(desk.needs)

    await visit(author, desk, '/desk/inbox')
    await author.click(`a.open:has-text("ferry bridge")`)
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
      rating: 'Wrong',
      'lang-of-text': 'en',
      summary,
      answer: 'The harbour office closes the bridge from Monday evening to Tuesday morning. [1]',
      unknown: 'Whether the repairs take longer.',
    })
    await follow(author, 'form[action="?/request"] button')
    expect(await author.locator('form[action="?/approve"]').count()).toBe(0)
    const [status, said] = await approveOneself(author)
    expect([status, said]).toEqual([409, expect.stringContaining('another person’s step')])

    await second.goto(author.url().replace(/\?.*/, ''))
    await follow(second, 'form[action="?/approve"] .buttons button >> nth=0')
    await second.click('.review a.read')
    await follow(second, 'form[action="?/publish"] button')
    const id = /publications\/(\w{26})/.exec(second.url())![1]
    expect(await statusOf(asker, words)).not.toContain('bridge')
    await letTheLogPublish()
    expect(await statusOf(asker, words)).toMatch(/It is answered[\s\S]*The ferry bridge/)

    await visit(asker, desk, `/reviews/${id}`)
    expect(await asker.innerText('article')).toMatch(new RegExp(`${claim}[\\s\\S]*Wrong[\\s\\S]*${summary}`))
    const jsonLd = JSON.parse(await asker.locator('script[type="application/ld+json"]').innerText())
    expect(jsonLd).toMatchObject({
      '@type': 'ClaimReview',
      claimReviewed: claim,
      reviewRating: { alternateName: 'Wrong' },
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
    await visit(second, desk, `/desk/publications/${id}`)
    await follow(second, 'form[action="?/confirm"] button')
    await letTheLogPublish()
    expect(await statusOf(asker, words)).toMatch(/the answer has changed[\s\S]*Correction/)
    expect(await asker.locator('.tip-status article').count()).toBe(1)
    await visit(asker, desk, `/reviews/${id}`)
    expect(await asker.innerText('article')).toMatch(new RegExp(`It is two nights[\\s\\S]*${corrected}`))
    expect(await read('/feed.atom')).toContain(corrected)

    await follow(asker, '.challenge a.read')
    await asker.fill('#text', objection)
    await follow(asker, 'form:has(#text) button')
    const receipt = (await asker.locator('ol.receipt li').allInnerTexts()).join(' ')
    await visit(lead, desk, '/desk/challenges')
    await lead.click('ul.rows a')
    await lead.check('input[name=outcome][value=upheld]')
    await lead.fill('#reasons', 'The office wrote to us: it is two nights.')
    await follow(lead, 'form:has(#reasons) button')
    await letTheLogPublish()
    await visit(asker, desk, `/reviews/${id}/challenge`)
    await asker.fill('#receipt', receipt)
    await follow(asker, 'form:has(#receipt) button')
    expect(await asker.innerText('[role=status]')).toContain('it is two nights')
    await visit(asker, desk, `/reviews/${id}`)
    expect(await asker.innerText('article')).toContain('The office wrote to us')

    await visit(lead, desk, `/desk/publications/${id}`)
    await lead.click('details summary')
    await lead.fill('#reason', 'The bridge does not close at all.')
    await follow(lead, 'form[action="?/withdraw"] button')
    await visit(author, desk, `/desk/publications/${id}`)
    await follow(author, 'form[action="?/confirm"] button')
    await letTheLogPublish()
    expect(await statusOf(asker, words)).toContain('Withdrawn: this answer no longer holds')
    await follow(asker, '.tip-status article a')
    expect(await asker.innerText('article')).toContain('The bridge does not close at all.')
    expect(await asker.context().cookies()).toEqual([])
  },
  timeoutMs,
)

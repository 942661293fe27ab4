/**
 * Pictures of a tip's whole walk on a phone without scripts, in order, in English and Arabic:
 * `node test/pages/tip-screenshots.ts [folder]`. The same walk is a test in tips.test.ts.
 */
import { mkdir } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { newId, type RumourId } from '#domain/ids.ts'
import { dayOf } from '#domain/tip.ts'
import { drawAsked } from '#flows/draw-asked/draw-asked.ts'
import { countAsk, insertRumour, updateWording } from '#io/database/tips/rumours.ts'
import { answerNewestRumour } from './answer-rumour.ts'
import { openBrowser, openReader } from './browser.ts'
import { openFilledSite } from './open-filled-site.ts'

const folder = process.argv[2] ?? 'test/pages/screenshots'
const site = await openFilledSite()
const browser = await openBrowser()
await mkdir(folder, { recursive: true })

/** Asked on `days` days, `wordings` a day. */
async function asked(wording: string, lang: string, days: number, wordings: number): Promise<void> {
  const { db, ids, clock } = site.needs
  await db.transaction().execute(async (tx) => {
    const id = newId<RumourId>(ids)
    await insertRumour(tx, { id, lang, day: '2020-01-01' })
    for (let ago = 0; ago < days; ago++) {
      const day = dayOf(new Date(clock.now().getTime() - ago * 86_400_000))
      for (let at = 0; at < wordings + (ago % 5); at++) {
        await countAsk(tx, id, { day, wording: ids.randomBytes(32) })
      }
    }
    await updateWording(tx, id, wording)
  })
}
const messages = {
  en: 'They say the old lighthouse lamp was swapped for a disco ball, ask +44 20 7946 0958',
  ar: 'يقولون إن مصباح الفنار القديم استُبدل بكرة مرايا، اسألوا 01001234567',
} as const

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${folder}/tip-${name}.png`, fullPage: true })
}

for (const language of ['en', 'ar'] as const) {
  const context = await openReader(browser, { width: 'phone', language })
  const page = await context.newPage()
  let at = 0
  const shoot = (name: string) => picture(page, `${language}-${String(++at).padStart(2, '0')}-${name}`)
  const follow = async (selector: string) => {
    const loaded = page.waitForEvent('load')
    await page.click(selector)
    await loaded
  }
  const open = async (words: string) => {
    await page.goto(`${site.url}/tips/status`)
    await page.fill('textarea', words)
    await follow('button[value=read]')
  }

  await page.goto(site.url)
  await page.fill('textarea', messages[language])
  await follow('button[type=submit]')
  await shoot('nothing-fits')
  await follow('.send-in button')
  await page.click('.tip-form summary')
  await shoot('form')
  await follow('.tip-form button')
  await shoot('receipt')
  const words = await page.inputValue('.copy')
  await page.fill('#kept-word', 'surely not')
  await follow('.kept-form button')
  await shoot('not-the-word')
  await page.fill('#kept-word', words.split(' ')[Number(await page.inputValue('input[name=place]'))]!)
  await follow('.kept-form button')
  await shoot('the-word')
  await page.goto(`${site.url}/tips/status`)
  await page.fill('textarea', words.split(' ').with(1, 'xyzzyplugh').join(' '))
  await follow('button[value=spell]')
  await shoot('spelling')
  await page.fill('textarea', 'nonsense')
  await follow('button[value=read]')
  await shoot('nothing-found')
  await open(words)
  await shoot('received')
  await answerNewestRumour(site.needs, 'answered', {
    claim: `The lighthouse lamp is a disco ball (${language})`,
  })
  await open(words)
  await shoot('answered')
  await answerNewestRumour(site.needs, 'corrected', {
    claim: `The lighthouse lamp was a disco ball (${language})`,
  })
  await open(words)
  await shoot('corrected')
  const feed = new URL(await page.inputValue('.tip-status .copy'))
  await page.goto(site.url + feed.pathname + feed.search)
  await shoot('private-feed')
  await open(words)
  await page.click('.tip-status summary')
  await follow('button[value=delete]')
  await shoot('deleted')
  // The next walk's rumour is the newest again.
  await sql`truncate rumours cascade`.execute(site.needs.db)
  await context.close()
}

await asked('The lighthouse was sold to a circus and will be taken down in spring', 'en', 60, 3)
await asked('بيع الفنار لسيرك وسيُفكك في الربيع', 'ar', 12, 1)
await asked('La fuente de la plaza da vinagre', 'es', 1, 2)
await drawAsked(site.needs)

for (const language of ['en', 'ar'] as const) {
  const context = await openReader(browser, { width: 'phone', language })
  const page = await context.newPage()
  await page.goto(`${site.url}/asked`)
  await picture(page, `${language}-asked`)
  await page.click('.match .actions a')
  await page.waitForURL('**/asked/*')
  await picture(page, `${language}-asked-one`)
  await page.goto(`${site.url}/tips/other?country=EG`)
  await picture(page, `${language}-other`)
  await context.close()
}
await browser.close()
await site.close()

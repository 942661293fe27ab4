/**
 * Pictures of a review's mark in the log and of "check it yourself", for people to look at:
 * `node test/pages/log-screenshots.ts [folder]`. The same is tested in own-reviews.test.ts.
 */
import { mkdir } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import { openPublishDesk } from '../publish/publish-desk.ts'
import { openBrowser, openReader } from './browser.ts'
import { openFilledSite } from './open-filled-site.ts'

const folder = process.argv[2] ?? 'test/pages/screenshots'
const site = await openFilledSite({ empty: true })
const { needs } = site
await openLog(needs, needs.log)
const desk = await openPublishDesk(needs.db)
const verdictId = await desk.addVerdict(await desk.addCase())
const { claimReviewId } = await publishVerdict(needs, desk.author, verdictId)
while ((await extendLog(needs, needs.log)) === 'published');

const address = `${site.url}/reviews/${claimReviewId}`
const checked = (page: Page) => page.waitForSelector('#verdict.good, #verdict.bad')

const scenes: Record<string, { javaScript: boolean; go(page: Page): Promise<unknown> }> = {
  mark: { javaScript: false, go: (page) => page.goto(address) },
  plain: { javaScript: false, go: (page) => page.goto(`${address}/check`) },
  right: {
    javaScript: true,
    async go(page) {
      await page.goto(`${address}/check`)
      await checked(page)
    },
  },
  changed: {
    javaScript: true,
    async go(page) {
      await page.goto(`${address}/check`)
      await checked(page)
      const document = await page.inputValue('#document')
      await page.fill('#document', document.replace('far below', 'far above'))
      await page.click('form.check button')
      await page.waitForSelector('#verdict.bad')
    },
  },
  away: {
    javaScript: true,
    async go(page) {
      await page.route(/\.tlog-proof$/, (route) => route.abort())
      await page.goto(`${address}/check`)
      const said = await page.getAttribute('#verdict', 'data-away')
      await page.locator('#verdict', { hasText: said! }).waitFor()
    },
  },
}

const browser = await openBrowser()
await mkdir(folder, { recursive: true })
for (const width of ['phone', 'desk'] as const)
  for (const scheme of ['light', 'dark'] as const)
    for (const language of ['en', 'ar'] as const)
      for (const [name, { javaScript, go }] of Object.entries(scenes)) {
        const context = await openReader(browser, { width, scheme, language, javaScript })
        const page = await context.newPage()
        await go(page)
        await page.screenshot({
          path: `${folder}/log-${name}-${width}-${scheme}-${language}.png`,
          fullPage: true,
        })
        await context.close()
      }
await browser.close()
await site.close()

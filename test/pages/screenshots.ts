/** Pictures of every page for people to look at: `node test/pages/screenshots.ts [folder]`. */
import { mkdir } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { listClaimReviews } from '#io/database/claim-reviews.ts'
import { type Look, openBrowser, openReader } from './browser.ts'
import { openFilledSite } from './open-filled-site.ts'
import { wallMessage } from './records.ts'

const folder = process.argv[2] ?? 'test/pages/screenshots'
const site = await openFilledSite()
const goldfish = await listClaimReviews(site.needs.db, { site: 'northwind.example' }, { limit: 1 })

const ask = (text: string) => async (page: Page) => {
  await page.goto(`${site.url}/`)
  await page.fill('textarea', text)
  await page.click('button[type=submit]')
}
const visit = (path: string) => async (page: Page) => {
  await page.goto(site.url + path)
}

const scenes: Record<string, (page: Page) => Promise<void>> = {
  empty: visit('/'),
  several: ask(wallMessage),
  answered: ask('is it true that bats are blind?'),
  related: ask('the wall of the village school fell down, seen by the moon'),
  none: ask('My neighbour’s cat can play the accordion'),
  problem: ask('🤔🤔'),
  review: visit(`/claim-reviews/${goldfish.claimReviews[0]!.id}`),
  publisher: visit('/publishers/northwind.example'),
  publishers: visit('/publishers'),
  latest: visit('/latest'),
  filtered: visit('/latest?words=memory&from=2015-01-01'),
  docs: visit('/docs'),
  about: visit('/about'),
  missing: visit('/nowhere'),
}

const looks: Look[] = (['phone', 'desk'] as const).flatMap((width) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    (['en', 'ar'] as const).map((language) => ({ width, scheme, language })),
  ),
)
looks.push({ width: 'phone', language: 'es' }, { width: 'phone', language: 'zh-TW' })

const browser = await openBrowser()
await mkdir(folder, { recursive: true })
for (const look of looks) {
  const context = await openReader(browser, look)
  const page = await context.newPage()
  for (const [name, go] of Object.entries(scenes)) {
    await go(page)
    const path = `${folder}/${name}-${look.width}-${look.scheme ?? 'light'}-${look.language}.png`
    await page.screenshot({ path, fullPage: true })
  }
  await context.close()
}
await browser.close()
await site.close()
